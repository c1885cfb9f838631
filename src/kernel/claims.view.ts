import { since, toldView } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import type { Claim, Claims } from './claims.facts.js';

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

export interface AwaitedOnClaim {
  readonly what: 'answer-to-claim';
  readonly from: string;
  readonly since: string;
  readonly claimId: string;
  /** Only the rest of the claim, which is confirmed in part. */
  readonly inPart?: true;
}

/** The answers that are owed to claims, by the other party than the one that claims. */
export function awaitedOnClaims({ claims }: Claims, parties: readonly string[]): readonly AwaitedOnClaim[] {
  return claims.flatMap(({ claimId, said, state, answer, withdrawn }) => {
    const isRest = state === 'partly-confirmed' && answer?.mode === 'partial' && withdrawn === undefined;
    if (state !== 'unanswered' && !isRest) return [];
    return parties
      .filter((from) => from !== said.party)
      .map((from) => ({
        what: 'answer-to-claim' as const,
        claimId,
        ...(isRest ? { inPart: true as const } : {}),
        from,
        since: since(said),
      }));
  });
}
