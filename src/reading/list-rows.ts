import type { SQLInputValue } from 'node:sqlite';
import { allOf } from './condition.js';
import type { Condition } from './condition.js';
import type { Part } from './read-model.js';

export const sorts = ['updatedAt', '-updatedAt', 'createdAt', '-createdAt'] as const;
export type Sort = (typeof sorts)[number];

/** What is asked of the rows of a list. */
export interface WantedRows {
  readonly dialogue: string | undefined;
  /** By the name of each label, the values of which an entry has to have one. */
  readonly filters: readonly (readonly [string, readonly string[]])[];
  readonly updatedSince: string | undefined;
  /** Only what has an event after this place in the record. */
  readonly beyond: number | undefined;
  readonly sort: Sort;
  readonly limit: number;
  readonly after: number | undefined;
}

export interface Row {
  readonly id: string;
  readonly place: number;
  readonly part: Part;
}

export function isDescending({ sort }: Pick<WantedRows, 'sort'>): boolean {
  return sort.startsWith('-');
}

/** One entry more than was asked for, which shows whether there is a next page. */
export function rowsOf(part: Part, matching: readonly Condition[], wanted: WantedRows): readonly Row[] {
  const { only, upTo } = part;
  const isByUpdate = wanted.sort.endsWith('updatedAt');
  const conditions = [...only, ...labelled(part, wanted), ...ofDialogue(wanted), ...matching];
  if (upTo === undefined) return presentRows(part, conditions, wanted, isByUpdate);
  return isByUpdate
    ? byLastChange(part, upTo, conditions, wanted)
    : byCreation(part, upTo, conditions, wanted);
}

function presentRows(
  part: Part,
  conditions: readonly Condition[],
  wanted: WantedRows,
  isByUpdate: boolean,
): readonly Row[] {
  const { updatedSince, beyond } = wanted;
  const column = isByUpdate ? 'updated_ordinal' : 'created_ordinal';
  const [where, ...values] = allOf([
    ...conditions,
    ...(beyond === undefined ? [] : [['updated_ordinal > ?', beyond] as const]),
    ...(updatedSince === undefined ? [] : [['updated_at >= ?', updatedSince] as const]),
    ...afterCursor(column, wanted),
  ]);
  return rowsIn(part, `SELECT id, ${column} AS place FROM {entries} AS entry WHERE ${where}`, values, wanted);
}

/** Of each entry the version of the moment, read off their index from there on. */
function byLastChange(
  part: Part,
  upTo: number,
  conditions: readonly Condition[],
  wanted: WantedRows,
): readonly Row[] {
  const all = [...conditions, ...versionOf(upTo, wanted), ...afterCursor('ordinal', wanted)];
  const [where, ...values] = allOf(all);
  return rowsIn(part, `SELECT id, ordinal AS place FROM {versions} AS entry WHERE ${where}`, values, wanted);
}

/** When an entry was begun never changes. */
function byCreation(
  part: Part,
  upTo: number,
  conditions: readonly Condition[],
  wanted: WantedRows,
): readonly Row[] {
  const isByChange = wanted.beyond !== undefined || wanted.updatedSince !== undefined;
  const [version, ...of] = allOf(versionOf(upTo, wanted));
  const [where, ...values] = allOf([
    ...conditions,
    ['created_ordinal <= ?', upTo] as const,
    // The plus sign keeps SQLite from going by these, which would have it sort all of them.
    ...(isByChange ? [[`+id IN (SELECT id FROM {versions} WHERE ${version})`, ...of] as const] : []),
    ...afterCursor('created_ordinal', wanted),
  ]);
  const sql = `SELECT id, created_ordinal AS place FROM {entries} AS entry WHERE ${where}`;
  return rowsIn(part, sql, values, wanted);
}

/** The first of the rows in their order, and only then what they show: a sorter would carry it for all of them. */
function rowsIn(
  part: Part,
  sql: string,
  values: readonly SQLInputValue[],
  wanted: WantedRows,
): readonly Row[] {
  const found = part.tables
    .prepare(`${sql} ORDER BY place ${isDescending(wanted) ? 'DESC' : 'ASC'} LIMIT ?`)
    .all(...values, wanted.limit + 1);
  return found.map(({ id, place }) => ({ id: String(id), place: Number(place), part }));
}

function versionOf(upTo: number, { beyond, updatedSince }: WantedRows): readonly Condition[] {
  return [
    ['ordinal <= ? AND (until IS NULL OR until > ?)', upTo, upTo],
    ...(beyond === undefined ? [] : [['ordinal > ?', beyond] as const]),
    ...(updatedSince === undefined ? [] : [['updated_at >= ?', updatedSince] as const]),
  ];
}

/**
 * By each filter. Where only a few entries have a label, they are looked through; else the list is read in its order until
 * the page is full, and each entry is asked for its labels. The first costs as many as there are, the second about
 * page × list / labelled: they meet at the root of page × list.
 */
function labelled({ tables, upTo }: Part, { filters, limit }: WantedRows): readonly Condition[] {
  if (filters.length === 0) return [];
  const { last } = tables.prepare('SELECT max(updated_ordinal) AS last FROM {entries}').get() ?? {};
  const fewMax = Math.ceil(Math.sqrt(limit * Number(last ?? 0)) / 4);
  const counted = filters.map((filter) => {
    const [sql, ...values] = labelRows(filter, upTo);
    const { found } = tables
      .prepare(`SELECT count(*) AS found FROM (${sql} LIMIT ?)`)
      .get(...values, fewMax + 1) as { readonly found: number };
    return { filter, found };
  });
  const [fewest, ...others] = counted.toSorted((one, other) => one.found - other.found);
  if (fewest === undefined) return [];
  const having = ({ filter }: typeof fewest): Condition => {
    const [sql, ...values] = labelRows(filter, upTo, ' AND id = entry.id');
    return [`EXISTS (${sql})`, ...values];
  };
  const [sql, ...values] = labelRows(fewest.filter, upTo);
  const first: Condition = fewest.found > fewMax ? having(fewest) : [`id IN (${sql})`, ...values];
  return [first, ...others.map(having)];
}

/** The entries that have the label, or had it at that place in the record. */
function labelRows(
  [name, values]: WantedRows['filters'][number],
  upTo: number | undefined,
  of = '',
): Condition {
  const among = values.map(() => '?').join(', ');
  const having = (table: string) => `SELECT id FROM ${table} WHERE name = ? AND value IN (${among})${of}`;
  if (upTo === undefined) return [having('{labels}'), name, ...values];
  return [
    `${having('{labels}')} AND since <= ? UNION ALL ${having('{past_labels}')} AND since <= ? AND until > ?`,
    ...[name, ...values, upTo, name, ...values, upTo, upTo],
  ];
}

function ofDialogue({ dialogue }: WantedRows): readonly Condition[] {
  return dialogue === undefined ? [] : [['dialogue = ?', dialogue]];
}

function afterCursor(column: string, wanted: WantedRows): readonly Condition[] {
  return wanted.after === undefined
    ? []
    : [[`${column} ${isDescending(wanted) ? '<' : '>'} ?`, wanted.after]];
}
