import { expect, it } from '@jest/globals';

import type { Msg, Position } from '../port.js';
import { formatPosition, parsePosition } from '../position.js';
import {
  ContractFixture,
  collect,
  hasEvents,
  idsOf,
  newEvents,
  takeUntil,
  type EventStoreHarness,
} from './harness.js';
import { appendLargeStream, heapGrowth, mostHeapGrowthBytes } from './memory-use.js';

export function describeSubscribe(makeHarness: () => EventStoreHarness): void {
  const fixture = new ContractFixture(makeHarness());
  const { harness } = fixture;

  /** A subscription to this rule's events, and the end of it. */
  const follow = (after?: Position, filter = fixture.own().filter) => {
    const controller = new AbortController();
    const from = after ?? fixture.start;
    const messages = fixture.store
      .subscribe({ ...(from === undefined ? {} : { after: from }), filter, signal: controller.signal })
      [Symbol.asyncIterator]();
    return { messages, abort: () => controller.abort() };
  };
  const caughtUp = (taken: readonly Msg[]) => taken.some(({ kind }) => kind === 'caughtUp');
  const appendOneByOne = async (stream: string, from: number, to: number) => {
    for (let revision = from; revision < to; revision += 1) {
      const expected = revision === 0 ? 'no_stream' : BigInt(revision - 1);
      await fixture.store.append(stream, newEvents(1), { expected });
    }
  };

  it('goes from the past to live without gap or repeat while others append', async () => {
    const streams = [fixture.stream(), fixture.stream(), fixture.stream()];
    await Promise.all(streams.map((stream) => appendOneByOne(stream, 0, 10)));
    const { messages, abort } = follow();
    const [taken] = await Promise.all([
      takeUntil(messages, hasEvents(90)),
      ...streams.map((stream) => appendOneByOne(stream, 10, 30)),
    ]);
    abort();
    expect(idsOf(taken)).toEqual(idsOf(await fixture.readOwn()));
    expect(taken.filter(({ kind }) => kind === 'caughtUp')).toHaveLength(1);
  });

  it('says once that it caught up: after the past and before what comes live', async () => {
    const stream = fixture.stream();
    await fixture.store.append(stream, newEvents(2), { expected: 'no_stream' });
    const { messages, abort } = follow();
    const past = await takeUntil(messages, caughtUp);
    expect(idsOf(past)).toHaveLength(2);
    for (let revision = 2; revision < 5; revision += 1) {
      await appendOneByOne(stream, revision, revision + 1);
      const live = await takeUntil(messages, hasEvents(1));
      expect(caughtUp(live)).toBe(false);
    }
    abort();
  });

  it('catches up at once where there is nothing to read, and then gives what comes', async () => {
    const { messages, abort } = follow();
    expect(idsOf(await takeUntil(messages, caughtUp))).toEqual([]);
    const next = messages.next();
    const events = newEvents(1);
    await fixture.store.append(fixture.stream(), events, { expected: 'no_stream' });
    const { value } = await next;
    abort();
    expect(value).toMatchObject({ kind: 'event', event: { id: events[0].id } });
  });

  it('resumes after every single position, and from just before it, without gap or repeat', async () => {
    const stream = fixture.stream();
    await fixture.store.append(stream, newEvents(6), { expected: 'no_stream' });
    const events = await fixture.readOwn();
    for (const [index, { position }] of events.entries()) {
      const after = follow(position);
      expect(idsOf(await takeUntil(after.messages, caughtUp))).toEqual(idsOf(events.slice(index + 1)));
      after.abort();
      const { epoch, commit } = parsePosition(position);
      const before = follow(formatPosition(epoch, commit, 0n));
      expect(idsOf(await takeUntil(before.messages, caughtUp))).toEqual(idsOf(events.slice(index)));
      before.abort();
    }
  });

  it('gives checkpoints past what its filter leaves out', async () => {
    const { messages, abort } = follow(undefined, { streamPrefixes: [`${fixture.prefix}none-`] });
    await takeUntil(messages, caughtUp);
    const { position } = await fixture.store.append(fixture.stream(), newEvents(2), {
      expected: 'no_stream',
    });
    const taken = await takeUntil(messages, (all) =>
      all.some((message) => message.kind === 'checkpoint' && message.position >= position),
    );
    abort();
    expect(idsOf(taken)).toEqual([]);
  });

  it('goes on after a restart from the last position that its reader kept', async () => {
    const stream = fixture.stream();
    await fixture.store.append(stream, newEvents(6), { expected: 'no_stream' });
    const events = await fixture.readOwn();
    const before = follow();
    const read = await takeUntil(before.messages, hasEvents(3));
    await fixture.reopen();
    await appendOneByOne(stream, 6, 8);
    const after = follow(events[2]?.position);
    read.push(...(await takeUntil(after.messages, hasEvents(5))));
    after.abort();
    expect(idsOf(read)).toEqual(idsOf(await fixture.readOwn()));
  });

  it('ends quietly and at once on abort, while it waits and while it has more to give', async () => {
    const waiting = follow();
    await takeUntil(waiting.messages, caughtUp);
    const next = waiting.messages.next();
    waiting.abort();
    expect(await next).toEqual({ done: true, value: undefined });

    await fixture.store.append(fixture.stream(), newEvents(5), { expected: 'no_stream' });
    const busy = follow();
    await takeUntil(busy.messages, hasEvents(1));
    busy.abort();
    expect(await busy.messages.next()).toEqual({ done: true, value: undefined });
  });

  it('gives nothing when it was aborted before it began', async () => {
    await fixture.store.append(fixture.stream(), newEvents(1), { expected: 'no_stream' });
    expect(await collect(fixture.store.subscribe({ signal: AbortSignal.abort() }))).toEqual([]);
  });

  it('ends quietly when the store is closed', async () => {
    const { messages } = follow();
    await takeUntil(messages, caughtUp);
    const next = messages.next();
    await fixture.reopen();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('gives all events to each of many subscribers, one of which leaves early', async () => {
    const followers = Array.from({ length: 5 }, () => follow());
    const leaver = follow();
    const reads = followers.map(({ messages }) => takeUntil(messages, hasEvents(10)));
    const left = takeUntil(leaver.messages, hasEvents(1)).then(() => leaver.messages.return?.());
    await appendOneByOne(fixture.stream(), 0, 10);
    const expected = idsOf(await fixture.readOwn());
    for (const read of reads) expect(idsOf(await read)).toEqual(expected);
    await left;
    for (const { abort } of [...followers, leaver]) abort();
  });

  it('keeps its memory bounded however slow its reader is', async () => {
    await appendLargeStream(fixture.store, fixture.stream());
    const { messages, abort } = follow();
    const growth = await heapGrowth(async (measure) => {
      for (let slow = 0; slow < 8; slow += 1) {
        await takeUntil(messages, hasEvents(1));
        measure();
      }
    });
    abort();
    expect(growth).toBeLessThan(mostHeapGrowthBytes);
  });

  const faults = {
    'after the transport ended it cleanly': harness.endSubscriptionsCleanly,
    'after it went mute': harness.muteSubscriptions,
  };
  for (const [rule, fault] of Object.entries(faults)) {
    if (fault === undefined) continue;
    it(`resumes by itself ${rule}, without gap or repeat`, async () => {
      const stream = fixture.stream();
      await appendOneByOne(stream, 0, 3);
      const { messages, abort } = follow();
      const taken = await takeUntil(messages, caughtUp);
      await fault.call(harness);
      await appendOneByOne(stream, 3, 6);
      taken.push(...(await takeUntil(messages, hasEvents(3))));
      abort();
      expect(idsOf(taken)).toEqual(idsOf(await fixture.readOwn()));
      expect(taken.filter(({ kind }) => kind === 'caughtUp')).toHaveLength(1);
    });
  }
}
