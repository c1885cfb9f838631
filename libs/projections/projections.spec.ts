import { describe, expect, it } from '@jest/globals';

import { MemoryEventStore } from '#libs/event-store';

import type { ProjectionDefinition } from './definitions.js';
import { World, append, applying, newEvent, tally, temporaryDirectory } from './testing.js';

describe('a projection', () => {
  it('serves at once over an empty store', async () => {
    const world = await World.start({ definitions: [tally()] });
    expect(world.projections.view('tally').ordinal).toBe(-1);
    expect(world.status('tally')).toMatchObject({ ordinal: -1, lag: 0, state: 'live' });
  });

  it('shows what was written once its position is reached', async () => {
    const world = await World.start({ definitions: [tally()] });
    await append(world.store, 'thing-1', 'a', 'b');
    const last = await append(world.store, 'thing-2', 'c');
    expect(await world.waitFor(last)).toBe('reached');
    expect(world.rows('tally', 'counts')).toEqual([
      ['thing-1', 2, 'b'],
      ['thing-2', 1, 'c'],
    ]);
    expect(world.projections.view('tally').ordinal).toBe(2);
  });

  it('goes on after a restart without repeat or gap', async () => {
    const directory = temporaryDirectory();
    const store = new MemoryEventStore();
    const applied: number[] = [];
    const noting = applying(({ ordinal }) => void applied.push(ordinal));
    for (const round of [1, 2, 3]) {
      const world = await World.start({ store, directory, definitions: [noting, tally()] });
      await append(store, 'thing-1', `${round}a`, `${round}b`);
      expect(await world.settled()).toBe('reached');
      expect(world.rows('tally', 'counts')).toEqual([['thing-1', 2 * round, `${round}b`]]);
      await world.stop();
    }
    expect(applied).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('leaves neither rows nor checkpoint of a batch that fails', async () => {
    const world = await World.start({ definitions: [tally({ poison: 'b' })] });
    await append(world.store, 'thing-1', 'a', 'b', 'c');
    expect(await world.settled()).toBe('lagging');
    // The poison has written its row before it threw; were it kept, the count would be 2 or more.
    expect(world.rows('tally', 'counts')).toEqual([['thing-1', 1, 'a']]);
    expect(world.projections.view('tally').ordinal).toBe(0);
  });

  it('applies a batch again that failed in passing, and halts nothing', async () => {
    let failures = 2;
    const flaky: ProjectionDefinition = {
      ...tally(),
      apply: (...args) => {
        tally().apply(...args);
        if (failures-- > 0) throw new Error('in passing');
      },
    };
    const world = await World.start({ definitions: [flaky] });
    await append(world.store, 'thing-1', 'a', 'b');
    expect(await world.settled()).toBe('reached');
    expect(world.rows('tally', 'counts')).toEqual([['thing-1', 2, 'b']]);
    expect(world.incidents).toEqual([]);
  });

  it('halts before the event it cannot apply while the others go on, and goes on once it is mended', async () => {
    const directory = temporaryDirectory();
    const store = new MemoryEventStore();
    const definitions = [tally({ poison: 'c' }), tally({ name: 'other' })];
    const world = await World.start({ store, directory, definitions });
    await append(store, 'thing-1', 'a', 'b', 'c', 'd');
    expect(await world.settled()).toBe('lagging');
    expect(world.status('tally')).toMatchObject({
      ordinal: 1,
      lag: 2,
      state: 'halted',
      error: { ordinal: 2, message: "c can't be applied" },
    });
    expect(world.incidents).toMatchObject([{ projection: 'tally', ordinal: 2 }]);
    expect(world.status('other')).toMatchObject({ ordinal: 3, state: 'live' });
    expect(world.rows('other', 'counts')).toEqual([['thing-1', 4, 'd']]);
    await world.stop();

    const mended = await World.start({ store, directory, definitions: [tally(), tally({ name: 'other' })] });
    expect(await mended.settled()).toBe('reached');
    expect(mended.rows('tally', 'counts')).toEqual([['thing-1', 4, 'd']]);
  });

  it('halts where apply is asynchronous, for its writes would be outside the transaction', async () => {
    const late = { ...tally(), apply: async () => {} };
    const world = await World.start({ definitions: [late] });
    await append(world.store, 'thing-1', 'a');
    expect(await world.settled()).toBe('lagging');
    expect(world.status('tally')).toMatchObject({ ordinal: -1, state: 'halted' });
  });

  it('sees nothing of the record after the event it applies, so that a rebuild sees the same', async () => {
    const store = new MemoryEventStore();
    await append(store, 'thing-1', 'a', 'b', 'c');
    const seen: unknown[] = [];
    const looking = applying(
      (_, __, record) =>
        void seen.push([record.headOrdinal, record.ofStream('thing-1').length, record.byId('c')?.ordinal]),
    );
    const world = await World.start({ store, definitions: [looking] });
    await world.settled();
    expect(seen).toEqual([
      [0, 1, undefined],
      [1, 2, undefined],
      [2, 3, 2],
    ]);
  });

  it('catches up with 20,000 events in bounded batches, with a turn of the event loop after each', async () => {
    const store = new MemoryEventStore();
    for (let stream = 0; stream < 50; stream += 1) {
      const [first, ...others] = Array.from({ length: 400 }, (_, n) => newEvent(`${stream}-${n}`));
      if (first) await store.append(`thing-${stream}`, [first, ...others], { expected: 'no_stream' });
    }
    const batches = new Map<number, number>();
    let commits = 0;
    const counting = applying(() => void batches.set(commits, (batches.get(commits) ?? 0) + 1));
    const world = await World.start({ store, definitions: [counting], batchSize: 300 });
    const recordSizes: number[] = [];
    let headBefore = world.projections.record.headOrdinal;
    let commitsOfTurn = 0;
    let mostOfTurn = 0;
    onCommit(world, () => {
      commits += 1;
      commitsOfTurn += 1;
      mostOfTurn = Math.max(mostOfTurn, commitsOfTurn);
      recordSizes.push(world.projections.record.headOrdinal - headBefore);
      headBefore = world.projections.record.headOrdinal;
    });
    let isWatching = true;
    const watch = () => {
      commitsOfTurn = 0;
      if (isWatching) setImmediate(watch);
    };
    watch();
    expect(await world.settled()).toBe('reached');
    isWatching = false;
    expect(world.status('applying')).toMatchObject({ ordinal: 19_999, lag: 0, state: 'live' });
    expect(Math.max(...batches.values())).toBeLessThanOrEqual(300);
    expect(Math.max(...recordSizes)).toBeLessThanOrEqual(300);
    // One of the record and one of the projection; a third may fall into the same turn as the watch sees it.
    expect(mostOfTurn).toBeLessThanOrEqual(3);
  });

  it('commits what it has when a batch has taken its time, and reads the rest again', async () => {
    const directory = temporaryDirectory();
    const store = new MemoryEventStore();
    await append(store, 'thing-1', 'a', 'b', 'c');
    const first = await World.start({ store, directory });
    await first.settled();
    await first.stop();
    const commitsBefore = new Map<string, number>();
    let commits = 0;
    const noting = applying(({ event }) => void commitsBefore.set(event.id, commits));
    const world = await World.start({ store, directory, definitions: [noting], batchDelayMs: 0 });
    onCommit(world, () => (commits += 1));
    await world.settled();
    expect([...commitsBefore.keys()]).toEqual(['a', 'b', 'c']);
    expect(commitsBefore.get('c')).toBeGreaterThan(commitsBefore.get('b') ?? Infinity);
  });
});

/** What a batch comes to is seen where it is committed. */
function onCommit(world: World, call: () => void): void {
  const { db } = world.readModels;
  const exec = db.exec.bind(db);
  db.exec = (sql) => {
    exec(sql);
    if (sql === 'COMMIT') call();
  };
}

describe('waiting', () => {
  it('ends as lagging in time where a position is not reached', async () => {
    const world = await World.start();
    const { position } = await append(world.store, 'thing-1', 'a');
    await world.settled();
    const beyond = position.replace(/\d{4}\.(\d{16})\d{4}$/, '9999.$19999') as typeof position;
    expect(await world.projections.waitFor(beyond, { timeoutMs: 20 })).toBe('lagging');
  });

  it('does not wait for a halted projection, but for all others', async () => {
    const world = await World.having(['a'], {
      definitions: [tally({ poison: 'a' }), tally({ name: 'other' })],
    });
    const last = await append(world.store, 'thing-1', 'b');
    // The time allowed is longer than the test may take: only an early answer passes.
    expect(await world.projections.waitFor(last.position, { timeoutMs: 3_600_000 })).toBe('lagging');
    expect(world.rows('other', 'counts')).toEqual([['thing-1', 2, 'b']]);
  });

  it('ends with the reason of an abort', async () => {
    const world = await World.start({ definitions: [tally()] });
    const { position } = await append(world.store, 'thing-1', 'a');
    const controller = new AbortController();
    const beyond = position.replace(/1$/, '2') as typeof position;
    const waiting = world.projections.waitFor(beyond, { timeoutMs: 3_600_000, signal: controller.signal });
    controller.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
  });

  it('ends as lagging at a stop', async () => {
    const world = await World.start();
    const { position } = await append(world.store, 'thing-1', 'a');
    const beyond = position.replace(/1$/, '2') as typeof position;
    const waiting = world.projections.waitFor(beyond, { timeoutMs: 3_600_000 });
    await world.stop();
    expect(await waiting).toBe('lagging');
  });
});
