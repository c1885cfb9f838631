import { expect, it } from '@jest/globals';

import { Conflict, OutcomeUnknown } from '../errors.js';
import {
  ContractFixture,
  aNewEvent,
  collect,
  idsOf,
  newEvents,
  placeOf,
  type EventStoreHarness,
} from './harness.js';

/** The rules of conflict and of the safe retry. */
export function describeExpectedRevision(makeHarness: () => EventStoreHarness): void {
  const fixture = new ContractFixture(makeHarness());
  const { harness } = fixture;

  const cases = [
    { rule: 'no stream, where there is one', expected: 'no_stream' },
    { rule: 'a revision that is no longer the last', expected: 0n },
    { rule: 'a revision that is not there yet', expected: 2n },
  ] as const;
  it.each(cases)(
    'refuses to expect $rule, names the actual revision and stores nothing',
    async ({ expected }) => {
      const stream = fixture.stream();
      const before = newEvents(2);
      await fixture.store.append(stream, before, { expected: 'no_stream' });
      const append = fixture.store.append(stream, newEvents(2), { expected });
      await expect(append).rejects.toEqual(new Conflict(stream, 1n));
      expect(idsOf(await collect(fixture.store.readStream(stream)))).toEqual(idsOf(before));
    },
  );

  it('refuses to expect a revision of an absent stream, says that it is absent and stores nothing', async () => {
    const stream = fixture.stream();
    const append = fixture.store.append(stream, newEvents(2), { expected: 0n });
    await expect(append).rejects.toEqual(new Conflict(stream, undefined));
    expect(await fixture.readOwn()).toEqual([]);
  });

  it('gives each of many appends at once its own result: a conflict spoils no other', async () => {
    const taken = fixture.stream();
    await fixture.store.append(taken, newEvents(1), { expected: 'no_stream' });
    const free = Array.from({ length: 10 }, () => fixture.stream());
    const results = await Promise.allSettled(
      free.flatMap((stream) => [
        fixture.store.append(stream, newEvents(2), { expected: 'no_stream' }),
        fixture.store.append(taken, newEvents(1), { expected: 'no_stream' }),
      ]),
    );
    expect(results.map(({ status }) => status)).toEqual(free.flatMap(() => ['fulfilled', 'rejected']));
    expect(await fixture.readOwn()).toHaveLength(1 + 20);
  });

  it.each(['no_stream', 1n] as const)(
    'answers a retry at %s with the original result, also after later appends, and stores nothing twice',
    async (expected) => {
      const stream = fixture.stream();
      if (expected !== 'no_stream')
        await fixture.store.append(stream, newEvents(2), { expected: 'no_stream' });
      const events = newEvents(3);
      const first = await fixture.store.append(stream, events, { expected });
      const length = Number(first.revision) + 1;
      expect(placeOf(await fixture.store.append(stream, events, { expected }))).toEqual(placeOf(first));
      await fixture.store.append(stream, newEvents(2), { expected: first.revision });
      expect(placeOf(await fixture.store.append(stream, events, { expected }))).toEqual(placeOf(first));
      expect(await collect(fixture.store.readStream(stream))).toHaveLength(length + 2);
    },
  );

  it('answers a retry that runs beside the original with the same result', async () => {
    const stream = fixture.stream();
    const events = newEvents(2);
    const [first, second] = await Promise.all([
      fixture.store.append(stream, events, { expected: 'no_stream' }),
      fixture.store.append(stream, events, { expected: 'no_stream' }),
    ]);
    expect(placeOf(second)).toEqual(placeOf(first));
    expect(await collect(fixture.store.readStream(stream))).toHaveLength(2);
  });

  it('answers a retry after a restart with the original result', async () => {
    const stream = fixture.stream();
    const events = newEvents(2);
    const first = await fixture.store.append(stream, events, { expected: 'no_stream' });
    await fixture.reopen();
    expect(placeOf(await fixture.store.append(stream, events, { expected: 'no_stream' }))).toEqual(
      placeOf(first),
    );
  });

  it('refuses a retry that overlaps only in part', async () => {
    const stream = fixture.stream();
    const [a, b, c] = [aNewEvent(), aNewEvent(), aNewEvent()];
    await fixture.store.append(stream, [a, b], { expected: 'no_stream' });
    for (const events of [
      [a, c],
      [c, b],
      [b, a],
      [a, b, c],
    ] as const) {
      const retry = fixture.store.append(stream, events, { expected: 'no_stream' });
      await expect(retry).rejects.toEqual(new Conflict(stream, 1n));
    }
    expect(idsOf(await collect(fixture.store.readStream(stream)))).toEqual([a.id, b.id]);
  });

  const { loseReplyOnce } = harness;
  if (loseReplyOnce !== undefined) {
    it('says that the outcome is unknown when the reply is lost, and takes the retry safely', async () => {
      const stream = fixture.stream();
      const events = newEvents(2);
      await loseReplyOnce.call(harness);
      const append = fixture.store.append(stream, events, { expected: 'no_stream' });
      await expect(append).rejects.toThrow(OutcomeUnknown);
      if (harness.lostReplyNeedsReopen === true) await fixture.reopen();
      expect(await fixture.store.append(stream, events, { expected: 'no_stream' })).toMatchObject({
        revision: 1n,
      });
      expect(idsOf(await collect(fixture.store.readStream(stream)))).toEqual(idsOf(events));
    });
  }
}
