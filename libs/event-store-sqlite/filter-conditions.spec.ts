import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Filter, Recorded } from '#libs/event-store';
import { aNewEvent, collect, newEvents } from '#libs/event-store/testing';
import type { SqliteEventStore } from './index.js';
import { SqliteHarness } from './testing.js';

const few = [
  'key-1',
  'key-2',
  'key',
  'key.1',
  'key-',
  'kez-1',
  'KEY-1',
  'ключ-1',
  'key-\u{10ffff}',
  'a_1',
  'ab1',
];

/** Of more events than a page searches. */
describe('A few streams among very many events', () => {
  const harness = new SqliteHarness();
  let store: SqliteEventStore;
  let all: readonly Recorded[];

  const eventsOf = async (filter: Filter | undefined, after: Recorded | undefined, limit: number) => {
    const from = after === undefined ? {} : { after: after.position };
    const messages = await collect(
      store.readAll({ ...from, ...(filter === undefined ? {} : { filter }), limit }),
    );
    return messages.flatMap((one) => (one.kind === 'event' ? [one.event] : []));
  };

  beforeAll(async () => {
    store = await harness.open();
    for (const [at, stream] of few.entries()) {
      await store.append(stream, [aNewEvent(), aNewEvent()], { expected: 'no_stream' });
      await Promise.all(
        ['a', 'b'].map((half) =>
          store.append(`notes-${at}-${half}`, newEvents(480), { expected: 'no_stream' }),
        ),
      );
    }
    for (const stream of few.toReversed()) await store.append(stream, [aNewEvent()], { expected: 1n });
    all = await eventsOf(undefined, undefined, 100_000);
  });
  afterAll(() => harness.dispose());

  it('are found as looking at every event finds them, from wherever and however few at once', async () => {
    expect(all.length).toBeGreaterThan(10_000);
    const prefix = fc.constantFrom(
      'key-',
      'key',
      'ke',
      'k',
      'K',
      'ключ',
      'a_',
      'a',
      'notes-',
      'nothing-',
      'key-\u{10ffff}',
    );
    const filter = fc.record({
      streamPrefixes: fc.array(prefix, { maxLength: 3 }),
      ...{ types: fc.option(fc.constant([aNewEvent().type]), { nil: undefined }) },
    });
    await fc.assert(
      fc.asyncProperty(
        filter,
        fc.nat(30),
        fc.constantFrom(1, 3, 500),
        async ({ streamPrefixes, types }, at, limit) => {
          const from = at === 0 ? undefined : all[at * 3];
          const found = await eventsOf(
            { streamPrefixes, ...(types === undefined ? {} : { types }) },
            from,
            limit,
          );
          const isSought = ({ stream }: Recorded) => streamPrefixes.some((one) => stream.startsWith(one));
          const expected = all.slice(at === 0 ? 0 : at * 3 + 1).filter(isSought);
          expect(found).toEqual(expected.slice(0, limit));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are found on one page, and the end of the store with them', async () => {
    const messages = await collect(store.readAll({ filter: { streamPrefixes: ['key-'] }, limit: 500 }));
    expect(messages.filter(({ kind }) => kind === 'checkpoint').length).toBeLessThanOrEqual(1);
    expect(messages.filter(({ kind }) => kind === 'event').length).toBe(12);
  });

  it('are found by more prefixes, too, than one query can join', async () => {
    const streamPrefixes = Array.from({ length: 600 }, (_, at) => `none-${at}-`).with(300, 'key-');
    expect(await eventsOf({ streamPrefixes }, undefined, 500)).toHaveLength(12);
  });
});
