import { lineOf, termFunction } from '#libs/full-text';
import type { Term } from '#libs/full-text';
import type { Tables } from '#libs/projections';
import { allOf } from './condition.js';
import type { Condition } from './condition.js';

/** Of a term of more words these tell enough, and what is asked of SQLite may not go ever deeper. */
const lettersMax = 8;

/** The letters of the longest words of the term stand there. Capitals are as good as others. */
function lettersOf({ words }: Term): Condition {
  const found = new Set(words.match(/[0-9A-Za-z\u0080-\uffff]+/g) ?? []);
  const longest = [...found].toSorted((one, other) => other.length - one.length).slice(0, lettersMax);
  return allOf(longest.map((one) => ['word.searched LIKE ?', `%${one}%`] as const));
}

/** A wording, called `word`, has the term: first whether its letters stand there at all, which most often tells. */
export function inWording(term: Term, { db }: Tables): Condition {
  const [letters, ...patterns] = lettersOf(term);
  return [`${letters} AND ${termFunction(db)}(word.searched, ?)`, ...patterns, lineOf(term)];
}

/** It has one of them. */
export function anyInWording(terms: readonly Term[], tables: Tables): Condition {
  const each = terms.map((term) => inWording(term, tables));
  return [`(${each.map(([sql]) => `(${sql})`).join(' OR ')})`, ...each.flatMap(([, ...values]) => values)];
}
