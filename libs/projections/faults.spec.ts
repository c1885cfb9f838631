import { describe, expect, it } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';

import { MemoryEventStore, Unavailable, type SubscribeOptions } from '#libs/event-store';
import { until } from '#libs/event-store/testing';

import type { PolicyHandler, ProjectionDefinition } from './definitions.js';
import { readModelsDamage } from './faults.js';
import { World, append, noting, tally } from './testing.js';

const roomy = 1_000_000;

/** As a full disk answers: the file may not grow by another page. */
function fill(world: World, spare = 0): void {
  const { db } = world.readModels;
  const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count']);
  db.exec(`PRAGMA max_page_count = ${pages + spare}`);
}

function empty(world: World): void {
  world.readModels.db.exec(`PRAGMA max_page_count = ${roomy}`);
}

/** Enough that no page of the file has room for it. */
const bulky = (name: string) => Array.from({ length: 60 }, (_, n) => `${name}${n}-${'x'.repeat(300)}`);

/** Keeps the record light and fails as a disk does, for as long as it is told to. */
function failing(code: number): { definition: ProjectionDefinition; heal: () => void; tried: () => number } {
  let [isIll, tried] = [true, 0];
  const definition: ProjectionDefinition = {
    ...tally(),
    apply: (...args) => {
      tried += 1;
      if (isIll) throw Object.assign(new Error('as the disk says'), { errcode: code });
      tally().apply(...args);
    },
  };
  return { definition, heal: () => (isIll = false), tried: () => tried };
}

describe('a full disk', () => {
  it('is waited out by record, list and policy, and nothing is lost, doubled or halted', async () => {
    const handled: string[] = [];
    const policy = noting(({ event }) => handled.push(event.id));
    const world = await World.having(['a'], { definitions: [tally()], policy });
    fill(world);
    const ids = bulky('b');
    const last = await append(world.store, 'thing-1', ...ids);
    await until(() => world.status('record')?.state === 'waiting');
    expect(world.status('record')?.error?.message).toMatch(/^the disk is full .*tried again until/);
    expect(await world.projections.waitFor(last.position, { timeoutMs: 50 })).toBe('lagging');
    empty(world);
    expect(await world.waitFor(last)).toBe('reached');
    expect(world.rows('tally', 'counts')).toEqual([['thing-1', 61, ids.at(-1)]]);
    expect(handled).toEqual(['a', ...ids]);
    expect(world.projections.status().map(({ state }) => state)).toEqual(['live', 'live', 'live']);
    // Said once, however often it was tried.
    expect(world.incidents.filter(({ projection }) => projection === 'record')).toHaveLength(1);
  });

  it('keeps nobody from stopping', async () => {
    const world = await World.start({ definitions: [tally()] });
    fill(world);
    await append(world.store, 'thing-1', ...bulky('a'));
    await until(() => world.status('record')?.state === 'waiting');
    await world.stop();
    expect(world.status('record')?.state).toBe('waiting');
  });
});

describe('a fault of the disk while an event is applied', () => {
  it.each([
    ['a full disk', 13],
    ['a read or write that failed', 10 | (3 << 8)],
    ['a lock', 5],
    ['a file that can not be opened', 14],
  ])('is no poison: %s', async (_, code) => {
    const { definition, heal, tried } = failing(code);
    const world = await World.start({ definitions: [definition] });
    await append(world.store, 'thing-1', 'a', 'b');
    // More often than poison is tried.
    await until(() => tried() > 8);
    expect(world.status('tally')).toMatchObject({ state: 'waiting', error: { ordinal: 0 } });
    heal();
    expect(await world.settled()).toBe('reached');
    expect(world.status('tally')).toMatchObject({ state: 'live', ordinal: 1 });
    expect(world.status('tally')?.error).toBeUndefined();
  });

  it.each([
    ['a constraint that our own code breaks', 19],
    ['an SQL text that is wrong', 1],
    ['a damaged file', 11],
  ])('halts for good where it is none: %s', async (_, code) => {
    const world = await World.start({ definitions: [failing(code).definition] });
    await append(world.store, 'thing-1', 'a');
    expect(await world.settled()).toBe('lagging');
    expect(world.status('tally')).toMatchObject({ state: 'halted', error: { ordinal: 0 } });
  });
});

describe('a subscription', () => {
  class FlakyStore extends MemoryEventStore {
    failures: (Error | 'ends')[] = [];

    override async *subscribe(options: SubscribeOptions) {
      for await (const message of super.subscribe(options)) {
        yield message;
        const failure = this.failures.shift();
        if (failure === 'ends') return;
        if (failure !== undefined) throw failure;
      }
    }
  }

  it('that fails or ends is begun again where it was, without gap or repeat', async () => {
    const store = new FlakyStore();
    store.failures = [new Unavailable('away'), 'ends', new Error('channel closed'), 'ends'];
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await append(store, 'thing-1', id);
    const world = await World.start({ store, definitions: [tally()] });
    expect(await world.settled()).toBe('reached');
    expect(world.rows('tally', 'counts')).toEqual([['thing-1', 6, 'f']]);
    expect(world.projections.record.headOrdinal).toBe(5);
  });
});

