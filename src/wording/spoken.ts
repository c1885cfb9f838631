import { wordingOf } from '#libs/decider';
import type { Act, LangText, WordingRow } from '#libs/decider';
import { instantInWords, occurredInWords } from './dates.js';

/** An entry as far as it says whose words its words are; every said act of a view is one. */
export interface Worded {
  readonly party: string | null;
  readonly capacity: Act['capacity'];
  readonly endorsedBy?: string;
  readonly recorderParty?: string | null;
  readonly wording?: readonly WordingRow[];
}

/** A piece of a sentence of ours: what we say, or what somebody wrote and we repeat. */
export interface Told {
  readonly text: string;
  readonly isWritten: boolean;
}

function ours(text: string): Told {
  return { text, isWritten: false };
}

/** Words in one language, with what a reader has to know of them. */
export interface Spoken {
  readonly lang: string;
  readonly text: string;
  /** Whether they are what was said, so that quotation marks may stand around them. */
  readonly isQuotable: boolean;
  /** Whose words they are, where they are not simply those of whoever said it; empty otherwise. */
  readonly whose: readonly Told[];
}

/** The words of an entry under a field; none where there are none, or where they are erased. */
export function wordsOf(entry: object, field: string): LangText {
  const value: unknown = (entry as { readonly [field: string]: unknown })[field];
  return typeof value === 'object' && value !== null ? (value as LangText) : {};
}

function languageInWords(tag: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Who wrote the entry down: for the party itself, for the other side, or as a secretariat. */
export function recorderOf({ capacity, endorsedBy, party, recorderParty }: Worded): string {
  const isOwn = capacity === 'direct' && endorsedBy === undefined && recorderParty === undefined;
  return (isOwn ? party : recorderParty) ?? 'the secretariat';
}

function whoseInWords(worded: Worded, { as, by, translationFrom }: WordingRow): readonly Told[] {
  const whom = by === undefined ? ours(recorderOf(worded)) : { text: by, isWritten: true };
  if (as === 'summary') return [ours('as summed up by '), whom];
  if (as !== 'translation') return [];
  const from = translationFrom === undefined ? '' : ` from ${languageInWords(translationFrom)}`;
  return [ours(`translated${from} by `), whom];
}

/** Whether the party in whose name it stands says that it is not its own, and nothing is concluded on that yet. */
export function isRepudiated(entry: object): boolean {
  return (entry as { readonly repudiated?: unknown }).repudiated !== undefined;
}

/** Words of the entry, whichever of its fields they are from, as they may be shown. */
export function spokenAs(worded: Worded, field: string, text: LangText): readonly Spoken[] {
  return Object.entries(text).map(([lang, words]) => {
    const row = wordingOf(worded, field, lang);
    if (isRepudiated(worded)) {
      const whose = `entered under the name of ${worded.party ?? 'nobody'}, which says that they are not its own`;
      return { lang, text: words, isQuotable: false, whose: [ours(whose)] };
    }
    return { lang, text: words, isQuotable: row.as !== 'summary', whose: whoseInWords(worded, row) };
  });
}

/** What the entry holds under a field, in every language in which it is recorded. */
export function spoken(entry: Worded, field: string): readonly Spoken[] {
  return spokenAs(entry, field, wordsOf(entry, field));
}

interface Correction {
  readonly recordedAt: string;
  readonly by: string | null;
  readonly occurredWas?: { readonly edtf: string; readonly zone?: string };
  readonly was?: { readonly [field: string]: unknown };
  /** Whose words those were, where they are another's since. */
  readonly wordingWas?: readonly WordingRow[];
}

/** What became of an entry since it was recorded, each in half a sentence. */
export interface Marks {
  readonly notes: readonly string[];
  /** What the words were before they were corrected, by field. */
  readonly was: readonly {
    readonly field: string;
    readonly text: LangText;
    /** The entry as far as it says whose words these were. */
    readonly worded: Worded;
  }[];
}

/** Who corrected it, and when: of words of an entry and of a source alike. */
export function correctedInWords(by: string | null, recordedAt: string): string {
  return `corrected by ${by ?? 'the secretariat'} at ${instantInWords(recordedAt)}`;
}

function correctionInWords({ recordedAt, by, occurredWas, was }: Correction): string {
  const what = [
    ...(was === undefined ? [] : ['its words']),
    ...(occurredWas === undefined ? [] : [`its date, which was: ${occurredInWords(occurredWas)}`]),
  ];
  return `${correctedInWords(by, recordedAt)} (${what.join(' and ')})`;
}

function isText(value: unknown): value is LangText {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((one) => typeof one === 'string')
  );
}

/** The fields of the entry whose words a correction replaced by others. */
function replacedIn(entry: Worded, { was = {} }: Correction, wording: Worded['wording']): Marks['was'] {
  const worded = { ...entry, ...(wording === undefined ? {} : { wording }) };
  return Object.entries(was).flatMap(([field, text]) =>
    isText(text) && JSON.stringify(text) !== JSON.stringify(wordsOf(entry, field))
      ? [{ field, text, worded }]
      : [],
  );
}

/**
 * Corrected (with what it was, by whom and when), endorsed, doubted, repudiated, or recorded by somebody else; the last not
 * beside a sentence that says it.
 */
export function marksOn(entry: Worded, beside?: 'its summary'): Marks {
  const {
    corrected = [],
    doubted,
    erased,
    repudiated,
  } = entry as {
    readonly corrected?: readonly Correction[];
    readonly doubted?: { readonly recordedAt: string; readonly by: string | null };
    readonly erased?: true;
    readonly repudiated?: { readonly recordedAt: string };
  };
  // A summary says it itself.
  const gone = erased === undefined || beside !== undefined ? [] : ['its words are erased'];
  const endorsed = entry.endorsedBy === undefined ? [] : [`endorsed by ${entry.party ?? 'its party'}`];
  const isOthers = entry.endorsedBy !== undefined || entry.capacity === 'attributed';
  const recorded = isOthers && beside === undefined ? [`recorded by ${recorderOf(entry)}`] : [];
  const by = [...endorsed, ...recorded].join('; ');
  const denied =
    repudiated === undefined
      ? []
      : [
          `repudiated: ${entry.party ?? 'its party'} says since ${instantInWords(repudiated.recordedAt)} that it is not its own`,
        ];
  const inDoubt =
    doubted === undefined
      ? []
      : [
          `doubted by ${doubted.by ?? 'the secretariat'}, who recorded it, since ${instantInWords(doubted.recordedAt)}`,
        ];
  return {
    notes: [...(by === '' ? [] : [by]), ...gone, ...corrected.map(correctionInWords), ...inDoubt, ...denied],
    was: corrected.flatMap((one, place) => {
      const since = corrected.slice(place).find(({ wordingWas }) => wordingWas !== undefined);
      return replacedIn(entry, one, since?.wordingWas);
    }),
  };
}
