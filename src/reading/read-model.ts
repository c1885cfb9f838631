import type { Problem } from '#libs/problem-details';
import { withTablesApart } from '#libs/projections';
import type { Tables } from '#libs/projections';
import { streamOf } from '../platform/record/fold.js';
import { GivingWay } from '../platform/record/giving-way.js';
import { listSchema, writeEntry } from '../platform/lists/lists.projection.js';
import type { Query } from '../platform/http/query.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Sight } from '../platform/access/sight.js';
import type { Slice } from '../platform/record/slice.js';
import { parametersRefused } from '../platform/problems/parameters.js';
import { AtMoment } from './at-moment.js';
import { lagging, presentUpTo } from './moment.js';
import type { About, Moment } from './moment.js';
import { allOf } from './condition.js';
import type { Condition } from './condition.js';

/** The entries of one list at the moment. */
export interface Part {
  readonly tables: Tables;
  /** Which of the entries in the tables are meant. */
  readonly only: readonly Condition[];
  /** The place in the record as of which the entries are meant, where the tables have gone on since. */
  readonly upTo?: number;
}

/** The lists of some slices at one moment, whichever it is: the same tables, asked in the same way. */
export interface ReadModel {
  readonly partOf: (slice: Slice) => Part;
  /** How far the dialogue reaches that was asked about, if it was one that is seen. */
  readonly asOfSeq: number | undefined;
  /** For what is read beside the entries. */
  readonly at: AtMoment;
  /** What makes the sealed places in the answer the same when it is asked for again; absent where they need not be. */
  readonly context: string | undefined;
  /** Absent: the present. */
  readonly moment: Moment | undefined;
}

/** How many events are folded before others have their turn. */
export const eventsAtOnce = 50;
/** How long a question about a moment waits for the lists to reach it. */
const waitMs = 2_000;

/** What the question is about. */
export interface Scope {
  readonly slices: readonly Slice[];
  /** Those among them whose names are looked up: a person who sits in one dialogue may be named in another. */
  readonly naming: readonly Slice[];
  /** Whether the lists are to be as the record knew them also where an effective date is asked for, which whoever reads sees to. */
  readonly isKnownOnly?: boolean;
  /** How many entries are folded at the most, where words or other lists have to be asked as of an effective date. */
  readonly foldMax?: number;
}

/** To fold more would take many seconds, and memory for all of them. */
const foldMost = 10_000;

type Views = ReadonlyMap<string, { readonly tables: Tables; readonly ordinal: number }>;

function viewsOf(record: Pick<RecordRead, 'projections'>, slices: readonly Slice[]): Views {
  return new Map(slices.map(({ name }) => [name, record.projections.view(name)]));
}

/** The place in the record that all the lists have reached. */
export function levelOf(record: Pick<RecordRead, 'projections'>, slices: readonly Slice[]): number {
  return Math.min(...[...viewsOf(record, slices).values()].map(({ ordinal }) => ordinal));
}

function isLevel(views: Views, ordinal: number): boolean {
  return [...views.values()].every((one) => one.ordinal >= ordinal);
}

/** Waits for the lists to reach the moment: an answer about it from lists that have not would be another one later. */
export async function levelWith(
  record: RecordRead,
  slices: readonly Slice[],
  ordinal: number,
): Promise<void> {
  if (isLevel(viewsOf(record, slices), ordinal)) return;
  const position = record.projections.record.positionAt(ordinal);
  if (position !== undefined) await record.projections.waitFor(position, { timeoutMs: waitMs });
  if (isLevel(viewsOf(record, slices), ordinal)) return;
  throw lagging('The lists have not reached that moment within two seconds.');
}

/** The entries of one list that were begun by the moment; of those that give no names only those of the dialogue that is asked about. */
function begunIds(tables: Tables, conditions: readonly Condition[], most: number): string[] {
  const [where, ...values] = allOf(conditions);
  return tables
    .prepare(`SELECT id FROM {entries} WHERE ${where} LIMIT ?`)
    .all(...values, most + 1)
    .map(({ id }) => String(id));
}

/** Folds one entry as of the moment into the tables apart. */
export function fillOne(at: AtMoment, slice: Slice, id: string, tables: Tables): void {
  // Of a long list nothing is kept but its entries.
  const alone = new AtMoment(at.record, {}, {}, at.moment);
  const prefix = alone.prefix(streamOf(slice, id));
  const folded = alone.folded(slice, id);
  const [first, last] = [prefix.at(0), prefix.at(-1)];
  if (folded !== undefined && first !== undefined && last !== undefined) {
    const place = { ordinal: last.ordinal, seq: last.seq, recordedAt: last.event.recordedAt };
    writeEntry(folded, place, first.ordinal, tables);
  }
}

