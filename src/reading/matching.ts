import type { SQLInputValue } from 'node:sqlite';
import { expressionOf, termsOf } from '#libs/full-text';
import type { Term } from '#libs/full-text';
import type { Tables } from '#libs/projections';
import { parametersRefused } from '../platform/problems/parameters.js';
import type { Query } from '../platform/http/query.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Slice } from '../platform/record/slice.js';
import { madeOnce } from '../platform/shapes/made-once.js';
import { allOf } from './condition.js';
import type { Condition } from './condition.js';
import { inWording } from './in-wording.js';
import type { Part, ReadModel } from './read-model.js';

const termsMax = 16;

/** The words that are looked for; none where the query asks for none. */
export function wantedTerms({ q }: Query): readonly Term[] {
  if (q === undefined) return [];
  const terms = termsOf(q);
  if (terms.length > 0 && terms.length <= termsMax) return terms;
  const detail =
    terms.length === 0 ? 'has no word or number to look for' : `takes at most ${termsMax} words and phrases`;
  throw parametersRefused([{ parameter: 'q', detail }]);
}

/** The slices in which names are given: any entry may concern those who bear them. */
export function givingNames(record: RecordRead): readonly Slice[] {
  return record.registry.slices.filter((slice) => slice.finding?.names !== undefined);
}

/** Where it is said whom the entries of the slice concern: in themselves, and where names are given. */
export function concerning(slice: Slice, naming: readonly Slice[]): readonly Slice[] {
  return [...new Set([slice, ...naming])];
}

/** With the names that the tables have in the database, for a statement on the tables of another list. */
export function realNames(sql: string, tables: Tables): string {
  return sql.replace(/\{(\w+)\}/g, (_, table: string) => tables.table(table));
}

/** Narrows rows of a table beside the entries to those of the entries that are meant. */
export function ofEntries({ only }: Part): Condition {
  if (only.length === 0) return ['true'];
  const [where, ...values] = allOf(only);
  return [`id IN (SELECT id FROM {entries} WHERE ${where})`, ...values];
}

/** Of words and of who is concerned: what stands, or stood as of the place in the record that is meant. */
export function standing({ upTo }: Part): Condition {
  return upTo === undefined ? ['until IS NULL'] : ['since <= ? AND (until IS NULL OR until > ?)', upTo, upTo];
}

/** The same of the entries that are meant. */
export function standingOfEntries(part: Part): Condition {
  return allOf([standing(part), ofEntries(part)]);
}

/**
 * A term that more wordings have is asked of each entry in its turn: to gather all that have it would take longer the more
 * there are, and a page of those is full after a few.
 */
export const fewMost = 2_000;

/** The wordings of one list that have a term: their rows as JSON, or that they are too many to be gathered. */
type Gathered = { readonly rows: string; readonly count: number } | 'many';

/** What is looked for, and where. */
export interface Looked {
  readonly terms: readonly Term[];
  readonly naming: readonly Slice[];
  readonly model: ReadModel;
  readonly fewMax: number;
  readonly gathered: (slice: Slice, term: Term) => Gathered;
  /** Who has a name with the term in it. */
  readonly bearers: (term: Term) => readonly string[];
}

/** Each list is asked for each term once, and so are names for who bears them. */
export function lookingFor(asked: Omit<Looked, 'gathered' | 'bearers'>): Looked {
  const of = madeOnce((slice: Slice) =>
    madeOnce((term: Term) => gatheredIn(asked.model.partOf(slice), term, asked.fewMax)),
  );
  const looked: Looked = {
    ...asked,
    gathered: (slice, term) => of(slice)(term),
    bearers: madeOnce((term: Term) => bearersOf(term, looked)),
  };
  return looked;
}

function gatheredIn({ tables }: Part, term: Term, fewMax: number): Gathered {
  const found = tables
    .prepare(
      `SELECT json_group_array(rowid) AS rows, count(*) AS count
       FROM (SELECT rowid FROM {words} WHERE {words} MATCH ? LIMIT ?)`,
    )
    .get(expressionOf(term), fewMax + 1);
  const count = Number(found?.['count']);
  return count > fewMax ? 'many' : { rows: String(found?.['rows']), count };
}

function bearersOf(term: Term, { naming, model, gathered }: Looked): readonly string[] {
  const bearers = naming.flatMap((slice) => {
    const rows = gathered(slice, term);
    if (rows !== 'many' && rows.count === 0) return [];
    const part = model.partOf(slice);
    const [where, ...values] = allOf([
      standingOfEntries(part),
      rows === 'many' ? inWording(term, part.tables) : among('row', rows.rows),
    ]);
    return part.tables
      .prepare(`SELECT DISTINCT bearer FROM {wordings} AS word WHERE bearer IS NOT NULL AND ${where}`)
      .all(...values)
      .map(({ bearer }) => String(bearer));
  });
  return [...new Set(bearers)];
}

function among(column: string, json: string): Condition {
  return [`${column} IN (SELECT value FROM json_each(?))`, json];
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
