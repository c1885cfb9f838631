import type { Rest } from './decider.js';
import type { Occurred, SourceRef } from './claimed.js';
import type { Act, Fact } from './fact.js';
import type { WordingRow } from './wording.js';

/** Who said something, when, in which capacity: with the event's id, by which its words are found. */
export interface Said {
  readonly eventId: string;
  readonly party: string | null;
  readonly capacity: Act['capacity'];
  readonly endorsedBy?: string;
  /** The place of the endorsement in the stream. */
  readonly endorsedAt?: number;
  /** For whom the recorder records, where somebody else than the party recorded it; null for a secretariat. */
  readonly recorderParty?: string | null;
  readonly recordedAt: string;
  readonly occurred?: Occurred;
  readonly sources: readonly SourceRef[];
  /** Whose words they are; absent where a direct act has its party's own. */
  readonly wording?: readonly WordingRow[];
}

/** What a party has endorsed counts as its own; that somebody else recorded it stays true. */
function isByAnother({ act }: Fact): boolean {
  return act.capacity === 'attributed' || act.recorderParty !== act.party || act.endorsedBy !== undefined;
}

export function said(fact: Fact): Said {
  return {
    eventId: fact.id,
    party: fact.act.party,
    capacity: fact.act.capacity,
    ...(fact.act.endorsedBy === undefined ? {} : { endorsedBy: fact.act.endorsedBy }),
    ...(fact.act.endorsedAt === undefined ? {} : { endorsedAt: fact.act.endorsedAt }),
    ...(isByAnother(fact) ? { recorderParty: fact.act.recorderParty } : {}),
    recordedAt: fact.recordedAt,
    ...(fact.occurred === undefined ? {} : { occurred: fact.occurred }),
    sources: fact.sources,
    ...(fact.wording === undefined ? {} : { wording: fact.wording }),
  };
}

export function restOnSaid(one: Said): Rest {
  return {
    id: one.eventId,
    capacity: one.capacity,
    recordedAt: one.recordedAt,
    ...(one.occurred === undefined ? {} : { occurred: one.occurred }),
  };
}

/**
 * Whether the party's word is there already, as good as the act would make it: what somebody else recorded in its name
 * does not stand in the way of the party's own word.
 */
export function alreadySaid(words: readonly Said[], act: Act): boolean {
  return words.some(
    (one) => one.party === act.party && (one.capacity === act.capacity || one.capacity === 'direct'),
  );
}

/** An act in its place in the stream; one that is being decided comes after all that stands there. */
type Speaking = {
  readonly act: Pick<Act, 'party' | 'capacity' | 'endorsedBy'>;
  readonly revision?: number;
};

/** Nothing is endorsed before it is recorded: in its own place, what was endorsed since is attributed. */
function capacityThen({ act }: Speaking): Act['capacity'] {
  return act.endorsedBy === undefined ? act.capacity : 'attributed';
}

/** In which capacity the party's earlier word stood when the act came; undefined where it had said nothing. */
function stoodThen(
  { act, revision = Infinity }: Speaking,
  earlier: Said | undefined,
): Act['capacity'] | undefined {
  if (earlier?.party !== act.party) return undefined;
  const { endorsedAt = -1 } = earlier;
  return endorsedAt > revision ? 'attributed' : earlier.capacity;
}

/**
 * An attributed word never displaces, answers, ends or undoes a direct word of the same party. Which was which is judged
 * in the place of the later one: an endorsement changes the capacity of a word and not the order, so that what stood
 * after the word stays.
 */
export function isHearsay(act: Speaking, earlier: Said | undefined): boolean {
  return capacityThen(act) === 'attributed' && stoodThen(act, earlier) === 'direct';
}

/** The word of the party itself in the place of one that was attributed to it then. */
export function isOwnWord(act: Speaking, earlier: Said | undefined): boolean {
  return capacityThen(act) === 'direct' && stoodThen(act, earlier) === 'attributed';
}

/**
 * The first word of each party; its own direct word takes the place of one that was attributed to it. All say the same,
 * so that of two which others recorded the one that it has endorsed counts.
 */
export function withWord(words: readonly Said[], fact: Fact): readonly Said[] {
  const earlier = words.find((one) => one.party === fact.act.party);
  if (earlier === undefined) return [...words, said(fact)];
  const isFirmer = earlier.capacity === 'attributed' && fact.act.capacity === 'direct';
  const improves = isFirmer || isOwnWord(fact, earlier);
  return improves ? words.map((one) => (one === earlier ? said(fact) : one)) : words;
}

/** Whether this party is already among those who said it. */
export function hasSaid(said: readonly Said[], party: string | null): boolean {
  return said.some((one) => one.party === party);
}

/**
 * Whether it is said or recorded by a party that is none of these. No request records such a word: it counts for no side, and
 * two words are not those of both where one is a stranger's.
 */
export function isOfStranger({ party, recorderParty }: Act, parties: readonly string[]): boolean {
  return [party, recorderParty].some((one) => one !== null && !parties.includes(one));
}
