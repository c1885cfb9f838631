import type { SQLInputValue } from 'node:sqlite';
import { choice, id, optional } from '#libs/decider';
import type { Field, Shape } from '#libs/decider';
import { represent } from '../platform/fold.js';
import { labelsOf } from '../platform/lists.projection.js';
import type { OpenRecord } from '../platform/record.js';
import type { Slice } from '../platform/slice.js';
import { foldAt, isAsOf, momentOf, named, prefixOf } from './as-of.js';
import type { Moment } from './as-of.js';
import { cursorOf, readCursor } from './cursor.js';
import { asOf, limitOf, paging, parametersRefused, waiting } from '../platform/query.js';
import type { Query } from '../platform/query.js';
import { fold, streamOf } from '../platform/fold.js';
import { line } from '#libs/decider';

const sorts = ['updatedAt', '-updatedAt', 'createdAt', '-createdAt'] as const;
type Sort = (typeof sorts)[number];

export interface Page {
  readonly items: readonly object[];
  readonly asOfSeq: number;
  readonly next: string | undefined;
  readonly about: object;
}

/** The query parameters of a list: what all take, and the slice's own filters. */
export function listParameters(slice: Slice): Shape {
  const filters = Object.entries(slice.filters).map(([name, field]): [string, Field] => [
    name,
    optional(field),
  ]);
  return {
    dialogue: optional(id),
    ...Object.fromEntries(filters),
    updatedSince: optional(line(40)),
    sort: optional(choice(...sorts)),
    ...paging,
    ...asOf,
    ...waiting,
  };
}

interface Wanted {
  readonly dialogue: string | undefined;
  readonly filters: readonly (readonly [string, string])[];
  readonly updatedSince: string | undefined;
  readonly sort: Sort;
  readonly limit: number;
  readonly after: number | undefined;
  readonly scope: string;
}

function wantedOf(slice: Slice, query: Query): Wanted {
  const sort = (query['sort'] as Sort | undefined) ?? '-updatedAt';
  const filters = Object.keys(slice.filters).flatMap((name) => {
    const value = query[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const scope = `${slice.name} ${sort}`;
  return {
    dialogue: query['dialogue'],
    filters,
    updatedSince: instantOf(query['updatedSince']),
    sort,
    limit: limitOf(query),
    after: readCursor(scope, query['cursor']),
    scope,
  };
}

function instantOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isFinite(at)) return new Date(at).toISOString();
  throw parametersRefused([
    { parameter: 'updatedSince', detail: 'takes an instant such as 2025-04-10T09:00:00Z' },
  ]);
}

export function list(record: OpenRecord, slice: Slice, query: Query): Page {
  const wanted = wantedOf(slice, query);
  return isAsOf(query) ? listAsOf(record, slice, wanted, query) : listNow(record, slice, wanted);
}

/** From the read model: one indexed query, a page at a time. */
function listNow(record: OpenRecord, slice: Slice, wanted: Wanted): Page {
  const { tables, seq } = record.projections.view(slice.name);
  const column = wanted.sort.endsWith('updatedAt') ? 'updated_seq' : 'created_seq';
  const descending = wanted.sort.startsWith('-');
  const conditions: (readonly [string, ...SQLInputValue[]])[] = [
    ...wanted.filters.map(
      ([name, value]) =>
        ['id IN (SELECT id FROM {labels} WHERE name = ? AND value = ?)', name, value] as const,
    ),
    ...(wanted.dialogue === undefined ? [] : [['dialogue = ?', wanted.dialogue] as const]),
    ...(wanted.updatedSince === undefined ? [] : [['updated_at >= ?', wanted.updatedSince] as const]),
    ...(wanted.after === undefined ? [] : [[`${column} ${descending ? '<' : '>'} ?`, wanted.after] as const]),
  ];
  const where = conditions.map(([sql]) => sql).join(' AND ');
  const rows = tables
    .prepare(
      `SELECT document, ${column} AS place FROM {entries} ${where === '' ? '' : `WHERE ${where}`}
       ORDER BY ${column} ${descending ? 'DESC' : 'ASC'} LIMIT ?`,
    )
    .all(...conditions.flatMap(([, ...values]) => values), wanted.limit + 1) as {
    document: string;
    place: number;
  }[];
  return page(
    rows.map(({ document, place }) => ({ place, document: JSON.parse(document) as object })),
    wanted,
    seq,
    {},
  );
}

/** Folds every entry of the list as of the moment; nothing of it was kept, so it costs what the prefix is long. */
function listAsOf(record: OpenRecord, slice: Slice, wanted: Wanted, query: Query): Page {
  const moment = momentOf(record, query);
  const { tables } = record.projections.view(slice.name);
  const rows = tables.prepare('SELECT id FROM {entries} WHERE created_seq <= ?').all(moment.knownSeq) as {
    id: string;
  }[];
  const found = rows.flatMap(({ id: entryId }) => {
    const prefix = prefixOf(record, streamOf(slice, entryId), moment.knownSeq);
    const folded = fold(
      slice,
      prefix.map((one) => one.event),
      moment.counts,
    );
    const [first, last] = [prefix.at(0), prefix.at(-1)];
    if (folded === undefined || first === undefined || last === undefined) return [];
    const document = represent(folded);
    const labels = labelsOf(slice, folded.state);
    const dialogue = slice.name === 'dialogues' ? entryId : document['dialogueId'];
    const matches =
      wanted.filters.every(([name, value]) =>
        labels.some(([known, held]) => known === name && held === value),
      ) &&
      (wanted.dialogue === undefined || wanted.dialogue === dialogue) &&
      (wanted.updatedSince === undefined || last.event.recordedAt >= wanted.updatedSince);
    return matches ? [{ place: wanted.sort.endsWith('updatedAt') ? last.seq : first.seq, document }] : [];
  });
  const direction = wanted.sort.startsWith('-') ? -1 : 1;
  const after = wanted.after;
  const rest = found
    .sort((one, other) => direction * (one.place - other.place))
    .filter((one) => after === undefined || direction * (one.place - after) > 0);
  return page(rest, wanted, moment.knownSeq, named(moment, slice));
}

/**
 * Everything of one slice in a dialogue, in the order in which it was begun: from the read model, or folded as of the
 * moment where one is asked for.
 */
export function documentsOf(
  record: OpenRecord,
  slice: Slice,
  dialogueId: string,
  moment: Moment | undefined,
): { readonly documents: readonly object[]; readonly seq: number } {
  const { tables, seq } = record.projections.view(slice.name);
  const rows = tables
    .prepare(
      'SELECT id, document FROM {entries} WHERE dialogue = ? AND created_seq <= ? ORDER BY created_seq',
    )
    .all(dialogueId, moment?.knownSeq ?? seq) as { id: string; document: string }[];
  const documents = rows.flatMap(({ id: entryId, document }) => {
    if (moment === undefined) return [JSON.parse(document) as object];
    const folded = foldAt(record, slice, entryId, moment);
    return folded === undefined ? [] : [JSON.parse(JSON.stringify(represent(folded))) as object];
  });
  return { documents, seq: moment?.knownSeq ?? seq };
}

function page(
  found: readonly { place: number; document: object }[],
  wanted: Wanted,
  asOfSeq: number,
  about: object,
): Page {
  const items = found.slice(0, wanted.limit);
  const last = items.at(-1);
  const next =
    found.length > items.length && last !== undefined ? cursorOf(wanted.scope, last.place) : undefined;
  return { items: items.map((one) => one.document), asOfSeq, next, about };
}
