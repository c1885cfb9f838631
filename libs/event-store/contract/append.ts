import { describe, expect, it } from '@jest/globals';

import { Conflict, TooLarge } from '../errors.js';
import type { Appended, Expected, NewEvent, Stored } from '../port.js';
import {
  ContractFixture,
  aNewEvent,
  collect,
  idsOf,
  newEvents,
  placeOf,
  type EventStoreHarness,
} from './harness.js';

export function describeAppend(makeHarness: () => EventStoreHarness): void {
  const fixture = new ContractFixture(makeHarness());
  const { limits } = fixture.harness;

  it('creates a stream where none is expected and answers with its last revision and position', async () => {
    const stream = fixture.stream();
    const events = newEvents(3);
    const appended = await fixture.store.append(stream, events, { expected: 'no_stream' });
    const stored = await collect(fixture.store.readStream(stream));
    expect(idsOf(stored)).toEqual(idsOf(events));
    expect(placeOf(appended)).toEqual({ revision: 2n, position: stored[2]?.position });
    for (const { recordedAt } of stored) expect(appended.recordedAt ?? recordedAt).toBe(recordedAt);
  });

  it('tells what is appended in its order, before whoever appended it is answered, where nobody else writes', async () => {
    const [one, other] = [fixture.stream(), fixture.stream()];
    const told: Stored[] = [];
    if (fixture.store.onStored === undefined) return;
    fixture.store.onStored((events) => told.push(...events));
    const first = newEvents(2);
    const append = async (stream: string, events: typeof first, expected: Expected) => {
      const { position } = await fixture.store.append(stream, events, { expected });
      expect(told.map((event) => event.position)).toContain(position);
    };
    await Promise.all([append(one, first, 'no_stream'), append(other, newEvents(1), 'no_stream')]);
    await append(one, newEvents(2), 1n);
    const count = told.length;
    // A repeat stores nothing, and a conflict neither.
    await append(one, first, 'no_stream');
    await expect(fixture.store.append(one, newEvents(1), { expected: 1n })).rejects.toThrow(Conflict);
    expect(told.length).toBe(count);
    const stored = [
      ...(await collect(fixture.store.readStream(one))),
      ...(await collect(fixture.store.readStream(other))),
    ].toSorted((a, b) => (a.position < b.position ? -1 : 1));
    const ofThese = told.filter(({ stream }) => stream === one || stream === other);
    expect(ofThese.map((event) => ({ ...event, content: null, salt: null }))).toEqual(
      stored.map((event) => ({ ...event, content: null, salt: null })),
    );
  });

  it('numbers revisions from zero without a gap, over any number of appends', async () => {
    const stream = fixture.stream();
    await fixture.store.append(stream, newEvents(2), { expected: 'no_stream' });
    await fixture.store.append(stream, newEvents(1), { expected: 1n });
    await fixture.store.append(stream, newEvents(3), { expected: 2n });
    const revisions = (await collect(fixture.store.readStream(stream))).map(({ revision }) => revision);
    expect(revisions).toEqual([0n, 1n, 2n, 3n, 4n, 5n]);
  });

  it('gives events back equal, with any script, nesting and number', async () => {
    const stream = fixture.stream();
    const data = {
      scripts: 'Ελλάδα — Ţurkiye — 日本 — العربية — 👩🏽‍⚖️ \u0000 \u2028 "\\',
      nested: { list: [[], {}, [null, { deep: [true, false] }]], 'key with spaces': '' },
      numbers: [0, -1, 0.1, 1e21, Number.MAX_SAFE_INTEGER, 5e-324],
    };
    const event = aNewEvent({
      data,
      content: { text: 'Non possumus… 🕊️' },
      salt: 'c2FsdA',
      meta: { act: 'ε' },
    });
    await fixture.store.append(stream, [event], { expected: 'no_stream' });
    const [stored] = await collect(fixture.store.readStream(stream));
    expect(stored).toEqual({
      ...event,
      stream,
      revision: 0n,
      position: expect.any(String),
      recordedAt: expect.any(String),
    });
  });

  it('leaves out what JSON leaves out', async () => {
    const stream = fixture.stream();
    await fixture.store.append(stream, [aNewEvent({ data: { kept: 1, absent: undefined } })], {
      expected: 'no_stream',
    });
    const [stored] = await collect(fixture.store.readStream(stream));
    expect(Object.keys(stored?.data ?? {})).toEqual(['kept']);
  });

  it('keeps what was said at the append, whatever the caller changes later', async () => {
    const stream = fixture.stream();
    const data = { words: ['first'] };
    await fixture.store.append(stream, [aNewEvent({ data })], { expected: 'no_stream' });
    data.words.push('second');
    const [stored] = await collect(fixture.store.readStream(stream));
    expect(stored?.data).toEqual({ words: ['first'] });
  });

  it('sets the time of recording itself, in UTC of fixed width', async () => {
    const stream = fixture.stream();
    await fixture.store.append(stream, newEvents(1), { expected: 'no_stream' });
    const [stored] = await collect(fixture.store.readStream(stream));
    expect(stored?.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('takes the same event id in two streams', async () => {
    const event = aNewEvent();
    const streams = [fixture.stream(), fixture.stream()];
    for (const stream of streams) await fixture.store.append(stream, [event], { expected: 'no_stream' });
    expect((await fixture.readOwn()).map(({ id, stream }) => [id, stream])).toEqual(
      streams.map((stream) => [event.id, stream]),
    );
  });

  it('refuses an empty append', async () => {
    const none = [] as unknown as [NewEvent];
    await expect(fixture.store.append(fixture.stream(), none, { expected: 'no_stream' })).rejects.toThrow(
      RangeError,
    );
  });

  describe('that is too large', () => {
    it('stores nothing of an append with an oversize event', async () => {
      const oversize = aNewEvent({ content: { text: 'x'.repeat(limits.eventBytes) } });
      const append = fixture.store.append(fixture.stream(), [aNewEvent(), oversize], {
        expected: 'no_stream',
      });
      await expect(append).rejects.toThrow(TooLarge);
      expect(await fixture.readOwn()).toEqual([]);
    });

    it('stores nothing of an append with too many events', async () => {
      const append = fixture.store.append(fixture.stream(), newEvents(limits.appendEvents + 1), {
        expected: 'no_stream',
      });
      await expect(append).rejects.toThrow(TooLarge);
      expect(await fixture.readOwn()).toEqual([]);
    });

    it('stores an event just below the limit', async () => {
      const stream = fixture.stream();
      const event = aNewEvent({ content: { text: 'x'.repeat(limits.eventBytes - 100) } });
      await fixture.store.append(stream, [event], { expected: 'no_stream' });
      expect((await fixture.readOwn())[0]?.content).toEqual(event.content);
    });
  });

  it('stores nothing and throws the reason when it is aborted before the write', async () => {
    const reason = new Error('The caller left.');
    const append = fixture.store.append(fixture.stream(), newEvents(1), {
      expected: 'no_stream',
      signal: AbortSignal.abort(reason),
    });
    await expect(append).rejects.toBe(reason);
    expect(await fixture.readOwn()).toEqual([]);
  });

  it('lets exactly one of twenty racers win, and tells the others where the stream stands', async () => {
    const stream = fixture.stream();
    const racers = Array.from({ length: 20 }, () => newEvents(1));
    const results = await Promise.allSettled(
      racers.map((events) => fixture.store.append(stream, events, { expected: 'no_stream' })),
    );
    const winners = racers.filter((_, index) => results[index]?.status === 'fulfilled');
    const losses = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    expect(winners).toHaveLength(1);
    expect(losses).toEqual(Array.from({ length: 19 }, () => new Conflict(stream, 0n)));
    expect(idsOf(await collect(fixture.store.readStream(stream)))).toEqual(idsOf(winners.flat()));
  });

  it('loses no success and reports no false one while many write to the same streams', async () => {
    const streams = [fixture.stream(), fixture.stream()];
    const acknowledged = new Map<string, Appended>();
    const write = async (stream: string) => {
      const event = aNewEvent();
      for (let expected: 'no_stream' | bigint = 'no_stream'; !acknowledged.has(event.id);) {
        try {
          acknowledged.set(event.id, placeOf(await fixture.store.append(stream, [event], { expected })));
        } catch (error) {
          if (!(error instanceof Conflict)) throw error;
          expected = error.actual ?? 'no_stream';
        }
      }
    };
    await Promise.all(
      streams.flatMap((stream) =>
        Array.from({ length: 8 }, async () => {
          for (let turn = 0; turn < 5; turn += 1) await write(stream);
        }),
      ),
    );
    const stored = await fixture.readOwn();
    expect(stored).toHaveLength(80);
    expect(new Map(stored.map(({ id, revision, position }) => [id, { revision, position }]))).toEqual(
      acknowledged,
    );
  });
}
