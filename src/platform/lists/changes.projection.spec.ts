import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Tables } from '#libs/projections';
import {
  changesByParty,
  changesOf,
  matterChanged,
  mattersChanged,
  ofMatter,
  ofParty,
} from './changes.projection.js';

/** Always the same short share: the rule is small. */
const seed = 15;
const dialogues = ['d1', 'd2', 'd3', 'd4'].map((one) => `${one}000000-0000-7000-8000-000000000000`);
const parties = ['A', 'AB', 'RU'];

/** The tables of the projection with these words: each of a party, in a dialogue, in their order. */
function holding(words: readonly (readonly [party: string, dialogueId: string])[]) {
  const db = new DatabaseSync(':memory:');
  const asked: string[] = [];
  const table = (name: string) => name;
  const prepare = (sql: string) => {
    asked.push(sql);
    return db.prepare(sql.replaceAll(/[{}]/g, ''));
  };
  db.exec(`CREATE TABLE subjects (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
    CREATE TABLE changes (subject INTEGER, ordinal INTEGER, PRIMARY KEY (subject, ordinal)) WITHOUT ROWID`);
  words.forEach(([party, dialogueId], ordinal) => {
    // The matters have the ids of the dialogues, which nothing here asks for otherwise.
    for (const name of [ofParty(party), ofParty(party, dialogueId), ofMatter(dialogueId)]) {
      db.prepare('INSERT OR IGNORE INTO subjects (name) VALUES (?)').run(name);
      db.prepare('INSERT INTO changes SELECT id, ? FROM subjects WHERE name = ?').run(ordinal, name);
    }
  });
  return { tables: { db, table, prepare } satisfies Tables, asked };
}

describe('The matters that changed between two places', () => {
  it(`are told all at once and one by one (seed ${seed})`, () => {
    const place = fc.integer({ min: -1, max: 20 });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...dialogues), { maxLength: 20 }),
        place,
        place,
        (ids, after, upTo) => {
          const { tables } = holding(ids.map((id) => ['RU', id]));
          const wanted = dialogues.filter((id) =>
            ids.some((one, ordinal) => one === id && ordinal > after && ordinal <= upTo),
          );
          expect([...mattersChanged(tables, after, upTo)].toSorted()).toEqual(wanted);
          const [sql, ...values] = matterChanged(tables, 'entry.value', after, upTo);
          const one = tables.prepare(`SELECT value FROM json_each(?) AS entry WHERE ${sql}`);
          expect(one.all(JSON.stringify(dialogues), ...values).map(({ value }) => value)).toEqual(wanted);
        },
      ),
      { seed, numRuns: 150 },
    );
  });
});

describe('What a party said, where it is seen', () => {
  it(`is the latest of all that it said there, and nothing else (seed ${seed})`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...parties), fc.constantFrom(...dialogues)), { maxLength: 40 }),
        fc.subarray(dialogues),
        fc.constantFrom(...parties),
        fc.record({
          after: fc.integer({ min: -1, max: 40 }),
          before: fc.integer({ min: 0, max: 41 }),
          limit: fc.integer({ min: 1, max: 6 }),
        }),
        (words, seen, party, range) => {
          const { tables } = holding(words);
          const told = changesByParty(tables, { party, isSeen: (id) => seen.includes(id) }, range);
          const all = words.flatMap(([by, dialogueId], ordinal) =>
            by === party && seen.includes(dialogueId) ? [ordinal] : [],
          );
          const wanted = all.filter((one) => one > range.after && one < range.before).toReversed();
          expect(told).toEqual(wanted.slice(0, range.limit));
          const everywhere = changesByParty(tables, { party, isSeen: () => true }, range);
          expect(everywhere).toEqual(changesOf(tables, ofParty(party), range));
        },
      ),
      { seed, numRuns: 150 },
    );
  });

  it('is found by one question where it said nothing, however many dialogues are seen', () => {
    const { tables, asked } = holding([['RU', dialogues[0]!]]);
    const range = { after: -1, before: 9, limit: 5 };
    expect(changesByParty(tables, { party: 'ZZ', isSeen: () => true }, range)).toEqual([]);
    expect(asked).toHaveLength(1);
  });
});
