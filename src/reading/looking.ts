import { expressionOf, termsOf } from '#libs/full-text';
import type { Term } from '#libs/full-text';
import type { Query } from '../platform/http/query.js';
import { parametersRefused } from '../platform/problems/parameters.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Slice } from '../platform/record/slice.js';
import { madeOnce } from '../platform/shapes/made-once.js';
import { bearersOf } from './bearers.js';
import type { Gathered } from './bearers.js';
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

/**
 * A term that more wordings have is asked of each entry in its turn: to gather all that have it would take longer the more
 * there are, and a page of those is full after a few.
 */
export const fewMost = 2_000;

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
  const gathered = (slice: Slice, term: Term) => of(slice)(term);
  return { ...asked, gathered, bearers: madeOnce((term: Term) => bearersOf(term, { ...asked, gathered })) };
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
