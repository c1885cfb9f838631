import { describe, expect, it } from '@jest/globals';

import type { ProjectionDefinition } from './definitions.js';
import { withTablesApart } from './tables-apart.js';
import { World, temporaryDirectory } from './testing.js';

/** Keeps the ids of the events in a virtual table, with the tables that SQLite keeps behind it. */
function searched(version: number): ProjectionDefinition {
  return {
    name: 'searched',
    version,
    schema: ['CREATE VIRTUAL TABLE {words} USING fts5(word)'],
    apply: ({ event }, tables) => {
      tables.prepare('INSERT INTO {words} (word) VALUES (?)').run(event.id);
    },
  };
}

function tablesOf(world: World): string[] {
  const rows = world.readModels.db
    .prepare(`SELECT name FROM sqlite_schema WHERE name GLOB 'searched_*' ORDER BY name`)
    .all();
  return rows.map(({ name }) => String(name));
}

const found = (world: World, word: string) =>
  world.projections
    .view('searched')
    .tables.prepare('SELECT word FROM {words} WHERE {words} MATCH ?')
    .all(word)
    .map((row) => row['word']);

describe('a projection with a virtual table', () => {
  it('is rebuilt beside the old one, and what is dropped takes the tables behind it along', async () => {
    const world = await World.having(['alpha', 'beta'], { definitions: [searched(1)] });
    const behind = tablesOf(world).length;
    for (let time = 0; time < 3; time += 1) await world.projections.rebuild(['searched']);
    expect(found(world, 'beta')).toEqual(['beta']);
    expect(tablesOf(world)).toHaveLength(2 * behind);
    world.projections.forget('alpha');
    expect(tablesOf(world)).toHaveLength(behind);
    expect(found(world, 'beta')).toEqual(['beta']);
  });

  it('is built anew at a start with another version', async () => {
    const directory = temporaryDirectory();
    const first = await World.having(['alpha'], { definitions: [searched(1)], directory });
    await first.stop();
    const second = await World.start({ definitions: [searched(2)], directory, store: first.store });
    await second.settled();
    expect(found(second, 'alpha')).toEqual(['alpha']);
    expect(second.projections.status().find(({ name }) => name === 'searched')).toMatchObject({
      version: 2,
      state: 'live',
    });
  });
});

describe('tables apart', () => {
  it('are made of the same schema, each projection with its own, and are gone once the work is done', async () => {
    const definitions = [searched(1), { ...searched(1), name: 'other' }];
    const rows = await withTablesApart(definitions, async (tables) => {
      await Promise.resolve();
      tables.get('searched')?.prepare('INSERT INTO {words} VALUES (?)').run('alpha');
      return [...tables.values()].map((one) => one.prepare('SELECT count(*) AS n FROM {words}').get()?.['n']);
    });
    expect(rows).toEqual([1, 0]);
    const db = await withTablesApart(definitions, (tables) => Promise.resolve(tables.get('searched')?.db));
    expect(db?.isOpen).toBe(false);
  });
});
