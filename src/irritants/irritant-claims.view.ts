import { toldView } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import { array, described, oneOfWords, ref } from '../platform/shapes/json-schema.js';
import type { Published } from '../platform/shapes/json-schema.js';
import { told, toldWithData } from '../platform/shapes/said-shapes.js';
import type { Claim, Claims } from './irritant-claims.facts.js';
import { irritantEvents } from './irritant.events.js';

function answerView({ said, ...answer }: NonNullable<Claim['answer']>, wordsOf: WordsOf) {
  return { ...answer, ...toldView(said, wordsOf) };
}

function claimView({ said, answer, partial, withdrawn, ...rest }: Claim, wordsOf: WordsOf) {
  // The confirmation in part stands beside a later answer to the rest.
  const inPart = partial === undefined || partial.eventId === answer?.said.eventId ? undefined : partial;
  return {
    ...rest,
    ...toldView(said, wordsOf),
    ...(answer === undefined ? {} : { answer: answerView(answer, wordsOf) }),
    ...(inPart === undefined ? {} : { partial: toldView(inPart, wordsOf) }),
    ...(withdrawn === undefined ? {} : { withdrawn: toldView(withdrawn, wordsOf) }),
  };
}

export function claimsView({ claims }: Claims, wordsOf: WordsOf) {
  return { claims: claims.map((one) => claimView(one, wordsOf)) };
}

const ClaimShape = toldWithData(
  irritantEvents.UnderstandingClaimed,
  {
    state: oneOfWords(['unanswered', 'confirmed', 'partly-confirmed', 'denied', 'withdrawn']),
  },
  {
    answer: told(
      irritantEvents.UnderstandingConfirmed,
      {},
      { mode: oneOfWords(['same-text', 'own-words', 'partial']), textHash: ref('Sha256') },
    ),
    partial: described(
      told(irritantEvents.UnderstandingConfirmed),
      'The confirmation in part, where a later answer to the rest is shown in `answer`.',
    ),
    withdrawn: described(
      told(irritantEvents.UnderstandingClaimWithdrawn),
      'Its own side’s withdrawal: of all of it, or of the rest of what is confirmed in part.',
    ),
  },
);

export const claimsShape: Published<typeof claimsView> = { claims: array(ClaimShape) };
