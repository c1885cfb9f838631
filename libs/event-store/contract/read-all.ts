import { describe, expect, it } from '@jest/globals';

import { PositionForeign } from '../errors.js';
import type { Position, Recorded } from '../port.js';
import { PositionInvalid, comparePositions, formatPosition, parsePosition } from '../position.js';
import { ContractFixture, collect, eventsOf, idsOf, newEvents, type EventStoreHarness } from './harness.js';

export function describeReadAll(makeHarness: () => EventStoreHarness): void {
  const fixture = new ContractFixture(makeHarness());
  const ids = (events: readonly Recorded[]) => idsOf(events);

  /** Six events of two types in two streams, in the order of the answer. */
  const appendSix = async () => {
    const [left, right] = [`${fixture.prefix}left-1`, `${fixture.prefix}right-1`];
    await fixture.store.append(left, newEvents(2, { type: 'Said' }), { expected: 'no_stream' });
    await fixture.store.append(right, newEvents(2, { type: 'Heard' }), { expected: 'no_stream' });
    await fixture.store.append(left, newEvents(1, { type: 'Heard' }), { expected: 1n });
    await fixture.store.append(right, newEvents(1, { type: 'Said' }), { expected: 1n });
    return { left, right, events: await fixture.readOwn() };
  };

  it('gives the events of all streams in the order of their appends', async () => {
    const { left, right, events } = await appendSix();
    expect(events.map(({ stream, revision }) => [stream, revision])).toEqual([
      [left, 0n],
      [left, 1n],
      [right, 0n],
      [right, 1n],
      [left, 2n],
      [right, 2n],
    ]);
    const positions = events.map(({ position }) => position);
    expect([...positions].sort()).toEqual(positions);
    expect([...positions].reverse().sort(comparePositions)).toEqual(positions);
    expect(new Set(positions).size).toBe(6);
  });

  it('gives the same events, whole, as their streams do', async () => {
    const { left, right, events } = await appendSix();
    const read = [...(await collect(fixture.store.readStream(left)))].concat(
      await collect(fixture.store.readStream(right)),
    );
    expect([...read].sort((a, b) => comparePositions(a.position, b.position))).toEqual(events);
  });

  it('starts after the given position, never at it', async () => {
    const { events } = await appendSix();
    for (const [index, { position }] of events.entries()) {
      const rest = fixture.store.readAll({ ...fixture.own(), after: position, limit: 10 });
      expect(ids(await eventsOf(rest))).toEqual(ids(events.slice(index + 1)));
    }
  });

  it('gives every event once to a reader that pages on from its last message', async () => {
    const { events } = await appendSix();
    const read: Recorded[] = [];
    let after: Position | undefined = fixture.start;
    for (;;) {
      const { filter } = fixture.own();
      const page = await collect(
        fixture.store.readAll({ ...(after === undefined ? {} : { after }), filter, limit: 2 }),
      );
      const found = page.flatMap((message) => (message.kind === 'event' ? [message.event] : []));
      expect(found.length).toBeLessThanOrEqual(2);
      read.push(...found);
      const last = page.at(-1);
      if (last === undefined || last.kind === 'caughtUp') break;
      after = last.kind === 'event' ? last.event.position : last.position;
    }
    expect(ids(read)).toEqual(ids(events));
  });

  it('filters by prefixes, by types, and by both together', async () => {
    const { left, right } = await appendSix();
    const found = async (filter: Parameters<typeof fixture.readOwn>[0]) =>
      (await fixture.readOwn(filter)).map(({ stream, type }) => `${type} in ${stream}`);
    const prefix = `${fixture.prefix}left-`;
    expect(await found({ streamPrefixes: [prefix] })).toEqual([
      `Said in ${left}`,
      `Said in ${left}`,
      `Heard in ${left}`,
    ]);
    expect(await found({ types: ['Said'] })).toEqual([
      `Said in ${left}`,
      `Said in ${left}`,
      `Said in ${right}`,
    ]);
    expect(await found({ streamPrefixes: [prefix], types: ['Heard'] })).toEqual([`Heard in ${left}`]);
    expect(await found({ streamPrefixes: [prefix, `${fixture.prefix}right-`] })).toHaveLength(6);
    expect(await found({ types: ['Said', 'Heard'] })).toHaveLength(6);
    expect(await found({ types: [] })).toEqual([]);
    expect(await found({ streamPrefixes: [] })).toEqual([]);
  });

  it('takes a prefix literally: at the start, with case and with the signs of search patterns', async () => {
    await fixture.store.append(`${fixture.prefix}a_1`, newEvents(1), { expected: 'no_stream' });
    await fixture.store.append(`${fixture.prefix}ab1`, newEvents(1), { expected: 'no_stream' });
    await fixture.store.append(`other-${fixture.prefix}a_1`, newEvents(1), { expected: 'no_stream' });
    await fixture.store.append(`${fixture.prefix}A_1`, newEvents(1), { expected: 'no_stream' });
    const found = await fixture.readOwn({ streamPrefixes: [`${fixture.prefix}a_`] });
    expect(found.map(({ stream }) => stream)).toEqual([`${fixture.prefix}a_1`]);
  });

  it('gives checkpoints past what a sparse filter leaves out, and resuming from one loses nothing', async () => {
    await appendSix();
    const sparse = { ...fixture.own({ streamPrefixes: [`${fixture.prefix}late-`] }), limit: 10 };
    const last = (await collect(fixture.store.readAll(sparse))).at(-1);
    if (last?.kind !== 'checkpoint')
      throw new Error('The last message of a read without a match is a checkpoint.');
    const head = await fixture.store.head();
    expect(parsePosition(last.position).commit).toBe(parsePosition(head ?? '').commit);
    const late = newEvents(1);
    await fixture.store.append(`${fixture.prefix}late-1`, late, { expected: 'no_stream' });
    const resumed = fixture.store.readAll({ ...sparse, after: last.position });
    expect(idsOf(await eventsOf(resumed))).toEqual(idsOf(late));
  });

  it('loses nothing when it resumes from a position that lies just before an event', async () => {
    const { events } = await appendSix();
    for (const [index, { position }] of events.entries()) {
      const { epoch, commit } = parsePosition(position);
      const after = formatPosition(epoch, commit, 0n);
      const rest = await eventsOf(fixture.store.readAll({ ...fixture.own(), after, limit: 10 }));
      expect(ids(rest)).toEqual(ids(events.slice(index)));
    }
  });

  it('names the newest event as its head', async () => {
    const { events } = await appendSix();
    const head = await fixture.store.head();
    expect(comparePositions(head ?? ('' as Position), events[5]!.position)).toBeGreaterThanOrEqual(0);
    if (fixture.harness.shared !== true) expect(head).toBe(events[5]!.position);
  });

  describe('with a position that is not its own', () => {
    const foreign = formatPosition('another-epoch', 1n);
    const abort = new AbortController();
    const readers = {
      'read of all': (after: Position) => fixture.store.readAll({ after, limit: 1 }),
      subscription: (after: Position) => fixture.store.subscribe({ after, signal: abort.signal }),
    };

    it.each(Object.entries(readers))('refuses a %s from another epoch', async (_name, read) => {
      await expect(collect(read(foreign))).rejects.toThrow(PositionForeign);
    });

    it.each(Object.entries(readers))('refuses a %s from a text that is no position', async (_name, read) => {
      await expect(collect(read('17' as Position))).rejects.toThrow(PositionInvalid);
    });

    if (fixture.harness.refusesPositionsAhead === true) {
      it.each(Object.entries(readers))('refuses a %s from ahead of the newest event', async (_name, read) => {
        const { epoch } = await fixture.store.identity();
        const ahead = formatPosition(
          epoch,
          parsePosition((await appendSix()).events[5]!.position).commit + 1n,
        );
        await expect(collect(read(ahead))).rejects.toThrow(PositionForeign);
      });
    }
  });
}
