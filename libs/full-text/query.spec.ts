import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  expressionOf,
  lineOf,
  searchedText,
  searchIndex,
  shownText,
  takingOut,
  termFunction,
  termsOf,
} from './index.js';

const expressions = (query: string) => termsOf(query).map(expressionOf);

describe('a query', () => {
  it.each([
    ['banking of missions', ['"banking"', '"of"', '"missions" *']],
    ['"Russian Federation" dues', ['"Russian Federation"', '"dues" *']],
    ['dues "Russian Federation"', ['"dues"', '"Russian Federation"']],
    ['RUUS-3', ['"RUUS-3"']],
    ['RUUS-', ['"RUUS-" *']],
    ['the 3rd,', ['"the"', '"3rd," *']],
    ['  one — two ', ['"one"', '"two" *']],
    ['an unclosed "phrase here', ['"an"', '"unclosed"', '"phrase"', '"here" *']],
    ['" " "--" a', ['"a" *']],
  ])('%j asks for each of its words and phrases, and lets the last word go on', (query, wanted) => {
    expect(expressions(query)).toEqual(wanted);
  });

  it.each(['', ' ', '"', '""', '- — …', '***', '\u0000', '\uE000'])('%j asks for nothing', (query) => {
    expect(termsOf(query)).toEqual([]);
  });
});

describe('a table that is searched', () => {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE said (row INTEGER PRIMARY KEY, searched TEXT NOT NULL)');
  for (const statement of searchIndex('texts', 'said', 'row')) db.exec(statement);
  const texts = ['near and or not', 'searched: a column', 'a^b', 'Ёлка', 'x'];
  for (const one of texts)
    db.prepare('INSERT INTO said (searched) VALUES (?)').run(searchedText(shownText(one)));
  db.exec('INSERT INTO texts (rowid, searched) SELECT row, searched FROM said');
  const match = db.prepare('SELECT searched FROM texts WHERE texts MATCH ? ORDER BY rowid');
  const found = (query: string) =>
    termsOf(query).map((term) => match.all(expressionOf(term)).map(({ searched }) => String(searched)));

  it.each([
    ['AND', [['near and or not']]],
    ['x NOT near', [['x'], ['near and or not'], ['near and or not']]],
    ['NEAR(and', [['near and or not']]],
    ['NEAR(near', [[]]],
    ['searched:column', [[]]],
    ['searched:a', [['searched: a column']]],
    ['{searched}: a*', [['searched: a column'], ['a^b', 'near and or not', 'searched: a column']]],
    ['^a', [['a^b', 'near and or not', 'searched: a column']]],
    ['ЕЛКА', [['елка']]],
  ])('takes %j for words and never for an operator', (query, wanted) => {
    expect(found(query).map((one) => one.toSorted((a, b) => a.localeCompare(b)))).toEqual(wanted);
  });

  it('says of each row whether it has a term as the index does, without being asked for all that have it', () => {
    const next = texts.length + 1;
    const unit = fc.constantFrom(
      'a',
      'B',
      'ab',
      'ß',
      'е',
      'Ё',
      '签',
      '証',
      ' ',
      ' ',
      '-',
      '"',
      '3',
      '\u0301',
      '㌖',
    );
    const words = fc.array(unit, { maxLength: 12 }).map((all) => shownText(all.join('')));
    const one = db.prepare(
      `SELECT ${termFunction(db)}(searched, ?) AS stands, row IN (SELECT rowid FROM texts WHERE texts MATCH ?) AS found
       FROM said WHERE row = ${next}`,
    );
    let found = 0;
    fc.assert(
      fc.property(words, words, (shown, query) => {
        db.prepare('INSERT INTO said VALUES (?, ?)').run(next, searchedText(shown));
        db.prepare('INSERT INTO texts (rowid, searched) VALUES (?, ?)').run(next, searchedText(shown));
        for (const term of termsOf(query)) {
          const row = one.get(lineOf(term), expressionOf(term));
          expect([shown, term, row?.['stands']]).toEqual([shown, term, row?.['found']]);
          found += Number(row?.['found']);
        }
        db.prepare(takingOut('texts')).run(next, searchedText(shown));
        db.prepare('DELETE FROM said WHERE row = ?').run(next);
      }),
      { seed: 29, numRuns: 1_000 },
    );
    expect(found).toBeGreaterThan(50);
  });

  it('takes whatever is typed without a fault', () => {
    const signs = ['"', '*', '(', ')', '^', '-', '+', ':', '{', '}', "'", '\\', 'a', 'NEAR', '😀', 'é', '3'];
    const queries = signs.flatMap((one) =>
      signs.flatMap((other) => signs.map((third) => `${one}${other} ${third}`)),
    );
    const asked = queries.map(termsOf).filter((terms) => terms.length > 0);
    expect(asked.length).toBeGreaterThan(queries.length / 4);
    for (const terms of asked) expect(() => match.all(terms.map(expressionOf).join(' OR '))).not.toThrow();
  });
});

describe('a letter', () => {
  it('that Unicode keeps apart stands for the plain one', () => {
    expect(searchedText(shownText('Dışişleri, İstanbul; Всё в Łodzi'))).toBe(
      'Disisleri, istanbul; все в lodzi',
    );
  });
});