/** Whatever is dated may be otherwise by an effective date than the lists have it. Others have their turn between folds. */
async function fill(
  at: AtMoment,
  { slices, naming, foldMax = foldMost }: Scope,
  { dialogue, seen }: { readonly dialogue: string | undefined; readonly seen: readonly Condition[] },
  apart: ReadonlyMap<string, Tables>,
): Promise<void> {
  const begun = slices.map((slice) => {
    const { tables } = at.record.projections.view(slice.name);
    const isNarrowed = dialogue !== undefined && !naming.includes(slice);
    const ids = begunIds(
      tables,
      [
        ['created_ordinal <= ?', at.moment.knownOrdinal],
        ...seen,
        ...(isNarrowed ? [['dialogue = ?', dialogue] as const] : []),
      ],
      foldMax,
    );
    return { slice, ids };
  });
  if (begun.reduce((sum, { ids }) => sum + ids.length, 0) > foldMax) throw tooMuchToFold(foldMax, dialogue);
  const others = new GivingWay();
  for (const { slice, ids } of begun)
    for (const id of ids) {
      fillOne(at, slice, id, tablesIn(apart, slice));
      await others.turn();
    }
}

function tooMuchToFold(most: number, dialogue: string | undefined): Problem {
  const mend =
    dialogue === undefined
      ? 'narrow it with dialogue='
      : 'this dialogue has more, so leave out one of the two';
  const detail = `is asked of each entry by itself where words, or what waits on other entries, are looked for, and of ${most} at the most: ${mend}`;
  return parametersRefused([{ parameter: 'effectiveAt', detail }]);
}

function within(sight: Sight): readonly Condition[] {
  return sight === 'all' ? [] : [['dialogue IN (SELECT value FROM json_each(?))', JSON.stringify(sight)]];
}

/**
 * What the work returns must be read by its end: the tables of an effective date are gone with it. Lists that are not level
 * with each other are read as of the one that is furthest behind. Work that goes on over several turns must name a place
 * (`upTo`), for the present goes on.
 */
export async function readingFrom<T>(
  asked: AtMoment,
  scope: Scope,
  query: Query,
  work: (model: ReadModel) => T | Promise<T>,
): Promise<T> {
  const { record, isAsOf } = asked;
  const { sight = 'all' } = asked.asking;
  const views = viewsOf(record, scope.slices);
  const seen = within(sight);
  const about = aboutOf(query, sight);
  const behind = levelOf(record, scope.slices);
  const at = isAsOf || asked.given !== undefined ? asked : new AtMoment(record, {}, {}, presentUpTo(behind));
  const isServed = [...views.values()].every(({ ordinal }) => ordinal === behind);
  if (!isAsOf && isServed && at.moment.knownOrdinal === behind) {
    const partOf = (slice: Slice) => ({ tables: tablesIn(views, slice).tables, only: seen });
    return work({ partOf, ...placed(at, about), moment: undefined });
  }
  const { moment } = at;
  await levelWith(record, scope.slices, moment.knownOrdinal);
  const asIs = { ...placed(at, about), moment: isAsOf ? moment : undefined };
  if (moment.effectiveAt === undefined || scope.isKnownOnly === true) {
    const tables = (slice: Slice) => tablesIn(viewsOf(record, scope.slices), slice).tables;
    const partOf = (slice: Slice) => ({ tables: tables(slice), only: seen, upTo: moment.knownOrdinal });
    return work({ partOf, ...asIs });
  }
  const definitions = scope.slices.map(({ name }) => ({ name, schema: listSchema }));
  return withTablesApart(definitions, async (apart) => {
    await fill(at, scope, { dialogue: query['dialogue'], seen }, apart);
    const partOf = (slice: Slice) => ({ tables: tablesIn(apart, slice), only: seen });
    return work({ partOf, ...asIs });
  });
}

/** The dialogue that a question is about; one that is not seen answers as one in which nothing was ever recorded. */
export function aboutOf({ dialogue }: Query, sight: Sight): About {
  if (dialogue === undefined) return {};
  return { dialogueId: sight === 'all' || sight.includes(dialogue) ? dialogue : 'none' };
}

/** The moment of an answer, as the answer names it. */
function placed(at: AtMoment, { dialogueId }: About): Pick<ReadModel, 'asOfSeq' | 'at' | 'context'> {
  const { knownOrdinal, asked: context } = at.moment;
  const { projections } = at.record;
  return {
    asOfSeq: dialogueId === undefined ? undefined : projections.record.seqAt(dialogueId, knownOrdinal),
    at,
    context,
  };
}

function tablesIn<T>(all: ReadonlyMap<string, T>, { name }: Slice): T {
  const tables = all.get(name);
  if (tables === undefined) throw new Error(`The tables of ${name} were not asked for.`);
  return tables;
}
