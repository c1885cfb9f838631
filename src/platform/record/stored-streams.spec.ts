import { describe, expect, it } from '@jest/globals';
import { Damaged, Doubted, MemoryEventStore, StreamNotFound } from '#libs/event-store';
import type { EventStore, NewEvent, Recorded } from '#libs/event-store';
import { slices } from '../../slices.js';
import { EventRegistry } from './event-registry.js';
import { StoredStreams } from './stored-streams.js';

const names = ['irritant-1', 'irritant-2', 'irritant-3'] as const;
const raised = (id: string): [NewEvent] => [
  { id, type: 'IrritantRaised', data: {}, content: null, salt: null, meta: {} },
];

/** Three entries in the order of the store, of which the second, read before, is not shown any more. */
async function reading(newest: number): Promise<unknown> {
  const store: EventStore = Object.assign(new MemoryEventStore(), { headKept: undefined });
  const stored: Recorded[] = [];
  for (const stream of names) {
    await store.append(stream, raised(`of-${stream}`), { expected: 'no_stream' });
    for await (const event of store.readStream(stream)) stored.push(event);
  }
  const known = {
    holds: () => true,
    dialogueOf: () => undefined,
    endOf: () => -1,
    newest: () => stored[newest],
  };
  const streams = new StoredStreams(store, new EventRegistry(slices), known);
  await streams.events(names[1]);
  const readStream = store.readStream.bind(store);
  store.readStream = (stream, options) => {
    if (stream === names[1]) throw new StreamNotFound(stream);
    return readStream(stream, options);
  };
  return streams.events(names[1]).catch((error: unknown) => error);
}

describe('An entry that was read before and is not shown any more', () => {
  it('was taken away by hand, where the store shows what was recorded after it', async () => {
    expect(await reading(2)).toBeInstanceOf(Damaged);
  });

  it('may be unknown to a node that slept, where all that is known to be shown was recorded before it', async () => {
    expect(await reading(0)).toBeInstanceOf(Doubted);
    expect(await reading(1)).toBeInstanceOf(Doubted);
  });
});

describe('An entry that many look at at once', () => {
  it('is read together, and by each as the store has it from then on', async () => {
    const store = new MemoryEventStore();
    const [stream] = names;
    await store.append(stream, raised('of-one'), { expected: 'no_stream' });
    const [readStream, answering] = [store.readStream.bind(store), Promise.withResolvers<void>()];
    let reads = 0;
    store.readStream = async function* (...asked) {
      reads += 1;
      const found: Recorded[] = [];
      for await (const event of readStream(...asked)) found.push(event);
      // The first answer is on its way while something is recorded, and while others come.
      await answering.promise;
      yield* found;
    };
    const streams = new StoredStreams(store, new EventRegistry(slices));
    const first = streams.stream(stream);
    await new Promise(setImmediate);
    await store.append(stream, raised('of-another'), { expected: 0n });
    const later = [streams.stream(stream), streams.stream(stream), streams.stream(stream)];
    answering.resolve();
    expect((await first).events).toHaveLength(1);
    for (const { events } of await Promise.all(later)) expect(events).toHaveLength(2);
    expect(reads).toBe(2);
  });
});
