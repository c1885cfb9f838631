import { describe, expect, it } from '@jest/globals';

import { MemoryEventStore, type SubscribeOptions } from '#libs/event-store';

import type { ProjectionDefinition } from './definitions.js';
import { ProjectionNotReady } from './errors.js';
import { World, append, noting, storeOfMany, tally, temporaryDirectory } from './testing.js';

/** Which slots there are, as `name version state`. */
function slotsOf(world: World): string[] {
  const rows = world.readModels.db.prepare('SELECT * FROM slot ORDER BY name, slot').all();
  return rows.map(({ name, version, state }) => `${String(name)} ${String(version)} ${String(state)}`);
}

function physicalTables(world: World, projection: string): number {
  const select = `SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name LIKE ? || '\\_v%' ESCAPE '\\'`;
  return Number(world.readModels.db.prepare(select).get(projection)?.['n']);
}

describe('a rebuild', () => {
  it('gives the same tables, fires no policy again and tells how far it is', async () => {
    const handled: string[] = [];
    const policy = noting(({ event }) => handled.push(event.id));
    const world = await World.start({ definitions: [tally()], policy });
    await append(world.store, 'thing-1', 'a', 'b');
    await append(world.store, 'blob-1', 'chunk');
    await append(world.store, 'thing-2', 'c');
    await world.settled();
    const before = [world.rows('tally', 'counts'), world.projections.record.after(-1, 10)];
    const told: string[] = [];
    await world.projections.rebuild('all', ({ name, ordinal, head }) =>
      told.push(`${name} ${ordinal}/${head}`),
    );
    expect([world.rows('tally', 'counts'), world.projections.record.after(-1, 10)]).toEqual(before);
    expect(handled).toEqual(['a', 'b', 'c']);
    expect(told).toEqual(expect.arrayContaining(['record 2/2', 'tally 2/2']));
    expect(slotsOf(world)).toEqual([
      'record 1 retired',
      'record 1 active',
      'tally 1 retired',
      'tally 1 active',
    ]);
  });

  it('repairs rows that are not what the events say', async () => {
    const world = await World.having(['a', 'b'], { definitions: [tally()] });
    world.projections.view('tally').tables.prepare('UPDATE {counts} SET n = 99').run();
    await world.projections.rebuild(['tally']);
    expect(world.rows('tally', 'counts')).toEqual([['thing-1', 2, 'b']]);
  });

  it('goes on live afterwards, and keeps one slot to roll back to', async () => {
    const world = await World.start({ definitions: [tally()] });
    await append(world.store, 'thing-1', 'a');
    for (let round = 0; round < 3; round += 1) await world.projections.rebuild('all');
    await append(world.store, 'thing-1', 'b');
    expect(await world.settled()).toBe('reached');
    expect(world.rows('tally', 'counts')).toEqual([['thing-1', 2, 'b']]);
    expect(slotsOf(world)).toHaveLength(4);
    expect(physicalTables(world, 'tally')).toBe(2);
    expect(physicalTables(world, 'record')).toBe(4);
    expect(world.status('record')).toMatchObject({ ordinal: 1, state: 'live' });
    // A follower of the old tables that had gone on would have halted at its checkpoint.
    expect(world.incidents).toEqual([]);
  });

  it('still covers what the record before it had covered, though the store is slow to tell', async () => {
    class SparingStore extends MemoryEventStore {
      isSparing = false;

      override async *subscribe(options: SubscribeOptions) {
        for await (const message of super.subscribe(options)) {
          if (message.kind !== 'checkpoint' || !this.isSparing) yield message;
        }
      }
    }
    const store = new SparingStore();
    const world = await World.start({ store });
    await append(store, 'thing-1', 'a');
    const technical = await append(store, 'blob-1', 'chunk');
    expect(await world.waitFor(technical)).toBe('reached');
    store.isSparing = true;
    await world.projections.rebuild('all');
    expect(await world.projections.waitFor(technical.position, { timeoutMs: 3_600_000 })).toBe('reached');
  });

  it('takes in what is appended while it runs', async () => {
    const store = await storeOfMany(40);
    const world = await World.start({ store, definitions: [tally()], batchSize: 5 });
    await world.settled();
    const rebuilt = world.projections.rebuild('all');
    for (let n = 40; n < 60; n += 1) {
      const appended = await append(store, `thing-${n}`, `${n}`);
      expect(await world.waitFor(appended)).toBe('reached');
    }
    await rebuilt;
    expect(await world.settled()).toBe('reached');
    expect(world.rows('tally', 'counts')).toHaveLength(60);
    expect(world.projections.record.headOrdinal).toBe(59);
  });

  it('may be asked for while the first build is still going on', async () => {
    const store = await storeOfMany(40);
    const world = await World.start({ store, definitions: [tally()], batchSize: 3 });
    expect(world.status('tally')).toMatchObject({ state: 'catching-up' });
    await world.projections.rebuild('all');
    expect(world.rows('tally', 'counts')).toHaveLength(40);
    expect(world.projections.record.headOrdinal).toBe(39);
  });

  it('that a stop cuts short is rejected, tidies up, and hurts nothing', async () => {
    const directory = temporaryDirectory();
    const store = await storeOfMany(40);
    const world = await World.start({ store, directory, definitions: [tally()], batchSize: 3 });
    await world.settled();
    const [rebuilt] = await Promise.allSettled([world.projections.rebuild('all'), world.stop()]);
    expect(rebuilt).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('stopped') },
    });
    const next = await World.start({ store, directory, definitions: [tally()] });
    expect(next.rows('tally', 'counts')).toHaveLength(40);
    expect(slotsOf(next)).toEqual(['record 1 active', 'tally 1 active']);
  });

  it('that meets an event it cannot apply leaves the old tables serving and nothing behind', async () => {
    const definition = tally();
    const world = await World.having(['a', 'b'], { definitions: [definition] });
    definition.apply = tally({ poison: 'b' }).apply;
    await expect(world.projections.rebuild(['tally'])).rejects.toThrow("b can't be applied");
    expect(world.rows('tally', 'counts')).toEqual([['thing-1', 2, 'b']]);
    expect(world.status('tally')).toMatchObject({ ordinal: 1, state: 'live' });
    expect(physicalTables(world, 'tally')).toBe(1);
  });

  it('refuses names it does not know, and a second one at the same time', async () => {
    const world = await World.start({ definitions: [tally()] });
    await expect(world.projections.rebuild(['tallies'])).rejects.toThrow('There is no projection tallies.');
    const first = world.projections.rebuild('all');
    await expect(world.projections.rebuild('all')).rejects.toThrow('Another rebuild is under way.');
    await first;
  });

  it('of read models of another store begins anew, the policy too, and only as a whole', async () => {
    const directory = temporaryDirectory();
    const handled: string[] = [];
    const options = {
      directory,
      definitions: [tally()],
      policy: noting(({ event }) => handled.push(event.id)),
    };
    const first = await World.having(['a', 'b'], options);
    await first.stop();
    const second = await World.start(options);
    await append(second.store, 'thing-2', 'z');
    await second.settled();
    await expect(second.projections.rebuild(['tally'])).rejects.toThrow('belong to another store');
    await second.projections.rebuild('all');
    expect(await second.settled()).toBe('reached');
    expect(second.rows('tally', 'counts')).toEqual([['thing-2', 1, 'z']]);
    expect(second.projections.record.headOrdinal).toBe(0);
    expect(handled).toEqual(['a', 'b', 'z']);
  });
});

