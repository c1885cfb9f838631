import { choice, id, line, optional } from '#libs/decider';
import type { Field, Shape } from '#libs/decider';
import { parseInstant } from '#libs/edtf';
import type { Term } from '#libs/full-text';
import type { Tables } from '#libs/projections';
import { asOf, limitOf, paging, parametersRefused, searching, waiting } from '../platform/query.js';
import type { Query } from '../platform/query.js';
import type { OpenRecord } from '../platform/record.js';
import type { Sight } from '../platform/sight.js';
import type { Slice } from '../platform/slice.js';
import { named } from './as-of.js';
import { cursorOf, readCursor } from './cursor.js';
import { concerning, givingNames, matchingAll, wantedTerms } from './matching.js';
import { allOf } from './condition.js';
import type { Condition } from './condition.js';
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
  const at = parseInstant(text);
  if (at !== undefined) return new Date(at).toISOString();
  throw parametersRefused([
    { parameter: 'updatedSince', detail: 'takes an instant such as 2025-04-10T09:00:00Z' },
  ]);
}

/** Each entry of the moment once: in whichever part of the list it stands, its place is its own. */
export async function list(record: OpenRecord, slice: Slice, query: Query, sight: Sight): Promise<Page> {
  const wanted = wantedOf(slice, query);
  const naming = wanted.terms.length === 0 ? [] : givingNames(record);
  const scope = { slices: concerning(slice, naming), naming, sight };
  return readingFrom(record, scope, query, (model) => {
    const { asOfSeq, moment } = model;
    const rows = model.partsOf(slice).flatMap((part) => {
      const matching = matchingAll(wanted.terms, slice, part, naming, model);
      return rowsOf(part.tables, [...part.only, ...conditionsOf(wanted), ...matching], wanted);
    });
    return { ...pageOf(rows, wanted), asOfSeq, about: moment === undefined ? {} : named(moment, slice) };
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

interface Row {
  readonly document: string;
  readonly place: number;
}

function isDescending({ sort }: Wanted): boolean {
  return sort.startsWith('-');
}

/** One entry more than was asked for, which shows whether there is a next page. */
function rowsOf(tables: Tables, conditions: readonly Condition[], wanted: Wanted): Row[] {
  const { sort, limit, after } = wanted;
  const column = sort.endsWith('updatedAt') ? 'updated_seq' : 'created_seq';
  const beyond: readonly Condition[] =
    after === undefined ? [] : [[`${column} ${isDescending(wanted) ? '<' : '>'} ?`, after]];
  const [where, ...values] = allOf([...conditions, ...beyond]);
  return tables
    .prepare(
      `SELECT document, ${column} AS place FROM {entries} WHERE ${where}
       ORDER BY ${column} ${isDescending(wanted) ? 'DESC' : 'ASC'} LIMIT ?`,
    )
    .all(...values, limit + 1) as unknown as Row[];
}

function pageOf(rows: readonly Row[], wanted: Wanted): Pick<Page, 'items' | 'next'> {
  const { limit, scope } = wanted;
  const ordered = rows.toSorted((one, other) =>
    isDescending(wanted) ? other.place - one.place : one.place - other.place,
  );
  const shown = ordered.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ document }) => JSON.parse(document) as object),
    next: ordered.length > shown.length && last !== undefined ? cursorOf(scope, last.place) : undefined,
  };
}
