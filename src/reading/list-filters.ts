import { overdueLabel } from '../platform/record/due-labels.js';
import { valuesOf } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';
import type { Slice } from '../platform/record/slice.js';
import type { Condition } from './condition.js';
import type { Part } from './read-model.js';

/** What is asked of the labels of an entry. */
export interface LabelFilter {
  readonly name: string;
  /** On the column `value`. */
  readonly value: Condition;
  /** Only what has no such label. */
  readonly isWithout: boolean;
}

interface Asked {
  readonly filters: readonly LabelFilter[];
  readonly limit: number;
}

/** By the slice's own filters; `overdueAt`: the instant before which something was due that counts as overdue. */
export function filtersIn({ filters }: Slice, query: Query, overdueAt: string): readonly LabelFilter[] {
  return [...Object.keys(filters), 'externalRef'].flatMap((name) => {
    const value = query[name];
    if (value === undefined) return [];
    if (name === overdueLabel) return overdue(valuesOf(value), overdueAt);
    const values = name === 'externalRef' ? [value] : valuesOf(value);
    return [{ name, value: [`value IN (${values.map(() => '?').join(', ')})`, ...values], isWithout: false }];
  });
}

/** Who asks for what is overdue and for the rest asks for all. */
function overdue(values: readonly string[], at: string): readonly LabelFilter[] {
  const [isOverdue, ...more] = values;
  if (more.length > 0) return [];
  return [{ name: overdueLabel, value: ['value < ?', at], isWithout: isOverdue === 'false' }];
}

/**
 * By each filter. Where only a few entries have a label, they are looked through; else the list is read in its order until
 * the page is full, and each entry is asked for its labels. The first costs as many as there are, the second about
 * page × list / labelled: they meet at the root of page × list.
 */
export function labelled({ tables, upTo }: Part, { filters, limit }: Asked): readonly Condition[] {
  if (filters.length === 0) return [];
  const { last } = tables.prepare('SELECT max(updated_ordinal) AS last FROM {entries}').get() ?? {};
  const fewMax = Math.ceil(Math.sqrt(limit * Number(last ?? 0)) / 4);
  const [others, wanting] = [filters.filter((one) => !one.isWithout), filters.filter((one) => one.isWithout)];
  const counted = others.map((filter) => {
    const [sql, ...values] = labelRows(filter, upTo);
    const { found } = tables
      .prepare(`SELECT count(*) AS found FROM (${sql} LIMIT ?)`)
      .get(...values, fewMax + 1) as { readonly found: number };
    return { filter, found };
  });
  const [fewest, ...more] = counted.toSorted((one, other) => one.found - other.found);
  const having = (filter: LabelFilter): Condition => {
    const [sql, ...values] = labelRows(filter, upTo, ' AND id = entry.id');
    return [`${filter.isWithout ? 'NOT ' : ''}EXISTS (${sql})`, ...values];
  };
  const all = [...more.map(({ filter }) => filter), ...wanting].map(having);
  if (fewest === undefined) return all;
  const [sql, ...values] = labelRows(fewest.filter, upTo);
  return [fewest.found > fewMax ? having(fewest.filter) : [`id IN (${sql})`, ...values], ...all];
}

/** The entries that have the label, or had it at that place in the record. */
function labelRows(
  { name, value: [having, ...values] }: LabelFilter,
  upTo: number | undefined,
  of = '',
): Condition {
  const rows = (table: string) => `SELECT id FROM ${table} WHERE name = ? AND ${having}${of}`;
  if (upTo === undefined) return [rows('{labels}'), name, ...values];
  return [
    `${rows('{labels}')} AND since <= ? UNION ALL ${rows('{past_labels}')} AND since <= ? AND until > ?`,
    ...[name, ...values, upTo, name, ...values, upTo, upTo],
  ];
}
