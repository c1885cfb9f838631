import type { Occurred, SourceRef } from './claimed.js';
import type { Act, Fact } from './fact.js';
import type { LangText } from './schema.js';
import type { Said } from './said.js';
import type { WordingRow } from './wording.js';

/** What people read of one event; null once it is erased. */
export interface Words {
  readonly [field: string]: unknown;
}

/** Finds the words of an event by its id; an event without words gives none, one with erased words the mark that they are. */
export type WordsOf = (eventId: string) => Words;

/** A recorded event with its words, for summaries and views. Nothing that decides takes this. */
export type Told<T extends string = string, D = unknown, C = Words> = Fact<T, D> & { readonly content: C };

/** One wording out of several languages: the preferred one where it exists, else the first. */
export function wording(text: LangText | undefined, preferred = 'en'): string {
  if (text === undefined) return '';
  return text[preferred] ?? Object.values(text)[0] ?? '';
}

/** The language that `wording` chooses. */
export function languageOf(text: LangText, preferred = 'en'): string | undefined {
  return text[preferred] === undefined ? Object.keys(text)[0] : preferred;
}

type Worded = Pick<Act, 'capacity' | 'endorsedBy'> & { readonly wording?: readonly WordingRow[] };

function isFor(row: WordingRow, field: string, language: string | undefined): boolean {
  return (
    (row.field === undefined || row.field === field) &&
    (row.language === undefined || row.language === language)
  );
}

function narrowness({ field, language }: WordingRow): number {
  return (field === undefined ? 0 : 2) + (language === undefined ? 0 : 1);
}

/**
 * Whose words those of one field in one language are: the narrowest row says it; a direct act's are its party's own.
 * Where a party endorsed an act, the words of which no row speaks are still those of whoever recorded it.
 */
export function wordingOf(
  { capacity, endorsedBy, wording: rows = [] }: Worded,
  field: string,
  language?: string,
): WordingRow {
  const fitting = rows.filter((one) => isFor(one, field, language));
  const [narrowest] = fitting.toSorted((one, other) => narrowness(other) - narrowness(one));
  return narrowest ?? { as: capacity === 'direct' && endorsedBy === undefined ? 'own' : 'summary' };
}

/** A field of an act that reads otherwise than it was recorded, and who had it read so. */
interface Reworded {
  readonly field: string;
  readonly by: string | null;
}

/** An act as far as it says whose its first words are. */
interface Recording extends Pick<Act, 'recorderParty'> {
  readonly id: string;
}

/**
 * Who worded what by a correction: whoever first had the field read so, by this correction or an earlier one; of what no
 * longer counts, `byOf` tells nobody, and then it is of whoever says it now. What the recorder worded stays the recorder's.
 */
export function wordersIn(
  { data, by }: { readonly data: object; readonly by: string | null },
  { id, recorderParty }: Recording,
  byOf: (eventId: string) => string | null | undefined,
): readonly Reworded[] {
  const { reading = [] } = data as {
    readonly reading?: readonly { readonly field: string; readonly as?: string }[];
  };
  return reading.flatMap(({ field, as }) => {
    if (as === id) return [];
    const earlier = as === undefined ? undefined : byOf(as);
    const whose = earlier === undefined ? by : earlier;
    return whose === recorderParty ? [] : [{ field, by: whose }];
  });
}

/** As what somebody else than its recorder words a field: no row of one language speaks of the others. */
function rowsBy({ field, by }: Reworded, rows: readonly WordingRow[]): readonly WordingRow[] {
  const fitting = rows.filter((one) => one.field === undefined || one.field === field);
  const isOfAll = fitting.some(({ language }) => language === undefined);
  return [...fitting, ...(isOfAll ? [] : [{ as: 'summary' } as const])].map((one) =>
    one.as === 'verbatim' ? { ...one, field } : { ...one, field, by: by ?? 'the secretariat' },
  );
}

/**
 * Whose words those of an act are once somebody else than its recorder had these fields read otherwise: the party's own,
 * where it was the party, else as summed up or translated by whoever did. What is verbatim is so by its source.
 */
