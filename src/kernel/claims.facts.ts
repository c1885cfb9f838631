import { isHearsay, isOwnWord, said } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import type { Claimed, Confirmed } from './claims.events.js';
import { isOther } from './own-words.js';

export interface Claim extends Claimed {
  readonly said: Said;
  readonly state: 'unanswered' | 'confirmed' | 'partly-confirmed' | 'denied' | 'withdrawn';
  /** The last answer of the other side. */
  readonly answer?: {
    readonly mode?: Confirmed['mode'];
    readonly textHash?: string;
    readonly said: Said;
  };
  /** The confirmation in part, which a later answer to the rest leaves as it is. */
  readonly partial?: Said;
  /** Its own side's withdrawal: of all of it, or of the rest of what is confirmed in part. */
  readonly withdrawn?: Said;
}

/** What is said by one side and answered by the other, wherever it is claimed. */
export interface Claims {
  readonly claims: readonly Claim[];
}

export const noClaims: Claims = { claims: [] };

type On<D> = Fact<string, D>;
type Naming = Pick<Claimed, 'claimId'>;

export function claimOf({ claims }: Claims, claimId: string): Claim | undefined {
  return claims.find((one) => one.claimId === claimId);
}

function withClaim<C extends Claims>(on: C, changed: Claim): C {
  const claims = on.claims.map((one) => (one.claimId === changed.claimId ? changed : one));
  return { ...on, claims };
}

export function withClaimed<C extends Claims>(on: C, fact: On<Claimed>): C {
  return { ...on, claims: [...on.claims, { ...fact.data, said: said(fact), state: 'unanswered' as const }] };
}

/** The claim that the other side's word answers; a confirmed one takes no other, but the party's own for an attributed. */
function answered(on: Claims, fact: On<Naming>): Claim | undefined {
  const claim = claimOf(on, fact.data.claimId);
  if (claim === undefined || claim.withdrawn !== undefined || !isOther(fact, claim.said)) return undefined;
  if (isHearsay(fact, claim.answer?.said)) return undefined;
  const isTaken = claim.state === 'confirmed' && !isOwnWord(fact, claim.answer?.said);
  return isTaken ? undefined : claim;
}

/** With the two words that answer each other; undefined where this one answers nothing. */
export function withConfirmed<C extends Claims>(
  before: C,
  fact: On<Confirmed>,
): { readonly on: C; readonly words: readonly [Said, Said] } | undefined {
  const claim = answered(before, fact);
  if (claim === undefined) return undefined;
  const { mode, textHash } = fact.data;
  const isPartial = mode === 'partial';
  const answer = { mode, ...(textHash === undefined ? {} : { textHash }), said: said(fact) };
  const on = withClaim(before, {
    ...claim,
    state: isPartial ? 'partly-confirmed' : 'confirmed',
    answer,
    ...(isPartial ? { partial: answer.said } : {}),
  });
  return { on, words: [claim.said, answer.said] };
}

/** A denial after a confirmation in part denies the rest. */
export function withDenied<C extends Claims>(on: C, fact: On<Naming>): C {
  const claim = answered(on, fact);
  if (claim === undefined) return on;
  if (claim.state === 'denied' && !isOwnWord(fact, claim.answer?.said)) return on;
  return withClaim(on, {
    ...claim,
    state: claim.partial === undefined ? 'denied' : 'partly-confirmed',
    answer: { said: said(fact) },
  });
}

/** What both sides hold of it stays theirs; the rest is withdrawn. */
export function withWithdrawn<C extends Claims>(on: C, fact: On<Naming>): C {
  const claim = claimOf(on, fact.data.claimId);
  const isOwn = claim?.said.party === fact.act.party && !isHearsay(fact, claim?.said);
  if (claim === undefined || !isOwn || claim.state === 'confirmed') return on;
  const state = claim.partial === undefined ? 'withdrawn' : 'partly-confirmed';
  return withClaim(on, { ...claim, state, withdrawn: said(fact) });
}

/** What both sides hold, in full or in part. */
export function understandingsIn({ claims }: Claims): readonly (readonly [string, Claim['state']])[] {
  return claims
    .filter(({ state }) => state === 'confirmed' || state === 'partly-confirmed')
    .map((one) => [one.claimId, one.state]);
}
