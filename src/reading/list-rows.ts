import { setImmediate } from 'node:timers/promises';
import { represent, streamOf } from '../platform/record/fold.js';
import type { Slice } from '../platform/record/slice.js';
import { AtMoment } from './at-moment.js';
import { allOf } from './condition.js';
import type { Condition } from './condition.js';
import type { Part } from './read-model.js';

export const sorts = ['updatedAt', '-updatedAt', 'createdAt', '-createdAt'] as const;
export type Sort = (typeof sorts)[number];

/** What is asked of the rows of a list. */
export interface WantedRows {
  readonly dialogue: string | undefined;
  readonly filters: readonly (readonly [string, string])[];
  readonly updatedSince: string | undefined;
  /** Only what has an event after this place in the record. */
  readonly beyond: number | undefined;
  readonly sort: Sort;
  readonly limit: number;
  readonly after: number | undefined;
}

interface Row {
  readonly id: string;
  readonly place: number;
  /** Null where the entry has changed since the moment. */
  readonly document: string | null;
}

/** How many events are folded before others have their turn. */
const eventsAtOnce = 50;

export function isDescending({ sort }: Pick<WantedRows, 'sort'>): boolean {
  return sort.startsWith('-');
}

/** One entry more than was asked for, which shows whether there is a next page. */
export function rowsOf(part: Part, matching: readonly Condition[], wanted: WantedRows): readonly Row[] {
  const { upTo } = part;
  const isByUpdate = wanted.sort.endsWith('updatedAt');
  if (upTo === undefined) return presentRows(part, matching, wanted, isByUpdate);
  return isByUpdate ? byLastChange(part, upTo, wanted) : byCreation(part, upTo, wanted);
}

function presentRows(
  { tables, only }: Part,
  matching: readonly Condition[],
  wanted: WantedRows,
  isByUpdate: boolean,
): readonly Row[] {
  const { filters, updatedSince, beyond } = wanted;
  const column = isByUpdate ? 'updated_ordinal' : 'created_ordinal';
  const conditions = [
    ...only,
    ...filters.map(([name, value]): Condition => [
      'id IN (SELECT id FROM {labels} WHERE name = ? AND value = ?)',
      name,
      value,
    ]),
    ...ofDialogue(wanted),
    ...(beyond === undefined ? [] : [['updated_ordinal > ?', beyond] as const]),
    ...(updatedSince === undefined ? [] : [['updated_at >= ?', updatedSince] as const]),
    ...matching,
    ...afterCursor(column, wanted),
  ];
  const [where, ...values] = allOf(conditions);
  return tables
    .prepare(
      `SELECT id, document, ${column} AS place FROM {entries} WHERE ${where}
       ORDER BY ${column} ${directionOf(wanted)} LIMIT ?`,
    )
    .all(...values, wanted.limit + 1) as unknown as Row[];
}

/** Of each entry the version of the moment, read off their index from there on. */
function byLastChange({ tables, only }: Part, upTo: number, wanted: WantedRows): readonly Row[] {
  const conditions = [
    ...only,
    ...versionOf(upTo, wanted),
    ...pastLabels(upTo, wanted),
    ...ofDialogue(wanted),
    ...afterCursor('ordinal', wanted),
  ];
  const [where, ...values] = allOf(conditions);
  return tables
    .prepare(
      `SELECT id, ordinal AS place, (SELECT document FROM {entries} WHERE id = version.id AND updated_ordinal = ordinal) AS document
       FROM {versions} AS version WHERE ${where} ORDER BY ordinal ${directionOf(wanted)} LIMIT ?`,
    )
    .all(...values, wanted.limit + 1) as unknown as Row[];
}

/** When an entry was begun never changes. */
function byCreation({ tables, only }: Part, upTo: number, wanted: WantedRows): readonly Row[] {
  const isByChange = wanted.beyond !== undefined || wanted.updatedSince !== undefined;
  const [version, ...of] = allOf(versionOf(upTo, wanted));
  const conditions = [
    ...only,
    ['created_ordinal <= ?', upTo] as const,
    ...(isByChange ? [[`+id IN (SELECT id FROM {versions} WHERE ${version})`, ...of] as const] : []),
    ...pastLabels(upTo, wanted),
    ...ofDialogue(wanted),
    ...afterCursor('created_ordinal', wanted),
  ];
  const [where, ...values] = allOf(conditions);
  return tables
    .prepare(
      `SELECT id, created_ordinal AS place, iif(updated_ordinal <= ?, document, NULL) AS document
       FROM {entries} WHERE ${where} ORDER BY created_ordinal ${directionOf(wanted)} LIMIT ?`,
    )
    .all(upTo, ...values, wanted.limit + 1) as unknown as Row[];
}

function versionOf(upTo: number, { beyond, updatedSince }: WantedRows): readonly Condition[] {
  return [
    ['ordinal <= ? AND (until IS NULL OR until > ?)', upTo, upTo],
    ...(beyond === undefined ? [] : [['ordinal > ?', beyond] as const]),
    ...(updatedSince === undefined ? [] : [['updated_at >= ?', updatedSince] as const]),
  ];
}

function pastLabels(upTo: number, { filters }: WantedRows): readonly Condition[] {
  return filters.map(([name, value]) => [
    `id IN (SELECT id FROM {labels} WHERE name = ? AND value = ? AND since <= ?
      UNION ALL SELECT id FROM {past_labels} WHERE name = ? AND value = ? AND since <= ? AND until > ?)`,
    ...[name, value, upTo, name, value, upTo, upTo],
  ]);
}

function ofDialogue({ dialogue }: WantedRows): readonly Condition[] {
  return dialogue === undefined ? [] : [['dialogue = ?', dialogue]];
}

function afterCursor(column: string, wanted: WantedRows): readonly Condition[] {
  return wanted.after === undefined
    ? []
    : [[`${column} ${isDescending(wanted) ? '<' : '>'} ?`, wanted.after]];
}

function directionOf(wanted: WantedRows): string {
  return isDescending(wanted) ? 'DESC' : 'ASC';
}

/** What the rows show: only of what has changed since, a prefix is folded, and others have their turn in between. */
export async function documentsIn(
  rows: readonly Row[],
  at: AtMoment,
  slice: Slice,
): Promise<readonly object[]> {
  const documents: object[] = [];
  let folded = 0;
  for (const { id, document } of rows) {
    if (document !== null) {
      documents.push(JSON.parse(document) as object);
      continue;
    }
    // Of a long page nothing is kept but its entries.
    const alone = new AtMoment(at.record, {}, {}, at.moment);
    const then = alone.folded(slice, id);
    if (then !== undefined) documents.push(JSON.parse(JSON.stringify(represent(then))) as object);
    folded += alone.prefix(streamOf(slice, id)).length;
    if (folded < eventsAtOnce) continue;
    folded = 0;
    await setImmediate();
  }
  return documents;
}
