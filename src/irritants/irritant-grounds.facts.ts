import { isHearsay, said } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import type { Raising } from './irritant-raising.facts.js';
import type { Stances } from './irritant-stances.facts.js';

/** A word of a party by which it gave the rules that it invokes, and its place in the stream. */
export interface Ground {
  readonly said: Said;
  readonly revision: number;
}

/** The legal basis of each party, as its own words give it; which rules these are stands in the words alone. */
export interface Grounds {
  /** Every word that gives one, in the order of the record: what a later one replaced is back where that drops out. */
  readonly grounds: readonly Ground[];
}

export const noGrounds: Grounds = { grounds: [] };

/**
 * The word by which the party's legal basis stands: its last one, but what is attributed to it displaces none of its own.
 * Whoever knows the words says which of them still give one, for a correction may have left none.
 */
export function groundOf(
  { grounds }: Grounds,
  party: string | null,
  isGiving: (word: Said) => boolean = () => true,
): Ground | undefined {
  return grounds
    .filter((one) => one.said.party === party && isGiving(one.said))
    .reduce<Ground | undefined>(
      (standing, one) =>
        isHearsay({ act: one.said, revision: one.revision }, standing?.said) ? standing : one,
      undefined,
    );
}

/** The word that gives a legal basis, or is corrected so that it does: then it is given where the correction stands. */
export function grounded<I extends Raising & Stances & Grounds>(irritant: I, fact: Fact): I {
  if (fact.type === 'EventCorrected') return reworded(irritant, fact);
  const { hasLegalBasis } = fact.data as { readonly hasLegalBasis?: boolean };
  return hasLegalBasis === true ? withGround(irritant, said(fact), fact) : irritant;
}

function withGround<I extends Grounds>(irritant: I, word: Said, { revision }: Fact): I {
  return word.party === null
    ? irritant
    : { ...irritant, grounds: [...irritant.grounds, { said: word, revision }] };
}

function reworded<I extends Raising & Stances & Grounds>(irritant: I, fact: Fact): I {
  const { target, reading = [] } = fact.data as {
    readonly target?: string;
    readonly reading?: readonly { readonly field: string }[];
  };
  // Each field that any wording of the target ever had is named.
  const isGiving = reading.some(({ field }) => field === 'legalBasis');
  if (!isGiving || irritant.grounds.some((one) => one.said.eventId === target)) return irritant;
  const word = wordsOn(irritant).find((one) => one.eventId === target);
  return word === undefined ? irritant : withGround(irritant, word, fact);
}

function wordsOn({
  raised,
  coRaised,
  acknowledgements,
  contests,
  positions,
}: Raising & Stances): readonly Said[] {
  const stated = Object.values(positions).map((one) => one.said);
  return [raised, ...coRaised, ...acknowledgements, ...contests, ...stated];
}
