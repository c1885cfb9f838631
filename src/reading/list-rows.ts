import type { SQLInputValue } from 'node:sqlite';
import { allOf } from './condition.js';
import type { Condition } from './condition.js';
import type { ChangedElsewhere } from './changed-since.js';
import { labelled } from './list-filters.js';
import type { LabelFilter } from './list-filters.js';
import type { Part } from './read-model.js';

export const sorts = ['updatedAt', '-updatedAt', 'createdAt', '-createdAt'] as const;
export type Sort = (typeof sorts)[number];

/** What is asked of the rows of a list. */
export interface WantedRows {
  readonly dialogue: string | undefined;
  readonly filters: readonly LabelFilter[];
  readonly updatedSince: string | undefined;
  /** Only what has an event after this place in the record, or what `elsewhere` tells of. */
  readonly beyond: number | undefined;
  readonly elsewhere: ChangedElsewhere | undefined;
  readonly sort: Sort;
  readonly limit: number;
  readonly after: number | undefined;
}

export interface Row {
  readonly id: string;
  readonly place: number;
  readonly part: Part;
}

function isDescending({ sort }: Pick<WantedRows, 'sort'>): boolean {
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
    ...(beyond === undefined ? [] : [changedBeyond(part, wanted, beyond)]),
    ...(updatedSince === undefined ? [] : [['updated_at >= ?', updatedSince] as const]),
    ...afterCursor(column, wanted),
  ]);
  return rowsIn(part, `SELECT id, ${column} AS place FROM {entries} AS entry WHERE ${where}`, values, wanted);
}

/**
 * What changed by an event of its own or elsewhere. Where few did they are looked for first: to find them in the order of
 * the list would take a look at all of it.
 */
function changedBeyond({ tables }: Part, { elsewhere }: WantedRows, beyond: number): Condition {
  const own = 'updated_ordinal > ?';
  if (elsewhere === undefined) return [own, beyond];
  if (elsewhere.ids !== undefined)
    return [
      `id IN (SELECT id FROM {entries} WHERE ${own} UNION ALL SELECT value FROM json_each(?))`,
      beyond,
      elsewhere.ids,
    ];
  const [sql, ...values] = elsewhere.one(tables, 'entry.id');
  return [`(${own} OR ${sql})`, beyond, ...values];
}

/** The same of the version of a moment. */
function changedUpTo({ tables }: Part, { elsewhere }: WantedRows, beyond: number, upTo: number): Condition {
  if (elsewhere === undefined) return ['ordinal > ?', beyond];
  if (elsewhere.ids !== undefined)
    return [
      `id IN (SELECT id FROM {versions} WHERE ordinal > ? AND ordinal <= ? UNION ALL SELECT value FROM json_each(?))`,
      beyond,
      upTo,
      elsewhere.ids,
    ];
  const [sql, ...values] = elsewhere.one(tables, 'id');
  return [`(ordinal > ? OR ${sql})`, beyond, ...values];
}

/** Of each entry the version of the moment, read off their index from there on. */
function byLastChange(
  part: Part,
  upTo: number,
  conditions: readonly Condition[],
  wanted: WantedRows,
): readonly Row[] {
  const all = [...conditions, ...versionOf(part, upTo, wanted), ...afterCursor('ordinal', wanted)];
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
  const [version, ...of] = allOf(versionOf(part, upTo, wanted));
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

function versionOf(part: Part, upTo: number, wanted: WantedRows): readonly Condition[] {
  const { beyond, updatedSince } = wanted;
  return [
    ['ordinal <= ? AND (until IS NULL OR until > ?)', upTo, upTo],
    ...(beyond === undefined ? [] : [changedUpTo(part, wanted, beyond, upTo)]),
    ...(updatedSince === undefined ? [] : [['updated_at >= ?', updatedSince] as const]),
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
