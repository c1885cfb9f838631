import { hasSaid, said, withWord } from '#libs/decider';
import type { Act, Fact, Said } from '#libs/decider';

/** One version of a text: what is assented to is its hash. */
export interface Version {
  readonly version: number;
  readonly contentHash: string;
  readonly said: Said;
}

/** One side's acceptance of the latest version. Ad referendum, it holds once it is confirmed. */
export interface Assent {
  readonly said: Said;
  readonly adReferendum: boolean;
  readonly confirmed?: Said;
}

export interface Agreement {
  readonly version: number;
  readonly contentHash: string;
  /** `direct` only if each side's own word is behind it. */
  readonly basis: 'direct' | 'attributed';
  /** The derived event by which both sides' assents became an agreement. */
  readonly said: Said;
  readonly restsOn: readonly string[];
}

/** A text in versions, to one of which two sides assent: what proposals and roadmaps have in common. */
export interface VersionedText<V extends Version = Version> {
  /** Oldest first. */
  readonly versions: readonly V[];
  /** To the latest version alone: a new version drops those to the old one. */
  readonly assents: readonly Assent[];
  /** Who withdrew its assent to the latest version. */
  readonly withdrawals: readonly Said[];
  /** The version agreed last; a later one on the table does not undo it. */
  readonly agreed: Agreement | null;
  /** Every event that an agreement ever rested on: retracted, it still counts. It only grows. */
  readonly rested: readonly string[];
}

export const emptyText: VersionedText<never> = {
  versions: [],
  assents: [],
  withdrawals: [],
  agreed: null,
  rested: [],
};

export function latestOf<V extends Version>(text: VersionedText<V>): V | undefined {
  return text.versions.at(-1);
}

export function assentOf(text: VersionedText, party: string | null): Assent | undefined {
  return text.assents.find((one) => one.said.party === party);
}

/** Whether nothing stands between the assent and an agreement. */
export function isFull(assent: Assent): boolean {
  return !assent.adReferendum || assent.confirmed !== undefined;
}

function isLatest(text: VersionedText, data: { version: number; contentHash?: string }): boolean {
  const latest = latestOf(text);
  return (
    latest?.version === data.version &&
    (data.contentHash === undefined || data.contentHash === latest.contentHash)
  );
}

function isAgreed(text: VersionedText, version: number): boolean {
  return text.agreed?.version === version;
}

export function tabled<V extends Version, T extends VersionedText<V>>(text: T, version: V): T {
  return { ...text, versions: [...text.versions, version], assents: [], withdrawals: [] };
}

/** A party's own word takes the place of one attributed to it, never the other way round. */
export function replaces(before: Assent, act: Act): boolean {
  return before.said.capacity !== 'direct' || act.capacity === 'direct';
}

export function assented<T extends VersionedText>(
  text: T,
  fact: Fact<string, { version: number; contentHash: string; adReferendum: boolean }>,
): T {
  if (!isLatest(text, fact.data) || fact.act.party === null) return text;
  const before = assentOf(text, fact.act.party);
  if (before !== undefined && !replaces(before, fact.act)) return text;
  const { adReferendum } = fact.data;
  // What a capital has confirmed stays confirmed, whoever says once more that its party assents.
  const confirmed = adReferendum ? before?.confirmed : undefined;
  const assent = { said: said(fact), adReferendum, ...(confirmed === undefined ? {} : { confirmed }) };
  return {
    ...text,
    assents: [...text.assents.filter((one) => one !== before), assent],
    withdrawals: text.withdrawals.filter((one) => one.party !== fact.act.party),
  };
}

export function confirmed<T extends VersionedText>(
  text: T,
  fact: Fact<string, { version: number; contentHash: string }>,
): T {
  if (!isLatest(text, fact.data)) return text;
  const assents = text.assents.map((one) => {
    if (one.said.party !== fact.act.party || !one.adReferendum) return one;
    const [word] = withWord(one.confirmed === undefined ? [] : [one.confirmed], fact);
    return word === undefined ? one : { ...one, confirmed: word };
  });
  return { ...text, assents };
}

/** An agreed text is terminated, never un-assented. */
export function withdrawn<T extends VersionedText>(text: T, fact: Fact<string, { version: number }>): T {
  const { party } = fact.act;
  if (!isLatest(text, fact.data) || isAgreed(text, fact.data.version)) return text;
  if (assentOf(text, party) === undefined) return text;
  return {
    ...text,
    assents: text.assents.filter((one) => one.said.party !== party),
    withdrawals: hasSaid(text.withdrawals, party) ? text.withdrawals : [...text.withdrawals, said(fact)],
  };
}

export function agreedOn<T extends VersionedText>(text: T, fact: Fact<string, Omit<Agreement, 'said'>>): T {
  const { version, contentHash, basis, restsOn } = fact.data;
  const found = text.versions.some((one) => one.version === version && one.contentHash === contentHash);
  if (!found) return text;
  const rested = [...new Set([...text.rested, fact.id, ...restsOn])];
  return { ...text, rested, agreed: { version, contentHash, basis, said: said(fact), restsOn } };
}
