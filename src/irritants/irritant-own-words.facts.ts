import { isHearsay } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';

/** The last word of this party on record. */
export function wordOf(words: readonly Said[], party: string | null): Said | undefined {
  return words.findLast((one) => one.party === party);
}

/** The words with this one in the place of the party's earlier one, which an attributed word leaves as it is. */
export function latest(words: readonly Said[], one: Said, fact: Fact): readonly Said[] {
  if (isHearsay(fact, wordOf(words, fact.act.party))) return words;
  return [...words.filter((other) => other.party !== fact.act.party), one];
}

/** In the order of the store: no time recorded is earlier than that of an event before it. */
export function isEarlier(one: Said, other: Said): boolean {
  return one.recordedAt === other.recordedAt
    ? one.eventId < other.eventId
    : one.recordedAt < other.recordedAt;
}
