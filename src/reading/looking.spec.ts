import { expect, it } from '@jest/globals';
import type { Term } from '#libs/full-text';
import { withTablesApart } from '#libs/projections';
import type { Tables } from '#libs/projections';
import { wordsSchema, writeFirstFindable } from '../platform/lists/words.projection.js';
import type { Slice } from '../platform/record/slice.js';
import { lookingFor } from './looking.js';
import type { ReadModel } from './read-model.js';

const fewMax = 10;
/** Twenty have words that begin with a, three a word that begins with b; one of each has them one after the other. */
const wordings = [
  ...Array.from({ length: 19 }, (_, at) => `a${at} asked`),
  ...['bring', 'bread', 'bread again'],
];

async function gathering<T>(
  work: (gathered: (term: Term) => unknown, asked: readonly string[]) => T,
): Promise<T> {
  return withTablesApart([{ name: 'words', schema: wordsSchema }], async (all) => {
    const [tables] = [...all.values()] as [Tables];
    for (const [at, words] of wordings.entries()) {
      const findable = { wordings: [{ words, nameOf: null, saidIn: `${at}` }], concerns: [] };
      writeFirstFindable({ id: `${at}`, ordinal: at }, findable, tables);
    }
    const asked: string[] = [];
    const watched: Tables = {
      db: tables.db,
      table: (logical) => tables.table(logical),
      prepare: (sql) => {
        asked.push(sql);
        return tables.prepare(sql);
      },
    };
    const model = { partOf: () => ({ tables: watched, only: [] }) } as unknown as ReadModel;
    const { gathered } = lookingFor({ terms: [], naming: [], model, fewMax });
    return work((term) => gathered({} as Slice, term), asked);
  });
}

const beginning = (words: string): Term => ({ words, isBeginning: true });

it('What many words begin with is known to be frequent before anything is gathered by it', () =>
  gathering((gathered, asked) => {
    expect(gathered(beginning('A'))).toBe('many');
    expect(asked.filter((sql) => sql.includes('MATCH'))).toEqual([]);
    expect(gathered(beginning('as'))).toBe('many');
  }));

it('What few words begin with is gathered, and what follows a rare word is looked for where that stands', () =>
  gathering((gathered) => {
    expect(gathered(beginning('Br'))).toEqual({ rows: '[20,21,22]', count: 3 });
    expect(gathered(beginning('a1 a'))).toEqual({ rows: '[2]', count: 1 });
    expect(gathered(beginning('bread a'))).toEqual({ rows: '[22]', count: 1 });
    expect(gathered(beginning('asked a'))).toBe('many');
    expect(gathered(beginning('x'))).toEqual({ rows: '[]', count: 0 });
    expect(gathered({ words: 'a1', isBeginning: false })).toEqual({ rows: '[2]', count: 1 });
  }));
