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

/** Folds every entry of the list as of the moment; nothing of it was kept, so it costs what the prefixes are long. */
function fill(record: OpenRecord, slice: Slice, moment: Moment, tables: Tables): void {
  const present = record.projections.view(slice.name).tables;
  const ids = present.prepare('SELECT id FROM {entries} WHERE created_seq <= ?').all(moment.knownSeq);
  for (const { id } of ids) {
    const prefix = prefixOf(record, streamOf(slice, String(id)), moment.knownSeq);
    const events = prefix.map((one) => one.event);
    const folded = fold(slice, events, moment.counts);
    const [first, last] = [prefix.at(0), prefix.at(-1)];
    if (folded === undefined || first === undefined || last === undefined) continue;
    writeEntry(folded, { seq: last.seq, recordedAt: last.event.recordedAt }, first.seq, tables);
  }
}

/** What the work returns must be read by its end: the tables of a past moment are gone with it. */
export function readingFrom<T>(
  record: OpenRecord,
  slices: readonly Slice[],
  query: Query,
  work: (model: ReadModel) => T,
): T {
  if (!isAsOf(query)) {
    const views = new Map(slices.map(({ name }) => [name, record.projections.view(name)]));
    const tablesOf = (slice: Slice) => tablesIn(views, slice).tables;
    const asOfSeq = Math.min(...[...views.values()].map(({ seq }) => seq));
    return work({ tablesOf, asOfSeq, moment: undefined });
  }
  const moment = momentOf(record, query);
  const definitions = slices.map(({ name }) => ({ name, schema: listSchema }));
  return withTablesApart(definitions, (apart) => {
    for (const slice of slices) fill(record, slice, moment, tablesIn(apart, slice));
    const tablesOf = (slice: Slice) => tablesIn(apart, slice);
    return work({ tablesOf, asOfSeq: moment.knownSeq, moment });
  });
}

function tablesIn<T>(all: ReadonlyMap<string, T>, { name }: Slice): T {
  const tables = all.get(name);
  if (tables === undefined) throw new Error(`The tables of ${name} were not asked for.`);
  return tables;
}
