import { describe, expect, it } from '@jest/globals';

import { Unavailable } from '#libs/event-store';
import { AppenderStampedEventStore } from '#libs/event-store/testing';

import { World, append, temporaryDirectory, noting } from './testing.js';

const ids = (events: readonly { readonly event: { readonly id: string } }[]) =>
  events.map(({ event }) => event.id);

describe('the record', () => {
  it('numbers its events densely in store order and leaves technical streams out', async () => {
    const world = await World.start();
    await append(world.store, 'thing-1', 'a', 'b');
    await append(world.store, 'blob-1', 'chunk');
    await append(world.store, 'thing-2', 'c');
    await append(world.store, 'thing-1', 'd');
    expect(await world.settled()).toBe('reached');
    const { record } = world.projections;
    expect(
      record.after(-1, 10).map(({ ordinal, event }) => [ordinal, event.id, event.stream, event.revision]),
    ).toEqual([
      [0, 'a', 'thing-1', 0n],
      [1, 'b', 'thing-1', 1n],
      [2, 'c', 'thing-2', 0n],
      [3, 'd', 'thing-1', 2n],
    ]);
    expect(record.headOrdinal).toBe(3);
  });

  it('numbers the events of each log by themselves, a stream being of the log that its first event names', async () => {
    const world = await World.start({ logOf: ({ stream }) => stream.slice(0, 'thing-1'.length) });
    await append(world.store, 'thing-1', 'a', 'b');
    await append(world.store, 'thing-2', 'c');
    await append(world.store, 'thing-1x', 'd');
    await append(world.store, 'thing-2', 'e');
    await world.settled();
    const { record } = world.projections;
    expect(record.after(-1, 10).map(({ log, seq, event }) => [event.id, log, seq])).toEqual([
      ['a', 'thing-1', 0],
      ['b', 'thing-1', 1],
      ['c', 'thing-2', 0],
      ['d', 'thing-1', 2],
      ['e', 'thing-2', 1],
    ]);
    expect([record.logOf('thing-1x'), record.logOf('thing-9')]).toEqual(['thing-1', undefined]);
    expect([-1, 0, 1, 2, 3, 4, 9].map((ordinal) => record.seqAt('thing-2', ordinal))).toEqual([
      ...[-1, -1, -1, 0, 0, 1, 1],
    ]);
    expect([0, 1, 2].map((seq) => record.ordinalIn('thing-2', seq))).toEqual([2, 4, undefined]);
    expect(record.seqAt('thing-9', 4)).toBe(-1);
    expect([0, 1, 2].map((first) => record.ordinalsIn('thing-1', first, 2))).toEqual([[0, 1], [1, 3], [3]]);
    expect(record.ordinalsIn('thing-9', 0, 2)).toEqual([]);
    expect(record.logs()).toEqual(['thing-1', 'thing-2']);
  });

  it('gives every event back as the store recorded it', async () => {
    const world = await World.having(['a', 'b']);
    const stored = [];
    for await (const event of world.store.readStream('thing-1')) stored.push(event);
    expect(world.projections.record.after(-1, 10).map(({ event }) => event)).toEqual(stored);
  });

  it('is read by ordinal, by id, by stream up to a bound, and in pages', async () => {
    const world = await World.start();
    await append(world.store, 'thing-1', 'a', 'b');
    await append(world.store, 'thing-2', 'c');
    await append(world.store, 'thing-1', 'd');
    await world.settled();
    const { record } = world.projections;
    expect(record.byOrdinal(2)?.event.id).toBe('c');
    expect(record.byOrdinal(4)).toBeUndefined();
    expect(record.byId('d')?.ordinal).toBe(3);
    expect(record.byId('e')).toBeUndefined();
    expect(ids(record.ofStream('thing-1'))).toEqual(['a', 'b', 'd']);
    expect(ids(record.ofStream('thing-1', { uptoOrdinal: 2 }))).toEqual(['a', 'b']);
    expect(ids(record.ofStream('thing-1', { uptoRevision: 0n }))).toEqual(['a']);
    expect(ids(record.after(0, 2))).toEqual(['b', 'c']);
    expect(record.ordinalOf('thing-1', 2n)).toBe(3);
    expect(record.ordinalOf('thing-1', 3n)).toBeUndefined();
  });

  it('takes one id in two streams, since the store does', async () => {
    const world = await World.start();
    await append(world.store, 'thing-1', 'a');
    await append(world.store, 'thing-2', 'a');
    expect(await world.settled()).toBe('reached');
    expect(world.projections.record.byId('a')?.ordinal).toBe(0);
  });

  it('covers a position in a technical stream, so that its writer need not wait for another event', async () => {
    const world = await World.start();
    await append(world.store, 'thing-1', 'a');
    const technical = await append(world.store, 'keyprefix-X', 'k');
    expect(await world.waitFor(technical)).toBe('reached');
  });

  it('resolves an instant by the running maximum where a clock went back', async () => {
    const times = ['12:00', '10:00', '11:00', '13:00'].map((time) => `2025-04-10T${time}:00.000Z`);
    const clock = times.values();
    const store = new AppenderStampedEventStore({ clock: () => clock.next().value ?? '' });
    const world = await World.start({ store });
    for (const id of ['a', 'b', 'c', 'd']) await append(store, `thing-${id}`, id);
    await world.settled();
    const { record } = world.projections;
    expect(record.recordedAt(2)).toBe(times[2]);
    // The second event says 10:00, but nobody could have seen it before the first, of 12:00.
    expect(record.ordinalAt('2025-04-10T11:30:00.000Z')).toBe(-1);
    expect(record.ordinalAt('2025-04-10T12:00:00.000Z')).toBe(2);
    expect(record.ordinalAt('2025-04-10T12:59:59.999Z')).toBe(2);
    expect(record.ordinalAt('2025-04-10T13:00:00.000Z')).toBe(3);
    expect(() => record.ordinalAt('2025-04-10')).toThrow(RangeError);
  });

  it('keeps the running maximum over a restart', async () => {
    const directory = temporaryDirectory();
    let now = '2025-04-10T12:00:00.000Z';
    const store = new AppenderStampedEventStore({ clock: () => now });
    const first = await World.start({ store, directory });
    await append(store, 'thing-1', 'a');
    await first.settled();
    await first.stop();
    now = '2025-04-10T11:00:00.000Z';
    await append(store, 'thing-2', 'b', 'c');
    const second = await World.start({ store, directory });
    await second.settled();
    expect(second.projections.record.ordinalAt('2025-04-10T11:30:00.000Z')).toBe(-1);
    expect(second.projections.record.ordinalAt('2025-04-10T12:00:00.000Z')).toBe(2);
  });

  it('forgets an erased content and its salt, and nothing else of the event', async () => {
    const world = await World.having(['a', 'b']);
    const before = world.projections.record.byId('a')?.event;
    world.projections.forget('a');
    expect(world.projections.record.byId('a')?.event).toEqual({ ...before, content: null, salt: null });
    expect(world.projections.record.byId('b')?.event.content).toEqual({ text: 'said b' });
  });

  it('forgets an erased content before it has come, too', async () => {
    const world = await World.start();
    world.projections.forget('a');
    await append(world.store, 'thing-1', 'a');
    await world.settled();
    expect(world.projections.record.byId('a')?.event.content).toBeNull();
  });

  it('halts at a position of another store, and says that a rebuild is needed', async () => {
    const directory = temporaryDirectory();
    const first = await World.having(['a'], { directory });
    await first.stop();
    const handled: string[] = [];
    const policy = noting(() => handled.push('called'));
    const second = await World.start({ directory, policy });
    await append(second.store, 'thing-9', 'z');
    expect(await second.settled()).toBe('lagging');
    expect(second.status('record')).toMatchObject({
      state: 'halted',
      error: { message: 'The read models belong to another store: rebuild all of them.' },
    });
    expect(second.incidents).toMatchObject([{ projection: 'record' }]);
    // Neither what it holds of the other store nor the absence of what it lacks of this one is told.
    for (const id of ['a', 'z']) expect(() => second.projections.record.byId(id)).toThrow(/of another store/);
    expect(() => second.projections.view('tally')).toThrow(Unavailable);
    expect(handled).toEqual([]);
  });

  it('halts where another writer has moved its checkpoint', async () => {
    const world = await World.having(['a']);
    world.readModels.db.exec(`UPDATE slot SET ordinal = 7 WHERE name = 'record'`);
    await append(world.store, 'thing-1', 'b');
    expect(await world.settled()).toBe('lagging');
    expect(world.status('record')).toMatchObject({ ordinal: 0, state: 'halted', error: { ordinal: 1 } });
    expect(world.projections.record.byId('b')).toBeUndefined();
  });
});