export function rewordedBy(
  reworded: readonly Reworded[],
  party: string | null,
  rows: readonly WordingRow[] = [],
): readonly WordingRow[] {
  const fields = reworded.map(({ field }) => field);
  const anew = reworded.flatMap((one): readonly WordingRow[] =>
    one.by === party ? [{ as: 'own', field: one.field }] : rowsBy(one, rows),
  );
  return [...rows.filter((one) => one.field === undefined || !fields.includes(one.field)), ...anew];
}

/** Only what was said stands in quotation marks: never the words of whoever recorded it. */
export function isQuotable(worded: Worded, field: string, language?: string): boolean {
  return wordingOf(worded, field, language).as !== 'summary';
}

/** A title, a name or a label as a summary's tail: nobody's words, so never quoted. */
export function labelled(text: LangText | undefined): string {
  const words = wording(text);
  return words === '' ? '' : `: ${words}`;
}

interface WithWords {
  readonly act: Act;
  readonly wording?: readonly WordingRow[];
  readonly content: object;
}

/** The words of one field as a summary's tail: in quotation marks only where they are what was said. */
export function quoted({ act, wording: rows, content }: WithWords, field: string): string {
  const text = (content as Words)[field] as LangText | undefined;
  const words = wording(text);
  if (text === undefined || words === '') return '';
  const worded = { ...act, ...(rows === undefined ? {} : { wording: rows }) };
  return isQuotable(worded, field, languageOf(text)) ? `: “${words}”` : `: ${words}`;
}

/** How many things a sentence names; the event has them all. */
const listedMax = 5;

/** Several things in one sentence: “a, b and c”, and of many the first five and how many more there are. */
export function listed(all: readonly string[]): string {
  const named = all.slice(0, listedMax);
  const last = all.length > listedMax ? `${all.length - listedMax} more` : (named.pop() ?? '');
  return named.length === 0 ? last : `${named.join(', ')} and ${last}`;
}

/** A code of the record as people read it: `seeks-action` is said as “seeks action”. */
export function inWords(code: string): string {
  return code.replaceAll('-', ' ');
}

/** Who said it, when and on which evidence, in the shape that every view shows. */
export interface SaidView {
  readonly eventId: string;
  readonly party: string | null;
  readonly capacity: Act['capacity'];
  readonly endorsedBy?: string;
  readonly recorderParty?: string | null;
  readonly occurred?: Occurred;
  readonly recordedAt: string;
  readonly sources: readonly SourceRef[];
  readonly wording?: readonly WordingRow[];
}

export function saidView(said: Said): SaidView {
  return {
    eventId: said.eventId,
    party: said.party,
    capacity: said.capacity,
    ...(said.endorsedBy === undefined ? {} : { endorsedBy: said.endorsedBy }),
    ...(said.recorderParty === undefined ? {} : { recorderParty: said.recorderParty }),
    ...(said.occurred === undefined ? {} : { occurred: said.occurred }),
    recordedAt: said.recordedAt,
    sources: said.sources,
    ...(said.wording === undefined ? {} : { wording: said.wording }),
  };
}

/** The said act together with its own words. */
export function toldView(said: Said, wordsOf: WordsOf): SaidView & Words {
  return { ...wordsOf(said.eventId), ...saidView(said) };
}

export function toldViews(all: readonly Said[], wordsOf: WordsOf): readonly (SaidView & Words)[] {
  return all.map((one) => toldView(one, wordsOf));
}

/** The said act with what became of its words, where the words themselves stand elsewhere in the view. */
export function markedView(said: Said, wordsOf: WordsOf): SaidView & Words {
  const { corrected, doubted, erased, repudiated } = wordsOf(said.eventId);
  return {
    ...(erased === undefined ? {} : { erased }),
    ...(corrected === undefined ? {} : { corrected }),
    ...(doubted === undefined ? {} : { doubted }),
    ...(repudiated === undefined ? {} : { repudiated }),
    ...saidView(said),
  };
}

/** When it happened, as claimed; where nobody claimed a time, when it was recorded. */
export function since(said: Pick<Said, 'occurred' | 'recordedAt'>): string {
  return said.occurred?.edtf ?? said.recordedAt;
}
