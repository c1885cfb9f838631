import { expressionOf, termsOf } from '#libs/full-text';
import type { Term } from '#libs/full-text';
import type { Tables } from '#libs/projections';
import { parametersRefused } from '../platform/problems/parameters.js';
import type { Query } from '../platform/http/query.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Slice } from '../platform/record/slice.js';
import { allOf } from './condition.js';
import type { Condition } from './condition.js';
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
function standingOfEntries(part: Part): Condition {
  return allOf([standing(part), ofEntries(part)]);
}

/** Who has a name with the term in it. */
function bearersOf(term: Term, naming: readonly Slice[], { partOf }: ReadModel): readonly string[] {
  const bearers = naming.map(partOf).flatMap((part) => {
    const [sql, ...values] = standingOfEntries(part);
    return part.tables
      .prepare(
        `SELECT DISTINCT bearer FROM {wordings}
         WHERE bearer IS NOT NULL AND row IN (SELECT rowid FROM {words} WHERE {words} MATCH ?) AND ${sql}`,
      )
      .all(expressionOf(term), ...values)
      .map(({ bearer }) => String(bearer));
  });
  return [...new Set(bearers)];
}

/** The entries that concern one of the bearers, by what one list says. */
function concernedIn(part: Part, bearers: string): Condition {
  const [sql, ...values] = standingOfEntries(part);
  const concerned = `SELECT found FROM {concerns} WHERE bearer IN (SELECT value FROM json_each(?)) AND ${sql}`;
  return [`id IN (${realNames(concerned, part.tables)})`, bearers, ...values];
}

/** An entry of this list: the term stands in its own words, or in a name of somebody whom it concerns. */
function matching(term: Term, slice: Slice, naming: readonly Slice[], model: ReadModel): Condition {
  const [stands, ...times] = standing(model.partOf(slice));
  const own: Condition = [
    `id IN (SELECT id FROM {wordings} WHERE ${stands} AND row IN (SELECT rowid FROM {words} WHERE {words} MATCH ?))`,
    ...times,
    expressionOf(term),
  ];
  const bearers = JSON.stringify(bearersOf(term, naming, model));
  if (bearers === '[]') return own;
  const all = [own, ...concerning(slice, naming).map((one) => concernedIn(model.partOf(one), bearers))];
  return [`(${all.map(([sql]) => sql).join(' OR ')})`, ...all.flatMap(([, ...values]) => values)];
}

/** One condition for each term, for one list. */
export function matchingAll(
  terms: readonly Term[],
  slice: Slice,
  naming: readonly Slice[],
  model: ReadModel,
): readonly Condition[] {
  return terms.map((term) => matching(term, slice, naming, model));
}