describe('another version of a projection', () => {
  it('is built beside the old one and serves once it is complete', async () => {
    const directory = temporaryDirectory();
    const store = new MemoryEventStore();
    await append(store, 'thing-1', 'a', 'b', 'c');
    const old = await World.start({ store, directory, definitions: [tally()] });
    await old.settled();
    await old.stop();

    const world = await World.start({ store, directory, definitions: [tally({ version: 2 })], batchSize: 1 });
    expect(() => world.projections.view('tally')).toThrow(ProjectionNotReady);
    expect(world.status('tally')).toMatchObject({ version: 2, state: 'rebuilding' });
    expect(slotsOf(world)).toEqual(['record 1 active', 'tally 1 active', 'tally 2 building']);
    expect(await world.settled()).toBe('reached');
    expect(world.rows('tally', 'counts')).toEqual([['thing-1', 3, 'c']]);
    expect(world.status('tally')).toMatchObject({ state: 'live' });
    expect(slotsOf(world)).toEqual(['record 1 active', 'tally 1 retired', 'tally 2 active']);
  });

  it('leaves the way back: the old version goes on from where it stopped', async () => {
    const directory = temporaryDirectory();
    const store = new MemoryEventStore();
    const applied: string[] = [];
    const noting = (version: number) => ({
      ...tally({ version }),
      apply: (...args: Parameters<ProjectionDefinition['apply']>) => {
        applied.push(`v${version} ${args[0].event.id}`);
        tally().apply(...args);
      },
    });
    for (const [version, id] of [
      [1, 'a'],
      [2, 'b'],
      [1, 'c'],
    ] as const) {
      await append(store, 'thing-1', id);
      const world = await World.start({ store, directory, definitions: [noting(version)] });
      expect(await world.settled()).toBe('reached');
      await world.stop();
    }
    expect(applied).toEqual(['v1 a', 'v2 a', 'v2 b', 'v1 b', 'v1 c']);
  });

  it('goes on building after a restart, where a halt had stopped it', async () => {
    const directory = temporaryDirectory();
    const store = new MemoryEventStore();
    await append(store, 'thing-1', 'a', 'b');
    const first = await World.start({ store, directory, definitions: [tally({ poison: 'b' })] });
    expect(await first.settled()).toBe('lagging');
    expect(() => first.projections.view('tally')).toThrow(ProjectionNotReady);
    await first.stop();
    const applied: string[] = [];
    const noting = {
      ...tally(),
      apply: (...args: Parameters<ProjectionDefinition['apply']>) => {
        applied.push(args[0].event.id);
        tally().apply(...args);
      },
    };
    const second = await World.start({ store, directory, definitions: [noting] });
    expect(await second.settled()).toBe('reached');
    expect(applied).toEqual(['b']);
    expect(second.rows('tally', 'counts')).toEqual([['thing-1', 2, 'b']]);
  });

  it('is dropped from the way back by an erasure, whose event its tables would never see', async () => {
    const directory = temporaryDirectory();
    const store = new MemoryEventStore();
    await append(store, 'thing-1', 'a');
    for (const version of [1, 2]) {
      const world = await World.start({ store, directory, definitions: [tally({ version })] });
      await world.settled();
      if (version === 2) {
        expect(physicalTables(world, 'tally')).toBe(2);
        world.projections.forget('a');
        expect(physicalTables(world, 'tally')).toBe(1);
        expect(slotsOf(world)).toEqual(['record 1 active', 'tally 2 active']);
      }
      await world.stop();
    }
  });
});
