import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { anyOf, expressionOf, searchIndex, searchedText, shownText, termsOf } from './index.js';

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

  it('takes whatever is typed without a fault', () => {
    const signs = ['"', '*', '(', ')', '^', '-', '+', ':', '{', '}', "'", '\\', 'a', 'NEAR', '😀', 'é', '3'];
    const queries = signs.flatMap((one) =>
      signs.flatMap((other) => signs.map((third) => `${one}${other} ${third}`)),
    );
    const asked = queries.map(termsOf).filter((terms) => terms.length > 0);
    expect(asked.length).toBeGreaterThan(queries.length / 4);
    for (const terms of asked) expect(() => match.all(anyOf(terms))).not.toThrow();
  });
});

describe('a letter', () => {
  it('that Unicode keeps apart stands for the plain one', () => {
    expect(searchedText(shownText('Dışişleri, İstanbul; Всё в Łodzi'))).toBe(
      'Disisleri, istanbul; все в lodzi',
    );
  });
});
