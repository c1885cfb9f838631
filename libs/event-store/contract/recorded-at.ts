import { expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { EventStore, Msg, Recorded } from '../port.js';
import type { RecordedAtClock } from '../recorded-at.js';
import { aNewEvent, collect, eventsOf, hasEvents, takeUntil, type EventStoreHarness } from './harness.js';

const runs = 25;
const day = 86_400_000;
const start = Date.parse('2025-04-10T09:00:00.000Z');

type Happening = { readonly turnedBy: number } | { readonly appends: number } | 'restart';

/** What happens to the one clock and to the store: it goes on or is set back, the store restarts, acts are recorded. */
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ turnedBy: fc.integer({ min: -day, max: day }) }) },
  { weight: 2, arbitrary: fc.record({ turnedBy: fc.integer({ min: -2, max: 2 }) }) },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
  { weight: 6, arbitrary: fc.record({ appends: fc.integer({ min: 1, max: 4 }) }) },
);

/** Lets all of it happen, appends at once where there are several, and says when each was to be recorded. */
async function recordThrough(
  harness: EventStoreHarness,
  all: readonly Happening[],
): Promise<{ store: EventStore; expected: readonly string[] }> {
  let now = start;
  let store = await openAt(harness, () => new Date(now).toISOString());
  const expected: string[] = [];
  for (const one of all) {
    if (one === 'restart') {
      store = await harness.reopen();
    } else if ('turnedBy' in one) {
      now += one.turnedBy;
    } else {
      const reading = new Date(now).toISOString();
      const last = expected.at(-1) ?? reading;
      const streams = Array.from({ length: one.appends }, () => `at-${aNewEvent().id}`);
      const opened = store;
      await Promise.all(
        streams.map((stream) => opened.append(stream, [aNewEvent()], { expected: 'no_stream' })),
      );
      expected.push(...streams.map(() => (last > reading ? last : reading)));
    }
  }
  return { store, expected };
}

function openAt(harness: EventStoreHarness, clock: RecordedAtClock): Promise<EventStore> {
  if (harness.openAt === undefined) throw new Error('The store takes no clock.');
  return harness.openAt(clock);
}

/** What every way of reading says of the events in their order; the ways must agree. */
async function timesIn(store: EventStore, count: number): Promise<string[]> {
  const inOrder = await eventsOf(store.readAll({ limit: 10_000 }));
  const controller = new AbortController();
  const followed: AsyncIterable<Msg> = store.subscribe({ signal: controller.signal });
  const taken = await takeUntil(followed[Symbol.asyncIterator](), hasEvents(count));
  controller.abort();
  const heard = taken.flatMap((message) => (message.kind === 'event' ? [message.event] : []));
  const read: Recorded[] = [];
  for (const { stream } of inOrder) read.push(...(await collect(store.readStream(stream))));
  const shown = (events: readonly Recorded[]) => events.map(({ id, recordedAt }) => [id, recordedAt]);
  expect(shown(heard)).toEqual(shown(inOrder));
  expect(shown(read)).toEqual(shown(inOrder));
  return inOrder.map(({ recordedAt }) => recordedAt);
}

/** Rules for stores that stamp where they decide order; the others leave it to readers. */
export function describeRecordedAt(makeHarness: () => EventStoreHarness): void {
  if (makeHarness().openAt === undefined) return;

  it('never falls along the order, whatever the clock does, and is what the clock says where that does not fall', async () => {
    const property = fc.asyncProperty(fc.array(happening, { minLength: 2, maxLength: 14 }), async (all) => {
      const harness = makeHarness();
      try {
        const { store, expected } = await recordThrough(harness, all);
        const times = await timesIn(store, expected.length);
        expect(times).toEqual(expected);
        expect(times).toEqual(times.toSorted());
      } finally {
        await harness.dispose();
      }
    });
    await fc.assert(property, { numRuns: runs });
  });

  it('is that of the first time for an append that is repeated', async () => {
    const harness = makeHarness();
    let now = '2025-04-10T09:00:00.000Z';
    const store = await openAt(harness, () => now);
    const event = aNewEvent();
    await store.append('repeated', [event], { expected: 'no_stream' });
    now = '2025-04-11T09:00:00.000Z';
    await store.append('repeated', [event], { expected: 'no_stream' });
    const [stored] = await collect(store.readStream('repeated'));
    expect(stored?.recordedAt).toBe('2025-04-10T09:00:00.000Z');
    await harness.dispose();
  });

  it('stores nothing by a clock whose times would not sort, and goes on by a good one', async () => {
    const harness = makeHarness();
    const wrong = ['2025-04-10T09:00:00Z', '2025-04-10', '', '10.4.2025', '2025-04-10T09:00:00.000+02:00'];
    const readings = [...wrong, '2025-04-10T09:00:00.000Z'].values();
    const store = await openAt(harness, () => readings.next().value ?? '');
    for (const _ of wrong) {
      const append = store.append('timed', [aNewEvent()], { expected: 'no_stream' });
      await expect(append).rejects.toThrow(TypeError);
    }
    expect(await store.head()).toBeUndefined();
    await store.append('timed', [aNewEvent()], { expected: 'no_stream' });
    await harness.dispose();
  });
}
