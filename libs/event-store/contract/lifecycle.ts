import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

import { Unavailable } from '../errors.js';
import type { EventStore } from '../port.js';
import { parsePosition } from '../position.js';
import { aNewEvent, collect, eventsOf, newEvents, type EventStoreHarness } from './harness.js';

/** Opening, identity and closing; each rule has a store of its own. */
export function describeLifecycle(makeHarness: () => EventStoreHarness): void {
  let harness: EventStoreHarness;
  let store: EventStore;
  let resourcesBefore: string[];
  const stream = () => `lifecycle-${aNewEvent().id}`;

  beforeEach(async () => {
    resourcesBefore = process.getActiveResourcesInfo();
    harness = makeHarness();
    store = await harness.open();
  });
  afterEach(() => harness.dispose());

  it('keeps its identity and its events over a restart, and names its epoch in positions', async () => {
    const name = stream();
    const { epoch } = await store.identity();
    const { position } = await store.append(name, newEvents(2), { expected: 'no_stream' });
    expect(parsePosition(position).epoch).toBe(epoch);
    const before = await collect(store.readStream(name));
    store = await harness.reopen();
    expect(await store.identity()).toEqual({ epoch });
    expect(await collect(store.readStream(name))).toEqual(before);
    await store.append(name, newEvents(1), { expected: 1n });
  });

  if (makeHarness().shared !== true) {
    it('begins empty, with a head and events of no one', async () => {
      expect(await store.head()).toBeUndefined();
      expect(await collect(store.readAll({ limit: 10 }))).toEqual([]);
      const { position } = await store.append(stream(), newEvents(2), { expected: 'no_stream' });
      expect(await store.head()).toBe(position);
    });

    it('has another identity than any other store', async () => {
      const other = makeHarness();
      const { epoch } = await (await other.open()).identity();
      await other.dispose();
      expect(await store.identity()).not.toEqual({ epoch });
    });
  }

  it('stores what was appended before it was closed, and refuses what comes later', async () => {
    const name = stream();
    const appends = Array.from({ length: 20 }, () =>
      store.append(`${name}-${aNewEvent().id}`, newEvents(1), { expected: 'no_stream' }),
    );
    const closed = store.close();
    const late = store.append(name, newEvents(1), { expected: 'no_stream' });
    await expect(late).rejects.toThrow(Unavailable);
    const results = await Promise.all(appends);
    await closed;
    await expect(store.head()).rejects.toThrow(Unavailable);
    await expect(collect(store.readAll({ limit: 1 }))).rejects.toThrow(Unavailable);
    await expect(collect(store.readStream(name))).rejects.toThrow(Unavailable);
    await expect(store.eraseContent(name, 0n)).rejects.toThrow(Unavailable);
    store = await harness.reopen();
    const stored = await eventsOf(store.readAll({ limit: 1_000, filter: { streamPrefixes: [name] } }));
    expect(stored.map(({ position }) => position).sort()).toEqual(
      results.map(({ position }) => position).sort(),
    );
  });

  it('can be closed twice', async () => {
    await expect(Promise.all([store.close(), store.close()])).resolves.toBeDefined();
    await expect(store.close()).resolves.toBeUndefined();
  });

  it('leaves no handle behind when it is closed', async () => {
    const subscription = store.subscribe({ signal: new AbortController().signal })[Symbol.asyncIterator]();
    await store.append(stream(), newEvents(1), { expected: 'no_stream' });
    await subscription.next();
    await store.close();
    const left = () => {
      const known = [...resourcesBefore];
      return process.getActiveResourcesInfo().filter((kind) => {
        const index = known.indexOf(kind);
        if (index >= 0) known.splice(index, 1);
        return index < 0 && kind !== 'Immediate';
      });
    };
    // The runtime takes a turn or two to forget what was closed, and the two ends of a connection a moment to part;
    // what stays for good fails here.
    const enoughMs = performance.now() + 60_000;
    while (left().length > 0 && performance.now() < enoughMs) await turnOfTheLoop();
    expect(left()).toEqual([]);
  });
}
