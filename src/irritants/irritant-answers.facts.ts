import { said } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import type { IrritantFact } from './irritant.events.js';
import type { Claim, Irritant, Resolution } from './irritant.facts.js';

export type Of<T extends IrritantFact['type']> = Extract<IrritantFact, { type: T }>;
/** One handler for each of these event types. */
export type Handlers<N extends IrritantFact['type'] = IrritantFact['type']> = {
  readonly [T in N]: (irritant: Irritant, fact: Of<T>) => Irritant;
};

/** The other party's word counts; one's own does not answer oneself. */
export function isOther(fact: Fact, one: { party: string | null }): boolean {
  return fact.act.party !== null && fact.act.party !== one.party;
}

function withClaim(irritant: Irritant, claimId: string, change: (claim: Claim) => Claim): Irritant {
  return { ...irritant, claims: irritant.claims.map((one) => (one.claimId === claimId ? change(one) : one)) };
}

function withResolution(irritant: Irritant, id: string, change: (one: Resolution) => Resolution): Irritant {
  return {
    ...irritant,
    resolutions: irritant.resolutions.map((one) => (one.resolutionId === id ? change(one) : one)),
  };
}

/** A confirmed claim takes no other answer, but for the party's own word in the place of one attributed to it. */
function takes(claim: Claim, fact: Of<'UnderstandingConfirmed'>): boolean {
  if (claim.state !== 'confirmed') return true;
  const isOwnWord = claim.answer?.said.capacity === 'attributed' && fact.act.capacity === 'direct';
  return isOwnWord && fact.data.mode !== 'partial';
}

/** The word of the party itself in the place of the same word that was attributed to it. */
export function isOwnWord(fact: Fact, earlier: Said | undefined): boolean {
  return (
    earlier?.party === fact.act.party && earlier.capacity === 'attributed' && fact.act.capacity === 'direct'
  );
}

function answers(fact: Fact, one: Resolution, state: 'accepted' | 'rejected'): boolean {
  return one.state === 'proposed' || (one.state === state && isOwnWord(fact, one.answer));
}

/** What is said by one side and answered by the other: claims, and terms of resolution. */
export const answerHandlers: Handlers<
  | 'UnderstandingClaimed'
  | 'UnderstandingConfirmed'
  | 'UnderstandingDenied'
  | 'UnderstandingClaimWithdrawn'
  | 'ResolutionProposed'
  | 'ResolutionAccepted'
  | 'ResolutionRejected'
  | 'ResolutionProposalWithdrawn'
> = {
  UnderstandingClaimed: (irritant, fact) => ({
    ...irritant,
    claims: [...irritant.claims, { ...fact.data, said: said(fact), state: 'unanswered' }],
  }),
  UnderstandingConfirmed: (irritant, fact) =>
    withClaim(irritant, fact.data.claimId, (claim) =>
      isOther(fact, claim.said) && claim.state !== 'withdrawn' && takes(claim, fact)
        ? {
            ...claim,
            state: fact.data.mode === 'partial' ? claim.state : 'confirmed',
            answer: {
              mode: fact.data.mode,
              ...(fact.data.textHash === undefined ? {} : { textHash: fact.data.textHash }),
              said: said(fact),
            },
          }
        : claim,
    ),
  UnderstandingDenied: (irritant, fact) =>
    withClaim(irritant, fact.data.claimId, (claim) =>
      isOther(fact, claim.said) &&
      (claim.state === 'unanswered' || (claim.state === 'denied' && isOwnWord(fact, claim.answer?.said)))
        ? { ...claim, state: 'denied', answer: { said: said(fact) } }
        : claim,
    ),
  UnderstandingClaimWithdrawn: (irritant, fact) =>
    withClaim(irritant, fact.data.claimId, (claim) =>
      claim.said.party === fact.act.party && claim.state !== 'confirmed'
        ? { ...claim, state: 'withdrawn' }
        : claim,
    ),
  ResolutionProposed: (irritant, fact) => ({
    ...irritant,
    resolutions: [...irritant.resolutions, { ...fact.data, said: said(fact), state: 'proposed' }],
  }),
  ResolutionAccepted: (irritant, fact) =>
    withResolution(irritant, fact.data.resolutionId, (one) =>
      isOther(fact, one.said) && one.termsHash === fact.data.termsHash && answers(fact, one, 'accepted')
        ? { ...one, state: 'accepted', answer: said(fact) }
        : one,
    ),
  ResolutionRejected: (irritant, fact) =>
    withResolution(irritant, fact.data.resolutionId, (one) =>
      isOther(fact, one.said) && answers(fact, one, 'rejected')
        ? { ...one, state: 'rejected', answer: said(fact) }
        : one,
    ),
  ResolutionProposalWithdrawn: (irritant, fact) =>
    withResolution(irritant, fact.data.resolutionId, (one) =>
      one.said.party === fact.act.party && one.state === 'proposed' ? { ...one, state: 'withdrawn' } : one,
    ),
};
