import type { Act, Fact, Said } from '#libs/decider';
import type { Irritant } from './irritant.facts.js';

type Speaking = { readonly act: Act };

/** The word of the party itself in the place of one that was attributed to it. */
export function isOwnWord({ act }: Speaking, earlier: Said | undefined): boolean {
  return (
    earlier !== undefined &&
    earlier.party === act.party &&
    earlier.capacity === 'attributed' &&
    act.capacity === 'direct'
  );
}

/**
 * An attributed word never displaces, answers, ends or undoes a direct word of the same party. What stood when an
 * earlier word was endorsed goes on standing after it.
 */
export function yields(
  { endorsed }: Pick<Irritant, 'endorsed'>,
  { act }: Speaking,
  earlier: Said | undefined,
): boolean {
  if (earlier === undefined || earlier.party !== act.party || act.capacity !== 'attributed') return false;
  const isDirect = earlier.endorsedBy === undefined || endorsed.includes(earlier.eventId);
  return earlier.capacity === 'direct' && isDirect;
}

/** The other party's word counts; one's own does not answer oneself. */
export function isOther(fact: Pick<Fact, 'act'>, one: { readonly party: string | null }): boolean {
  return fact.act.party !== null && fact.act.party !== one.party;
}

/** The last word of this party on record. */
export function wordOf(words: readonly Said[], party: string | null): Said | undefined {
  return words.findLast((one) => one.party === party);
}

/** The words with this one in the place of the party's earlier one, which an attributed word leaves as it is. */
export function latest(irritant: Irritant, words: readonly Said[], one: Said, fact: Fact): readonly Said[] {
  if (yields(irritant, fact, wordOf(words, fact.act.party))) return words;
  return [...words.filter((other) => other.party !== fact.act.party), one];
}

/** Who raised it, each by its own word or by evidence of it: nobody where nobody is on record. */
export function raisingsOf({ raised, coRaised }: Pick<Irritant, 'raised' | 'coRaised'>): readonly Said[] {
  return raised.party === null ? coRaised : [raised, ...coRaised.filter((one) => one.party !== raised.party)];
}
