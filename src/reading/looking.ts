import { beginningOf, expressionOf, termsOf } from '#libs/full-text';
import type { Term } from '#libs/full-text';
import type { Query } from '../platform/http/query.js';
import { parametersRefused } from '../platform/problems/parameters.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Slice } from '../platform/record/slice.js';
import { madeOnce } from '../platform/shapes/made-once.js';
import { bearersOf } from './bearers.js';
import type { Gathered } from './bearers.js';
import { allOf } from './condition.js';
import { inWording } from './in-wording.js';
import type { Part, ReadModel } from './read-model.js';
import { among } from './standing.js';

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

function gatheredIn(part: Part, term: Term, fewMax: number): Gathered {
  const beginning = beginningOf(term);
  if (beginning === undefined || !isBegunByMany(part, beginning.word, fewMax))
    return indexed(part, term, fewMax);
  const found = beginning.before === undefined ? 'many' : indexed(part, beginning.before, fewMax);
  return found === 'many' ? found : goingOn(part, term, found.rows);
}

/** Nothing that sorts after this one stands in a word. */
const lastCharacter = '\u{10ffff}';

/** The index gathers all wordings with a word that begins so before it gives the first; the list of its words does not. */
function isBegunByMany({ tables }: Part, word: string, fewMax: number): boolean {
  const found = tables
    .prepare(
      'SELECT count(*) AS count FROM (SELECT DISTINCT doc FROM {word_list} WHERE term >= ? AND term < ? LIMIT ?)',
    )
    .get(word, `${word}${lastCharacter}`, fewMax + 1);
  return Number(found?.['count']) > fewMax;
}

function indexed({ tables }: Part, term: Term, fewMax: number): Gathered {
  const found = tables
    .prepare(
      `SELECT json_group_array(rowid) AS rows, count(*) AS count
       FROM (SELECT rowid FROM {words} WHERE {words} MATCH ? LIMIT ?)`,
    )
    .get(expressionOf(term), fewMax + 1);
  return Number(found?.['count']) > fewMax ? 'many' : gatheredFrom(found);
}

/** Those among the rows that have all of the term. */
function goingOn({ tables }: Part, term: Term, rows: string): Gathered {
  const [where, ...values] = allOf([among('row', rows), inWording(term, tables)]);
  const found = tables
    .prepare(`SELECT json_group_array(row) AS rows, count(*) AS count FROM {wordings} AS word WHERE ${where}`)
    .get(...values);
  return gatheredFrom(found);
}

function gatheredFrom(row: Readonly<Record<string, unknown>> | undefined): Gathered {
  return { rows: String(row?.['rows']), count: Number(row?.['count']) };
}
