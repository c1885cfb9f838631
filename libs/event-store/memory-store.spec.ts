import { describe, expect, it } from '@jest/globals';

import { MemoryEventStore, defaultLimits } from './index.js';
import {
  FaultyMemoryEventStore,
  aNewEvent,
  collect,
  describeEventStoreContract,
  type EventStoreHarness,
} from './testing.js';

function memoryHarness(): EventStoreHarness {
  let store = new FaultyMemoryEventStore();
  return {
    limits: defaultLimits,
    refusesPositionsAhead: true,
    open: async () => store,
    openAt: async (clock) => (store = new FaultyMemoryEventStore({ clock })),
    reopen: async () => (store = await store.reopen()),
    dispose: () => store.close(),
    loseReplyOnce: async () => store.loseReplyOnce(),
  };
}

describeEventStoreContract('The memory store', memoryHarness);

describe('The memory store', () => {
  it('records by the clock and under the epoch that it is given', async () => {
    const store = new MemoryEventStore({ clock: () => '2025-04-10T09:00:00.000Z', epoch: 'first-life' });
    const { position } = await store.append('notes-1', [aNewEvent()], { expected: 'no_stream' });
    expect(position).toBe('first-life.00000000000000000001.00000000000000000001');
    const [event] = await collect(store.readStream('notes-1'));
    expect(event?.recordedAt).toBe('2025-04-10T09:00:00.000Z');
  });

  it('refuses to store by a clock whose times would not sort', async () => {
    const store = new MemoryEventStore({ clock: () => '2025-04-10T09:00:00Z' });
    await expect(store.append('notes-1', [aNewEvent()], { expected: 'no_stream' })).rejects.toThrow(
      TypeError,
    );
    expect(await store.head()).toBeUndefined();
  });

  it('lets no reader change the record', async () => {
    const store = new MemoryEventStore();
    await store.append('notes-1', [aNewEvent({ data: { words: ['first'] } })], { expected: 'no_stream' });
    const [event] = await collect(store.readStream('notes-1'));
    const words = event?.data['words'];
    if (!Array.isArray(words)) throw new Error('The words are missing.');
    expect(() => words.push('second')).toThrow(TypeError);
    expect(() => Object.assign(event ?? {}, { type: 'Changed' })).toThrow(TypeError);
  });
});