describe('a policy', () => {
  it('waits while the store takes nothing, and brings each consequence about once', async () => {
    const store = new MemoryEventStore();
    let [isAway, tried] = [true, 0];
    const handled: string[] = [];
    const policy: PolicyHandler = {
      name: 'late',
      handle: async ({ event }) => {
        tried += 1;
        if (isAway) throw new Unavailable('The disk is full; nothing was stored.');
        handled.push(event.id);
        return undefined;
      },
    };
    const world = await World.start({ store, policy });
    await append(store, 'thing-1', 'a', 'b');
    await until(() => tried > 5);
    expect(world.status('late')).toMatchObject({ state: 'waiting', error: { ordinal: 0 } });
    isAway = false;
    expect(await world.settled()).toBe('reached');
    expect(handled).toEqual(['a', 'b']);
    expect(world.status('late')?.error).toBeUndefined();
  });
});

describe('a hole', () => {
  /** A store from which an event was taken by hand. */
  class HoleyStore extends MemoryEventStore {
    override async *subscribe(options: SubscribeOptions) {
      for await (const message of super.subscribe(options)) {
        if (message.kind !== 'event' || message.event.id !== 'c') yield message;
      }
    }
  }

  it('in a stream halts the record before it, and names the revision that is missing', async () => {
    const store = new HoleyStore();
    await append(store, 'thing-1', 'a', 'b', 'c', 'd');
    const world = await World.start({ store, definitions: [tally()] });
    expect(await world.settled()).toBe('lagging');
    expect(world.status('record')).toMatchObject({
      state: 'halted',
      ordinal: 1,
      error: { ordinal: 2, message: expect.stringMatching(/revision 2 of thing-1 is missing/) as unknown },
    });
    expect(world.projections.record.after(-1, 9).map(({ event }) => event.id)).toEqual(['a', 'b']);
  });

  it('in the record halts what follows it', async () => {
    const world = await World.start({ definitions: [failing(13).definition] });
    await append(world.store, 'thing-1', 'a', 'b', 'c');
    await until(() => world.status('record')?.ordinal === 2 && world.status('tally')?.state === 'waiting');
    world.readModels.db.exec('DELETE FROM record_v1_s1_events WHERE ordinal = 1');
    expect(await world.settled()).toBe('lagging');
    expect(world.status('tally')).toMatchObject({ state: 'halted' });
    expect(world.status('tally')?.error?.message).toMatch(/lacks an event before ordinal 2: rebuild all/);
  });
});

describe('a rebuild', () => {
  it('of read models with more events than the store begins anew, since nothing in them can be trusted', async () => {
    const world = await World.having(['a', 'b'], { definitions: [tally()] });
    const { db } = world.readModels;
    db.exec(`INSERT INTO record_v1_s1_events SELECT 2, 'x', stream, 2, type, recorded_at, running_max, position, log, 2, body
             FROM record_v1_s1_events WHERE ordinal = 1; UPDATE slot SET ordinal = 2 WHERE name = 'record'`);
    const { projections, incidents } = await world.restarted({ definitions: [tally()] });
    await projections.rebuild('all');
    expect(projections.record.after(-1, 9).map(({ event }) => event.id)).toEqual(['a', 'b']);
    expect(String(incidents.at(-1)?.error)).toMatch(/holds 2 event\(s\).*hold 3/);
  });

  it('that comes no further ends with what it waits for', async () => {
    const world = await World.start({ definitions: [failing(13).definition], rebuildStallMs: 50 });
    await append(world.store, 'thing-1', 'a');
    await expect(world.projections.rebuild('all')).rejects.toThrow(
      /came no further for 0.05 seconds \(tally is waiting: the disk is full/,
    );
  });
});

describe('Damage of the read models', () => {
  it.each([
    ['a page', () => Object.assign(new Error('database disk image is malformed'), { errcode: 11 })],
    ['a document that is no JSON any more', () => thrownBy(`SELECT json_extract('{broken', '$.a')`)],
  ])('is told with the way to go on: %s', (_, error) => {
    expect(readModelsDamage(error())?.message).toMatch(/damaged: .*"entente rebuild".*Nothing is lost/);
  });

  it('is nothing else that SQLite refuses', () => {
    expect(readModelsDamage(thrownBy('SELECT nothing FROM nowhere'))).toBeUndefined();
  });
});

function thrownBy(sql: string): unknown {
  const db = new DatabaseSync(':memory:');
  try {
    return db.prepare(sql).get();
  } catch (error) {
    return error;
  } finally {
    db.close();
  }
}
