import { isHearsay, isOwnWord, said } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import type { Handlers, Of } from './irritant-handlers.facts.js';
import { isOther } from './irritant-own-words.facts.js';
import { consulted } from './irritant-stage.facts.js';
import type { Staged } from './irritant-stage.facts.js';

export interface Claim {
  readonly claimId: string;
  readonly kind: Of<'UnderstandingClaimed'>['data']['kind'];
  readonly roundId?: string;
  readonly exchangeId?: string;
  readonly restates?: string;
  readonly textHash: string;
  readonly said: Said;
  readonly state: 'unanswered' | 'confirmed' | 'partly-confirmed' | 'denied' | 'withdrawn';
  /** The last answer of the other side. */
  readonly answer?: {
    readonly mode?: 'same-text' | 'own-words' | 'partial';
    readonly textHash?: string;
    readonly said: Said;
  };
  /** The confirmation in part, which a later answer to the rest leaves as it is. */
  readonly partial?: Said;
  /** Its own side's withdrawal: of all of it, or of the rest of what is confirmed in part. */
  readonly withdrawn?: Said;
}

export interface Claims {
  readonly claims: readonly Claim[];
}

export const noClaims: Claims = { claims: [] };

function withClaim<I extends Claims>(irritant: I, changed: Claim): I {
  const claims = irritant.claims.map((one) => (one.claimId === changed.claimId ? changed : one));
  return { ...irritant, claims };
}

/** The claim that the other side's word answers; a confirmed one takes no other, but the party's own for an attributed. */
function answered(irritant: Claims, fact: Fact, claimId: string): Claim | undefined {
  const claim = irritant.claims.find((one) => one.claimId === claimId);
  if (claim === undefined || claim.withdrawn !== undefined || !isOther(fact, claim.said)) return undefined;
  if (isHearsay(fact, claim.answer?.said)) return undefined;
  const isTaken = claim.state === 'confirmed' && !isOwnWord(fact, claim.answer?.said);
  return isTaken ? undefined : claim;
}

function confirmed<I extends Claims & Staged>(irritant: I, fact: Of<'UnderstandingConfirmed'>): I {
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
function denied<I extends Claims>(irritant: I, fact: Of<'UnderstandingDenied'>): I {
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
function claimWithdrawn<I extends Claims>(irritant: I, fact: Of<'UnderstandingClaimWithdrawn'>): I {
  const claim = irritant.claims.find((one) => one.claimId === fact.data.claimId);
  const isOwn = claim?.said.party === fact.act.party && !isHearsay(fact, claim?.said);
  if (claim === undefined || !isOwn || claim.state === 'confirmed') return irritant;
  const state = claim.partial === undefined ? 'withdrawn' : 'partly-confirmed';
  return withClaim(irritant, { ...claim, state, withdrawn: said(fact) });
}

/** What is said by one side and answered by the other. */
export const claimHandlers: Handlers<
  Claims & Staged,
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
