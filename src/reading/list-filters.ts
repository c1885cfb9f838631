import { awaitedLabel } from '../platform/record/awaited.js';
import { overdueLabel } from '../platform/record/due-labels.js';
import type { EventRegistry } from '../platform/record/event-registry.js';
import { valuesOf } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';
import type { Slice } from '../platform/record/slice.js';
import type { Condition } from './condition.js';
import type { Part } from './read-model.js';
import { ofEntries, realNames } from './standing.js';

/** What is asked of the labels of an entry. */
export interface LabelFilter {
  readonly name: string;
  /** What the value has to be, as in `= ?`. */
  readonly test: Condition;
  /** Only what has no such label. */
  readonly isWithout: boolean;
  /** Other lists whose entries have the label for those that they name: what waits on an instrument waits on its matters. */
  readonly via?: { readonly parts: readonly Part[]; readonly label: string };
}

interface Asked {
  readonly filters: readonly LabelFilter[];
  readonly limit: number;
}

/** By the slice's own filters; `overdueAt`: the instant before which something was due that counts as overdue, where that is asked. */
export function filtersIn(
  { filters }: Slice,
  query: Query,
  overdueAt: string | undefined,
): readonly LabelFilter[] {
  return [...Object.keys(filters), 'externalRef'].flatMap((name) => {
    const value = query[name];
    if (value === undefined) return [];
    if (name === overdueLabel) return overdueAt === undefined ? [] : overdue(valuesOf(value), overdueAt);
    const values = name === 'externalRef' ? [value] : valuesOf(value);
    return [{ name, test: [`IN (${values.map(() => '?').join(', ')})`, ...values], isWithout: false }];
  });
}

/** Who asks for what is overdue and for the rest asks for all. */
function overdue(values: readonly string[], at: string): readonly LabelFilter[] {
  const [isOverdue, ...more] = values;
  if (more.length > 0) return [];
  return [{ name: overdueLabel, test: ['< ?', at], isWithout: isOverdue === 'false' }];
}

/** By which filters a matter is found by what is said on its instruments, too, and in which slices. */
export function instrumentsAsked(registry: EventRegistry, slice: Slice, query: Query): readonly Slice[] {
  if (slice !== registry.part('matter')) return [];
  const names = [awaitedLabel, overdueLabel].filter((name) => query[name] !== undefined);
  return registry.slices.filter(
    (one) => one.isInstrument === true && names.some((name) => one.filters[name] !== undefined),
  );
}

/** The filter with the parts of those lists that take it as well. */
export function throughInstruments(
  filter: LabelFilter,
  registry: EventRegistry,
  asked: readonly Slice[],
  partOf: (slice: Slice) => Part,
): LabelFilter {
  const parts = asked.filter((one) => one.filters[filter.name] !== undefined).map(partOf);
  if (parts.length === 0) return filter;
  // An instrument names the matters that it is about in a label that is called as they are.
  return { ...filter, via: { parts, label: registry.part('matter').prefix } };
}

/**
 * By each filter. Where only a few entries have a label, they are looked through; else the list is read in its order until
 * the page is full, and each entry is asked for its labels. The first costs as many as there are, the second about
 * page × list / labelled: they meet at the root of page × list.
 */
export function labelled(part: Part, { filters, limit }: Asked): readonly Condition[] {
  const { tables } = part;
  if (filters.length === 0) return [];
  const { last } = tables.prepare('SELECT max(updated_ordinal) AS last FROM {entries}').get() ?? {};
  const fewMax = Math.ceil(Math.sqrt(limit * Number(last ?? 0)) / 4);
  const [others, wanting] = [filters.filter((one) => !one.isWithout), filters.filter((one) => one.isWithout)];
  const counted = others.map((filter) => {
    const [sql, ...values] = labelRows(filter, part);
    const { found } = tables
      .prepare(`SELECT count(*) AS found FROM (${sql} LIMIT ?)`)
      .get(...values, fewMax + 1) as { readonly found: number };
    return { filter, found };
  });
  const [fewest, ...more] = counted.toSorted((one, other) => one.found - other.found);
  const having = (filter: LabelFilter): Condition => {
    const [sql, ...values] = labelRows(filter, part, true);
    return [`${filter.isWithout ? 'NOT ' : ''}EXISTS (${sql})`, ...values];
  };
  const all = [...more.map(({ filter }) => filter), ...wanting].map(having);
  if (fewest === undefined) return all;
  const [sql, ...values] = labelRows(fewest.filter, part);
  return [fewest.found > fewMax ? having(fewest.filter) : [`id IN (${sql})`, ...values], ...all];
}

/** The entries that have the label, or had it at that place in the record; `isOfEntry`: only the one of the row that is asked. */
function labelRows(filter: LabelFilter, part: Part, isOfEntry = false): Condition {
  const { upTo } = part;
  const { name, test, via } = filter;
  const own = timesOf(upTo).map(({ table, times }): Condition => {
    const of = isOfEntry ? ' AND id = entry.id' : '';
    const [when, ...values] = times('one');
    return [
      `SELECT id FROM ${table} AS one WHERE name = ? AND value ${test[0]}${of}${when}`,
      name,
      ...test.slice(1),
      ...values,
    ];
  });
  const all = [...own, ...(via?.parts ?? []).map((there) => namedRows(filter, there, isOfEntry))];
  return [all.map(([sql]) => sql).join(' UNION ALL '), ...all.flatMap(([, ...values]) => values)];
}

/** Labels as they are, or both tables with what was in force at a place. */
function timesOf(upTo: number | undefined) {
  if (upTo === undefined) return [{ table: '{labels}', times: (): Condition => [''] }];
  return [
    { table: '{labels}', times: (one: string): Condition => [` AND ${one}.since <= ?`, upTo] },
    {
      table: '{past_labels}',
      times: (one: string): Condition => [` AND ${one}.since <= ? AND ${one}.until > ?`, upTo, upTo],
    },
  ];
}

/** The entries of this list that are named by what has the label in another one. */
function namedRows(filter: LabelFilter, there: Part, isOfEntry: boolean): Condition {
  const [sql, ...values] = namedIn(filter, there, isOfEntry);
  return [realNames(sql, there.tables), ...values];
}

function namedIn({ name, test, via }: LabelFilter, there: Part, isOfEntry: boolean): Condition {
  const [only, ...onlyValues] = ofEntries(there);
  const times = timesOf(there.upTo);
  const all = times.flatMap((link) =>
    times.map((label): Condition => {
      const [linked, ...linkedValues] = link.times('link');
      const [labelled, ...labelledValues] = label.times('label');
      const of = isOfEntry ? ' AND link.value = entry.id' : '';
      return [
        `SELECT link.value AS id FROM ${link.table} AS link JOIN ${label.table} AS label ON label.id = link.id
         WHERE link.name = ? AND label.name = ? AND label.value ${test[0]}${of}${linked}${labelled}
           AND ${only === 'true' ? only : `link.${only}`}`,
        ...[via?.label ?? '', name, ...test.slice(1), ...linkedValues, ...labelledValues, ...onlyValues],
      ];
    }),
  );
  return [all.map(([sql]) => sql).join(' UNION ALL '), ...all.flatMap(([, ...values]) => values)];
}
