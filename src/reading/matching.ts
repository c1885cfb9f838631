import type { SQLInputValue } from 'node:sqlite';
import type { Term } from '#libs/full-text';
import type { Slice } from '../platform/record/slice.js';
import { allOf } from './condition.js';
import type { Condition } from './condition.js';
import { inWording } from './in-wording.js';
import type { Looked } from './looking.js';
import type { Part } from './read-model.js';
import { among, realNames, standing, standingOfEntries } from './standing.js';

/** Where it is said whom the entries of the slice concern: in themselves, and where names are given. */
export function concerning(slice: Slice, naming: readonly Slice[]): readonly Slice[] {
  return [...new Set([slice, ...naming])];
}

/** How an entry is asked whether it has something: whether it is among the few that have it, or by itself. */
interface Asking {
  readonly few: Condition | undefined;
  readonly one: Condition;
}

/** Undefined where no wording of the list has the term. */
function ownWords(term: Term, slice: Slice, { model, gathered }: Looked): Asking | undefined {
  const rows = gathered(slice, term);
  if (rows !== 'many' && rows.count === 0) return undefined;
  const part = model.partOf(slice);
  const stands = standing(part);
  const having = (conditions: readonly Condition[]): Condition => {
    const [where, ...values] = allOf([stands, ...conditions]);
    return [`SELECT id FROM {wordings} AS word WHERE ${where}`, ...values];
  };
  const [one, ...oneValues] = having([['word.id = entry.id'], inWording(term, part.tables)]);
  return {
    few: rows === 'many' ? undefined : having([among('row', rows.rows)]),
    one: [`EXISTS (${one})`, ...oneValues],
  };
}

/** The entries that concern one of the bearers, by what one list says. */
function concerned(slice: Slice, bearers: string, { model, fewMax }: Looked): Asking {
  const part = model.partOf(slice);
  const having = (conditions: readonly Condition[]): Condition => {
    const [where, ...values] = allOf([...conditions, among('bearer', bearers), standingOfEntries(part)]);
    return [realNames(`SELECT found FROM {concerns} WHERE ${where}`, part.tables), ...values];
  };
  const all = having([]);
  const [sql, ...values] = all;
  const counted = part.tables
    .prepare(`SELECT count(*) AS count FROM (${sql} LIMIT ?)`)
    .get(...values, fewMax + 1);
  const [one, ...oneValues] = having([['found = entry.id']]);
  return {
    few: Number(counted?.['count']) > fewMax ? undefined : all,
    one: [`EXISTS (${one})`, ...oneValues],
  };
}

/** What is asked of the entries of a list, each of which is called `entry`. */
export interface Matching {
  readonly condition: Condition;
  /** Whether few entries have it, so that they are looked through and not the list. */
  readonly isOfFew: boolean;
}

/** An entry of this list: the term stands in its own words, or in a name of somebody whom it concerns. */
function matching(term: Term, slice: Slice, looked: Looked): Matching | undefined {
  const bearers = looked.bearers(term);
  const named = bearers.length === 0 ? [] : concerning(slice, looked.naming);
  const all = [
    ...[ownWords(term, slice, looked)].filter((one) => one !== undefined),
    ...named.map((one) => concerned(one, JSON.stringify(bearers), looked)),
  ];
  if (all.length === 0) return undefined;
  const few = all.flatMap((one) => (one.few === undefined ? [] : [one.few]));
  if (few.length === all.length) {
    const [sql, values] = joined(few, ' UNION ALL ');
    return { condition: [`entry.id IN (${sql})`, ...values], isOfFew: true };
  }
  const [sql, values] = joined(
    all.map(({ one }) => one),
    ' OR ',
  );
  return { condition: [`(${sql})`, ...values], isOfFew: false };
}

function joined(conditions: readonly Condition[], by: string): readonly [string, readonly SQLInputValue[]] {
  return [conditions.map(([sql]) => sql).join(by), conditions.flatMap(([, ...values]) => values)];
}

/** One for each term, for one list; those that few entries have come first. Undefined where nothing of the list has one of them. */
export function matchingAll(slice: Slice, looked: Looked): readonly Matching[] | undefined {
  const all: Matching[] = [];
  for (const term of looked.terms) {
    const one = matching(term, slice, looked);
    if (one === undefined) return undefined;
    all.push(one);
  }
  return [...all.filter(({ isOfFew }) => isOfFew), ...all.filter(({ isOfFew }) => !isOfFew)];
}

/** Which of the entries have all of it. */
export function idsHaving(
  { tables }: Part,
  entries: readonly { readonly id: string }[],
  asked: readonly Condition[],
): ReadonlySet<string> {
  const [where, ...values] = allOf(asked);
  const rows = tables
    .prepare(`SELECT id FROM (SELECT value AS id FROM json_each(?)) AS entry WHERE ${where}`)
    .all(JSON.stringify(entries.map(({ id }) => id)), ...values);
  return new Set(rows.map(({ id }) => String(id)));
}
