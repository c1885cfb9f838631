import { setImmediate } from 'node:timers/promises';
import { withTablesApart } from '#libs/projections';
import type { Tables } from '#libs/projections';
import { fold, streamOf } from '../platform/fold.js';
import { listSchema, writeEntry } from '../platform/lists.projection.js';
import type { Query } from '../platform/query.js';
import type { OpenRecord } from '../platform/record.js';
import type { Slice } from '../platform/slice.js';
import { isAsOf, momentOf, prefixOf } from './as-of.js';
import type { Moment } from './as-of.js';

/** The lists of some slices at one moment, whichever it is: the same tables, asked in the same way. */
export interface ReadModel {
  readonly tablesOf: (slice: Slice) => Tables;
  readonly asOfSeq: number;
  /** Absent: the present. */
  readonly moment: Moment | undefined;
}

/** How many events are folded before others have their turn. */
const eventsAtOnce = 50;

/** What the question is about. */
export interface Scope {
  readonly slices: readonly Slice[];
  /** Those among them whose names are looked up: a person who sits in one dialogue may be named in another. */
  readonly naming: readonly Slice[];
}

/**
 * Folds the entries of the lists as of the moment; nothing of them was kept, so it costs what the prefixes are long. Of
 * entries that give no names only those of the dialogue are needed, where the question is about one.
 */
async function fill(
  record: OpenRecord,
  { slices, naming }: Scope,
  dialogue: string | undefined,
  moment: Moment,
  apart: ReadonlyMap<string, Tables>,
): Promise<void> {
  let folded = 0;
  for (const slice of slices) {
    for (const id of idsBy(record, slice, moment, naming.includes(slice) ? undefined : dialogue)) {
      folded += fillOne(record, slice, id, moment, tablesIn(apart, slice));
      if (folded < eventsAtOnce) continue;
      folded = 0;
      await setImmediate();
    }
  }
}

function idsBy(record: OpenRecord, { name }: Slice, { knownSeq }: Moment, dialogue?: string) {
  const { tables } = record.projections.view(name);
  const all = 'SELECT id FROM {entries} WHERE created_seq <= ?';
  const rows =
    dialogue === undefined
      ? tables.prepare(all).all(knownSeq)
      : tables.prepare(`${all} AND dialogue = ?`).all(knownSeq, dialogue);
  return rows.map(({ id }) => String(id));
}

/** Gives the length of the prefix. */
function fillOne(record: OpenRecord, slice: Slice, id: string, moment: Moment, tables: Tables): number {
  const prefix = prefixOf(record, streamOf(slice, id), moment.knownSeq);
  const events = prefix.map((one) => one.event);
  const folded = fold(slice, events, moment.counts);
  const [first, last] = [prefix.at(0), prefix.at(-1)];
  if (folded !== undefined && first !== undefined && last !== undefined) {
    writeEntry(folded, { seq: last.seq, recordedAt: last.event.recordedAt }, first.seq, tables);
  }
  return prefix.length;
}

/** What the work returns must be read by its end: the tables of a past moment are gone with it. */
export async function readingFrom<T>(
  record: OpenRecord,
  scope: Scope,
  query: Query,
  work: (model: ReadModel) => T,
): Promise<T> {
  const { slices } = scope;
  if (!isAsOf(query)) {
    const views = new Map(slices.map(({ name }) => [name, record.projections.view(name)]));
    const tablesOf = (slice: Slice) => tablesIn(views, slice).tables;
    const asOfSeq = Math.min(...[...views.values()].map(({ seq }) => seq));
    return work({ tablesOf, asOfSeq, moment: undefined });
  }
  const moment = momentOf(record, query);
  const definitions = slices.map(({ name }) => ({ name, schema: listSchema }));
  return withTablesApart(definitions, async (apart) => {
    await fill(record, scope, query['dialogue'], moment, apart);
    const tablesOf = (slice: Slice) => tablesIn(apart, slice);
    return work({ tablesOf, asOfSeq: moment.knownSeq, moment });
  });
}

function tablesIn<T>(all: ReadonlyMap<string, T>, { name }: Slice): T {
  const tables = all.get(name);
  if (tables === undefined) throw new Error(`The tables of ${name} were not asked for.`);
  return tables;
}
