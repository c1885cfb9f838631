import { basisOf, hasSaid, isHearsay, said, withWord } from '#libs/decider';
import type { Act, Fact, Said } from '#libs/decider';

/** One version of a text: what is assented to is its hash. */
export interface Version {
  readonly version: number;
  readonly contentHash: string;
  /** What it is about. */
  readonly irritantIds: readonly string[];
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
  /** `direct` only if each side's own word is behind it, recorded by itself or endorsed since. */
  readonly basis: 'direct' | 'attributed';
  /** The derived event by which both sides' assents became an agreement. */
  readonly said: Said;
  /** The assents that made it, one of each side. */
  readonly assents: readonly Assent[];
  readonly restsOn: readonly string[];
}

/** What other slices may read of an agreement. */
export type AgreedText = Omit<Agreement, 'assents'>;

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
}

export const emptyText: VersionedText<never> = {
  versions: [],
  assents: [],
  withdrawals: [],
  agreed: null,
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

/** The words of an assent: that of the party and, ad referendum, that of its capital. */
export function wordsOfAssent({ said: word, confirmed: capital }: Assent): readonly Said[] {
  return capital === undefined ? [word] : [word, capital];
}

/**
 * What holds by the words of both sides: what is agreed, and that both have assented, be it ad referendum. A version keeps
 * the number by which both know it, so one that was numbered on is not taken from under it.
 */
export function jointIn(text: VersionedText): { readonly [what: string]: unknown } {
  const { agreed, assents, versions } = text;
  return {
    agreed: agreed === null ? null : [agreed.version, agreed.contentHash],
    'assented to': assents.length >= 2 ? latestOf(text)?.version : undefined,
    'the numbers of versions': (latestOf(text)?.version ?? 0) - versions.length,
  };
}

function isLatest(text: VersionedText, data: { version: number; contentHash?: string }): boolean {
  const latest = latestOf(text);
  return (
    latest?.version === data.version &&
    (data.contentHash === undefined || data.contentHash === latest.contentHash)
  );
}

export function isAgreed(text: VersionedText, version: number | undefined): boolean {
  return version !== undefined && text.agreed?.version === version;
}

export function tabled<V extends Version, T extends VersionedText<V>>(text: T, version: V): T {
  return { ...text, versions: [...text.versions, version], assents: [], withdrawals: [] };
}

/** A party's own word takes the place of one attributed to it, never the other way round. */
export function replaces(before: Assent, act: Act): boolean {
  return !isHearsay({ act }, before.said);
}

/**
 * The party's last word on the version counts. Whether a word may take the place of an earlier one is decided when it
 * is recorded; an endorsement afterwards changes the capacity of a word and not the order.
 */
export function assented<T extends VersionedText>(
  text: T,
  fact: Fact<string, { version: number; contentHash: string; adReferendum: boolean }>,
): T {
  if (!isLatest(text, fact.data) || fact.act.party === null) return text;
  const before = assentOf(text, fact.act.party);
  const { adReferendum } = fact.data;
  // What a capital has confirmed stays confirmed, whoever says once more that its party assents.
  const capital = adReferendum ? before?.confirmed : undefined;
  const assent = { said: said(fact), adReferendum, ...(capital === undefined ? {} : { confirmed: capital }) };
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

/** The text without the assent of one party. */
export function unassented<T extends VersionedText>(text: T, party: string | null): T {
  return { ...text, assents: text.assents.filter((one) => one.said.party !== party) };
}

/** An agreed text is terminated, never un-assented. */
export function withdrawn<T extends VersionedText>(text: T, fact: Fact<string, { version: number }>): T {
  const { party } = fact.act;
  if (!isLatest(text, fact.data) || isAgreed(text, fact.data.version)) return text;
  return {
    ...unassented(text, party),
    withdrawals: hasSaid(text.withdrawals, party) ? text.withdrawals : [...text.withdrawals, said(fact)],
  };
}

/**
 * An agreement is two full assents to one hash, and no more: without them the event says nothing. Its basis is that of
 * the assents as they count now, so that an endorsement betters it.
 */
export function agreedOn<T extends VersionedText>(
  text: T,
  fact: Fact<string, { version: number; contentHash: string; restsOn: readonly string[] }>,
): T {
  const { version, contentHash, restsOn } = fact.data;
  const assents = text.assents.filter((one) => restsOn.includes(one.said.eventId) && isFull(one));
  if (!isLatest(text, fact.data) || assents.length < 2) return text;
  const basis = basisOf(assents.flatMap(wordsOfAssent));
  return { ...text, agreed: { version, contentHash, basis, said: said(fact), assents, restsOn } };
}
