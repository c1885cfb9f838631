import type { Fact } from '#libs/decider';

/** The other party's word counts; one's own does not answer oneself. */
export function isOther(fact: Pick<Fact, 'act'>, one: { readonly party: string | null }): boolean {
  return fact.act.party !== null && fact.act.party !== one.party;
}
