import type { Asked, Fact, Origin, Reaction, Said } from '#libs/decider';
import type { RoundFacts } from '../rounds/round.events.js';
import { anyOf, endorsed, reaching, restsOnAll } from './irritant-asking.reactions.js';
import { isEarlier } from './irritant-own-words.facts.js';
import { byWordOf } from './irritant-stage.facts.js';
import type { Raised } from './irritant-terms.decider.js';

/** What was said of one matter at a round that both sides say was held. */
interface Discussion {
  readonly round: RoundFacts;
  readonly irritantId: string;
  /** The first word of each side that it was discussed. */
  readonly said: readonly Said[];
  /** Afterwards one side alone could say of any matter that it was discussed there. */
  readonly bound: Said;
}

/** What begins consultation on a matter beside the words that it was discussed, and by when the matter was raised. */
interface Discussed {
  readonly words: readonly Said[];
  readonly raised: Raised;
}

/**
 * Consultation began when the matter was discussed, by either side's word, at a round that both sides say was held.
 * Whichever of these comes last brings it about; by the word of one side alone, until the other says so too.
 */
function consulting(grounds: (discussion: Discussion, fact: Fact) => Discussed | undefined) {
  return (fact: Fact, round: RoundFacts, origin: Origin): readonly Asked[] => {
    const bound = boundOf(round);
    if (bound === undefined || round.heldBy.length < 2) return [];
    const discussed = [...new Set(round.discussions.map((one) => one.irritantId))];
    return discussed.flatMap((irritantId) => {
      const said = round.discussions.filter((one) => one.irritantId === irritantId).map((one) => one.said);
      const ground = grounds({ round, irritantId, said, bound }, fact);
      return ground === undefined
        ? []
        : reaching(fact, [irritantId], {
            type: 'ConsultationBegan',
            data: { by: { kind: 'round', id: origin.id }, ...byWordOf(said) },
            rests: restsOnAll([...said, ...round.heldBy, ...ground.words]),
            raised: ground.raised,
          });
    });
  };
}

/** The first account of the round; of no matter here where both had said before it that the round was held. */
function accountInTime({ firstAccount, heldSince }: RoundFacts): RoundFacts['firstAccount'] {
  const isLate = firstAccount !== null && heldSince !== null && isEarlier(heldSince, firstAccount.said);
  return isLate ? null : firstAccount;
}

/** By when a matter must have been raised: before the first account, and before both had said that it was held. */
function boundOf(round: RoundFacts): Said | undefined {
  return accountInTime(round)?.said ?? round.heldSince ?? undefined;
}

function raisedBefore({ bound }: Discussion): Discussed {
  return { words: [], raised: { before: bound } };
}

/** It was raised since; then the account that was there in time names it, or both sides say that it was discussed. */
function raisedSince({ round, irritantId, said, bound }: Discussion, fact: Fact): Discussed | undefined {
  const raised = { after: bound };
  const naming = accountInTime(round)?.named.find((one) => one.irritantId === irritantId)?.said;
  const isByBoth = said.length > 1;
  // What both had said before has begun it already.
  const isNoMore = isByBoth && fact.id === naming?.eventId && !said.some((one) => one.eventId === fact.id);
  if (naming !== undefined) return isNoMore ? undefined : { words: [naming], raised };
  return isByBoth ? { words: [], raised } : undefined;
}

const ofRounds = anyOf(
  'RoundConcluded',
  'RoundConfirmedHeld',
  'AccountPublished',
  'AgendaItemDiscussed',
  'AccountPointRecorded',
  endorsed,
);

/** How what was said at a round, and of it, begins consultation on a matter. */
export const discussionReactions: readonly Reaction[] = [
  {
    name: 'begin-consultation',
    of: ['rounds'],
    concerns: ofRounds,
    react: consulting(raisedBefore),
  },
  {
    name: 'begin-consultation-raised-since',
    of: ['rounds'],
    concerns: ofRounds,
    react: consulting(raisedSince),
  },
];
