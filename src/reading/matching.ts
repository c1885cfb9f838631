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

/** Who has a name with the term in it. */
function bearersOf(term: Term, naming: readonly Slice[], { partsOf }: ReadModel): readonly string[] {
  const bearers = naming.flatMap(partsOf).flatMap((part) => {
    const [sql, ...values] = ofEntries(part);
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

/** The entries that concern one of the bearers, by what one part says. */
function concernedIn(part: Part, bearers: string, named: (sql: string) => string): Condition {
  const [sql, ...values] = ofEntries(part);
  const concerned = `SELECT found FROM {concerns} WHERE bearer IN (SELECT value FROM json_each(?)) AND ${sql}`;
  return [`id IN (${named(concerned)})`, bearers, ...values];
}

/** What another part says stands in other tables: those of another list, or in another database. */
function concernedElsewhere(part: Part, bearers: string, here: Tables): Condition {
  const { tables } = part;
  if (tables.db === here.db) {
    return concernedIn(part, bearers, (sql) => realNames(sql, tables));
  }
  const [sql, ...values] = ofEntries(part);
  const found = tables
    .prepare(
      `SELECT DISTINCT found FROM {concerns} WHERE bearer IN (SELECT value FROM json_each(?)) AND ${sql}`,
    )
    .all(bearers, ...values)
    .map((row) => row['found']);
  return ['id IN (SELECT value FROM json_each(?))', JSON.stringify(found)];
}

/** An entry of this part: the term stands in its own words, or in a name of somebody whom it concerns. */
function matching(
  term: Term,
  slice: Slice,
  part: Part,
  naming: readonly Slice[],
  model: ReadModel,
): Condition {
  const own: Condition = [
    `id IN (SELECT id FROM {wordings} WHERE row IN (SELECT rowid FROM {words} WHERE {words} MATCH ?))`,
    expressionOf(term),
  ];
  const bearers = JSON.stringify(bearersOf(term, naming, model));
  if (bearers === '[]') return own;
  const elsewhere = naming.filter((one) => one !== slice).flatMap(model.partsOf);
  const all = [
    own,
    concernedIn(part, bearers, (sql) => sql),
    ...elsewhere.map((one) => concernedElsewhere(one, bearers, part.tables)),
  ];
  return [`(${all.map(([sql]) => sql).join(' OR ')})`, ...all.flatMap(([, ...values]) => values)];
}

/** One condition for each term, for one part of the list. */
export function matchingAll(
  terms: readonly Term[],
  slice: Slice,
  part: Part,
  naming: readonly Slice[],
  model: ReadModel,
): readonly Condition[] {
  return terms.map((term) => matching(term, slice, part, naming, model));
}
