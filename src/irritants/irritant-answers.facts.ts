import { isHearsay, isOwnWord, said } from '#libs/decider';
import type { Fact } from '#libs/decider';
import type { IrritantFact } from './irritant.events.js';
import type { Claim, Irritant } from './irritant.facts.js';
import { isOther } from './irritant-own-words.facts.js';
import { consulted } from './irritant-stage.facts.js';

export type Of<T extends IrritantFact['type']> = Extract<IrritantFact, { type: T }>;
/** One handler for each of these event types. */
export type Handlers<N extends IrritantFact['type'] = IrritantFact['type']> = {
  readonly [T in N]: (irritant: Irritant, fact: Of<T>) => Irritant;
};

function withClaim(irritant: Irritant, changed: Claim): Irritant {
  const claims = irritant.claims.map((one) => (one.claimId === changed.claimId ? changed : one));
  return { ...irritant, claims };
}

/** The claim that the other side's word answers; a confirmed one takes no other, but the party's own for an attributed. */
function answered(irritant: Irritant, fact: Fact, claimId: string): Claim | undefined {
  const claim = irritant.claims.find((one) => one.claimId === claimId);
  if (claim === undefined || claim.withdrawn !== undefined || !isOther(fact, claim.said)) return undefined;
  if (isHearsay(fact, claim.answer?.said)) return undefined;
  const isTaken = claim.state === 'confirmed' && !isOwnWord(fact, claim.answer?.said);
  return isTaken ? undefined : claim;
}

function confirmed(irritant: Irritant, fact: Of<'UnderstandingConfirmed'>): Irritant {
  const claim = answered(irritant, fact, fact.data.claimId);
  if (claim === undefined) return irritant;
  const { mode, textHash } = fact.data;
  const isPartial = mode === 'partial';
  const answer = { mode, ...(textHash === undefined ? {} : { textHash }), said: said(fact) };
  const next = withClaim(irritant, {
    ...claim,
    state: isPartial ? 'partly-confirmed' : 'confirmed',
    answer,
    ...(isPartial ? { partial: answer.said } : {}),
  });
  return consulted(next, fact, [claim.said, answer.said]);
}

/** A denial after a confirmation in part denies the rest. */
function denied(irritant: Irritant, fact: Of<'UnderstandingDenied'>): Irritant {
  const claim = answered(irritant, fact, fact.data.claimId);
  if (claim === undefined) return irritant;
  if (claim.state === 'denied' && !isOwnWord(fact, claim.answer?.said)) return irritant;
  return withClaim(irritant, {
    ...claim,
    state: claim.partial === undefined ? 'denied' : 'partly-confirmed',
    answer: { said: said(fact) },
  });
}

/** What both sides hold of it stays theirs; the rest is withdrawn. */
function claimWithdrawn(irritant: Irritant, fact: Of<'UnderstandingClaimWithdrawn'>): Irritant {
  const claim = irritant.claims.find((one) => one.claimId === fact.data.claimId);
  const isOwn = claim?.said.party === fact.act.party && !isHearsay(fact, claim?.said);
  if (claim === undefined || !isOwn || claim.state === 'confirmed') return irritant;
  const state = claim.partial === undefined ? 'withdrawn' : 'partly-confirmed';
  return withClaim(irritant, { ...claim, state, withdrawn: said(fact) });
}

/** What is said by one side and answered by the other. */
export const answerHandlers: Handlers<
  'UnderstandingClaimed' | 'UnderstandingConfirmed' | 'UnderstandingDenied' | 'UnderstandingClaimWithdrawn'
> = {
  UnderstandingClaimed: (irritant, fact) => ({
    ...irritant,
    claims: [...irritant.claims, { ...fact.data, said: said(fact), state: 'unanswered' }],
  }),
  UnderstandingConfirmed: confirmed,
  UnderstandingDenied: denied,
  UnderstandingClaimWithdrawn: claimWithdrawn,
};
