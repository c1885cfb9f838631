import type { SQLInputValue } from 'node:sqlite';
import { expressionOf, termsOf } from '#libs/full-text';
import type { Term } from '#libs/full-text';
import { parametersRefused } from '../platform/query.js';
import type { Query } from '../platform/query.js';
import type { OpenRecord } from '../platform/record.js';
import type { Slice } from '../platform/slice.js';
import type { ReadModel } from './read-model.js';

const termsMax = 16;

/** A part of a WHERE clause with the values of its parameters. */
export type Condition = readonly [sql: string, ...values: readonly SQLInputValue[]];

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
export function givingNames(record: OpenRecord): readonly Slice[] {
  return record.registry.slices.filter((slice) => slice.finding?.names !== undefined);
}

/** Where it is said whom the entries of the slice concern: in themselves, and where names are given. */
export function concerning(slice: Slice, naming: readonly Slice[]): readonly Slice[] {
  return [...new Set([slice, ...naming])];
}

/** Who has a name with the term in it. */
function bearersOf(term: Term, naming: readonly Slice[], { tablesOf }: ReadModel): readonly string[] {
  return naming.flatMap((slice) =>
    tablesOf(slice)
      .prepare(
        `SELECT DISTINCT bearer FROM {wordings}
         WHERE bearer IS NOT NULL AND row IN (SELECT rowid FROM {words} WHERE {words} MATCH ?)`,
      )
      .all(expressionOf(term))
      .map(({ bearer }) => String(bearer)),
  );
}

function matching(term: Term, slice: Slice, naming: readonly Slice[], model: ReadModel): Condition {
  const own = `id IN (SELECT id FROM {wordings}
    WHERE row IN (SELECT rowid FROM {words} WHERE {words} MATCH ?))`;
  const bearers = JSON.stringify(bearersOf(term, naming, model));
  if (bearers === '[]') return [own, expressionOf(term)];
  const byName = concerning(slice, naming).map((one) => {
    const concerns = model.tablesOf(one).table('concerns');
    return `id IN (SELECT found FROM ${concerns} WHERE bearer IN (SELECT value FROM json_each(?)))`;
  });
  return [`(${[own, ...byName].join(' OR ')})`, expressionOf(term), ...byName.map(() => bearers)];
}

/** One condition for each term: it stands in the words of the entry, or in a name of somebody whom it concerns. */
export function matchingAll(
  terms: readonly Term[],
  slice: Slice,
  naming: readonly Slice[],
  model: ReadModel,
): readonly Condition[] {
  return terms.map((term) => matching(term, slice, naming, model));
}
