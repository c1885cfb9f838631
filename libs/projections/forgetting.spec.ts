import { describe, expect, it } from '@jest/globals';

import { MemoryEventStore } from '#libs/event-store';

import type { ProjectionDefinition, Sequenced } from './definitions.js';
import { append, temporaryDirectory, World } from './testing.js';

/** Keeps what is said in each event, as a list keeps words; `refuse` throws at what can't be applied. */
function saying(refuse: (sequenced: Sequenced) => void = () => {}, version = 1): ProjectionDefinition {
  return {
    name: 'saying',
    version,
    schema: ['CREATE TABLE {said} (id TEXT PRIMARY KEY, text TEXT) STRICT'],
    apply: (sequenced, tables) => {
      const { id, content } = sequenced.event;
      refuse(sequenced);
      const { text = null } = (content ?? {}) as { readonly text?: string };
      tables.prepare('INSERT INTO {said} VALUES (?, ?)').run(id, text);
    },
    forget: (events, tables, record) => {
      const forget = tables.prepare('UPDATE {said} SET text = ? WHERE id = ?');
      for (const { event } of events) forget.run(`gone at ${record.headOrdinal}`, event.id);
    },
  };
}

const refusing = (id: string) => (one: Sequenced) => {
  if (one.event.id === id) throw new Error(`${id} can't be applied`);
};

describe('What is erased', () => {
  it('is gone from a read model that has halted before it would have heard of it, and stays gone after a start', async () => {
    const world = await World.having(['a', 'b', 'poison', 'erased a'], {
      definitions: [saying(refusing('poison'))],
    });
    expect(world.status('saying')).toMatchObject({ state: 'halted', ordinal: 1 });
    world.projections.forget('a');
    const left = [
      ['a', 'gone at 1'],
      ['b', 'said b'],
    ];
    expect(world.rows('saying', 'said')).toEqual(left);
    const again = await world.restarted({ definitions: [saying(refusing('poison'))] });
    await again.settled();
    expect(again.status('saying')).toMatchObject({ state: 'halted', ordinal: 1 });
    expect(again.rows('saying', 'said')).toEqual(left);
  });

  it('is gone from tables that are being built, and is never told to those that have not come as far', async () => {
    const directory = temporaryDirectory();
    const store = new MemoryEventStore();
    await append(store, 'thing-1', 'a', 'poison', 'c');
    const world = await World.start({ store, directory, definitions: [saying(refusing('poison'))] });
    await world.settled();
    world.projections.forget('a', 'c');
    const built = world.readModels.db.prepare('SELECT * FROM "saying_v1_s1_said"').all();
    expect(built).toEqual([{ id: 'a', text: 'gone at 0' }]);
    await world.stop();
    const mended = await World.start({ store, directory, definitions: [saying()] });
    await mended.settled();
    expect(mended.rows('saying', 'said')).toEqual([
      ['a', 'gone at 0'],
      ['c', null],
      ['poison', 'said poison'],
    ]);
  });

  it('is in no tables of an earlier version, while those that take their place are still being built', async () => {
    const directory = temporaryDirectory();
    const first = await World.having(['a', 'poison'], { directory, definitions: [saying()] });
    const { store } = first;
    await first.stop();
    const definitions = [saying(refusing('poison'), 2)];
    const world = await World.start({ store, directory, definitions });
    await world.settled();
    const tables = () =>
      world.readModels.db
        .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'saying%'`)
        .all()
        .map(({ name }) => name);
    expect(tables()).toEqual(['saying_v1_s1_said', 'saying_v2_s2_said']);
    world.projections.forget('a');
    expect(tables()).toEqual(['saying_v2_s2_said']);
    await world.stop();
    const mended = await World.start({ store, directory, definitions: [saying(() => {}, 2)] });
    await mended.settled();
    expect(mended.rows('saying', 'said')).toEqual([
      ['a', 'gone at 0'],
      ['poison', 'said poison'],
    ]);
  });

  it('is not written from what had been read before, where that is tried again', async () => {
    let refused = 0;
    const forgetting = (one: Sequenced) => {
      if (one.event.id !== 'b' || refused === 4) return;
      refused += 1;
      // Between two attempts, of which both would begin with what was read for the first one.
      if (refused === 3) queueMicrotask(() => world.projections.forget('a'));
      throw new Error('Not yet.');
    };
    const world: World = await World.start({ definitions: [saying(forgetting)] });
    await append(world.store, 'thing-1', 'a', 'b');
    await world.settled();
    expect(refused).toBe(4);
    expect(world.rows('saying', 'said')).toEqual([
      ['a', null],
      ['b', 'said b'],
    ]);
  });

  it('stays everywhere where it can’t be taken out of one of them', async () => {
    const definition = {
      ...saying(),
      forget: () => {
        throw new Error('Not forgotten.');
      },
    };
    const world = await World.having(['a'], { definitions: [definition] });
    expect(() => world.projections.forget('a')).toThrow('Not forgotten.');
    // So whoever looks at the record knows that something is left to be done.
    expect(world.projections.record.byId('a')?.event.content).toEqual({ text: 'said a' });
    expect(world.rows('saying', 'said')).toEqual([['a', 'said a']]);
  });
});
