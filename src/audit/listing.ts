import { choice, id, line, optional } from '#libs/decider';
import type { Field, Shape } from '#libs/decider';
import type { Term } from '#libs/full-text';
import type { Tables } from '#libs/projections';
import { asOf, limitOf, paging, parametersRefused, searching, waiting } from '../platform/query.js';
import type { Query } from '../platform/query.js';
import type { OpenRecord } from '../platform/record.js';
import type { Slice } from '../platform/slice.js';
import { named } from './as-of.js';
import { cursorOf, readCursor } from './cursor.js';
import { concerning, givingNames, matchingAll, wantedTerms } from './matching.js';
import type { Condition } from './matching.js';
import { readingFrom } from './read-model.js';

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
    q: optional(searching),
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
  readonly terms: readonly Term[];
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
    terms: wantedTerms(query),
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

export async function list(record: OpenRecord, slice: Slice, query: Query): Promise<Page> {
  const wanted = wantedOf(slice, query);
  const naming = wanted.terms.length === 0 ? [] : givingNames(record);
  const scope = { slices: concerning(slice, naming), naming };
  return readingFrom(record, scope, query, (model) => {
    const { tablesOf, asOfSeq, moment } = model;
    const conditions = [...conditionsOf(wanted), ...matchingAll(wanted.terms, slice, naming, model)];
    const found = pageOf(tablesOf(slice), conditions, wanted);
    return { ...found, asOfSeq, about: moment === undefined ? {} : named(moment, slice) };
  });
}

function conditionsOf({ filters, dialogue, updatedSince }: Wanted): readonly Condition[] {
  return [
    ...filters.map(([name, value]): Condition => [
      'id IN (SELECT id FROM {labels} WHERE name = ? AND value = ?)',
      name,
      value,
    ]),
    ...(dialogue === undefined ? [] : [['dialogue = ?', dialogue] as const]),
    ...(updatedSince === undefined ? [] : [['updated_at >= ?', updatedSince] as const]),
  ];
}

/** One query, a page at a time; whether there is a next page shows in one entry more than was asked for. */
function pageOf(
  tables: Tables,
  conditions: readonly Condition[],
  { sort, limit, after, scope }: Wanted,
): Pick<Page, 'items' | 'next'> {
  const column = sort.endsWith('updatedAt') ? 'updated_seq' : 'created_seq';
  const descending = sort.startsWith('-');
  const beyond: readonly Condition[] =
    after === undefined ? [] : [[`${column} ${descending ? '<' : '>'} ?`, after]];
  const all = [...conditions, ...beyond];
  const where = all.map(([sql]) => sql).join(' AND ');
  const rows = tables
    .prepare(
      `SELECT document, ${column} AS place FROM {entries} ${where === '' ? '' : `WHERE ${where}`}
       ORDER BY ${column} ${descending ? 'DESC' : 'ASC'} LIMIT ?`,
    )
    .all(...all.flatMap(([, ...values]) => values), limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ document }) => JSON.parse(String(document)) as object),
    next:
      rows.length > shown.length && last !== undefined ? cursorOf(scope, Number(last['place'])) : undefined,
  };
}
