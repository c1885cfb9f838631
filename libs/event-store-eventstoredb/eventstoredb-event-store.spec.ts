import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

import {
  EventStoreError,
  Fatal,
  OutcomeUnknown,
  PositionForeign,
  Refused,
  TooLarge,
  Unavailable,
  defaultLimits,
  type Msg,
  type SubscribeOptions,
} from '#libs/event-store';
import {
  aNewEvent,
  collect,
  describeEventStoreContract,
  eventsOf,
  hasEvents,
  idsOf,
  newEvents,
  takeUntil,
} from '#libs/event-store/testing';

import { EventStoreDbEventStore, type EventStoreDbOptions } from './index.js';
import { settingsOf } from './options.js';
import { Facade, FacadeHarness, JumpingClock, appendAsAnother, eventOfAnother } from './testing.js';
import { FacadeLog } from './testing/facade-log.js';
import { pause } from './timers.js';

const hasAny = (taken: readonly Msg[]) => taken.length > 0;
const facade = new Facade();
beforeAll(() => facade.start());
afterAll(() => facade.stop());

describeEventStoreContract('The EventStoreDB store', () => new FacadeHarness(facade));

describe('The EventStoreDB store', () => {
  let harness: FacadeHarness;
  let store: EventStoreDbEventStore;
  const openWith = async (options: Partial<EventStoreDbOptions>) => {
    harness = new FacadeHarness(facade, options);
    store = await harness.open();
  };
  beforeEach(() => openWith({ clock: () => '2025-04-10T09:00:00.000Z' }));
  afterEach(() => harness.dispose());
  const openAnew = async (options: Partial<EventStoreDbOptions>) => {
    await harness.dispose();
    await openWith(options);
  };
  const openWithClock = async (options: Partial<EventStoreDbOptions> = {}) => {
    const clock = new JumpingClock();
    await openAnew({ timers: clock, ...options });
    return clock;
  };
  const append = (count = 1, on = store) => on.append('notes-1', newEvents(count), { expected: 'no_stream' });
  const { signal } = new AbortController();
  const follow = (options: SubscribeOptions = { signal }) => store.subscribe(options)[Symbol.asyncIterator]();

  it('records by the clock that it is given', async () => {
    await store.append('notes-1', [aNewEvent()], { expected: 'no_stream' });
    const [event] = await collect(store.readStream('notes-1'));
    expect(event?.recordedAt).toBe('2025-04-10T09:00:00.000Z');
  });

  it.each([
    ['an id that is no UUID', 'notes-1', { id: 'first' }],
    ['an id that would come back in lower case', 'notes-1', { id: aNewEvent().id.toUpperCase() }],
    ['a type of the server', 'notes-1', { type: '$metadata' }],
    ['a stream of the server', '$settings', {}],
    ['the stream of its own identity', 'entente-identity', {}],
  ])('refuses %s', async (_name, stream, part) => {
    await expect(store.append(stream, [aNewEvent(part)], { expected: 'no_stream' })).rejects.toThrow(
      TypeError,
    );
    expect(await store.head()).toBeUndefined();
  });

  it('opens an empty store by the identity that another gave it while it looked', async () => {
    await harness.dispose();
    harness = new FacadeHarness(facade);
    const given = { ...eventOfAnother(), type: 'StoreIdentified' };
    harness.database.faults.duringNextRead = () =>
      void harness.database.log.append('entente-identity', 'no_stream', [given]);
    store = await harness.open();
    expect(await store.identity()).toEqual({ epoch: given.id });
    expect(harness.database.log.stream('entente-identity')).toHaveLength(1);
  });

  it('passes over what the server and other programs write, and names no event of theirs as its head', async () => {
    const { position } = await append();
    const [id, type, data, metadata] = [aNewEvent().id, 'Sent', Buffer.from('{}'), Buffer.from('')];
    harness.database.log.append('mail-1', 'no_stream', [
      { id, type, contentType: 'application/json', data, metadata },
    ]);
    expect(await store.head()).toBe(position);
    expect(await collect(store.readAll({ limit: 10 }))).toHaveLength(1);
    await expect(collect(store.readStream('mail-1'))).rejects.toThrow(Fatal);
  });

  it('sends the greatest append that it takes in one piece, and lets the server refuse a greater one', async () => {
    await openAnew({ limits: defaultLimits });
    const tooGreat = store.append('notes-1', newEvents(2, { content: { text: 'x'.repeat(600_000) } }), {
      expected: 'no_stream',
    });
    await expect(tooGreat).rejects.toThrow(TooLarge);
    expect(await store.head()).toBeUndefined();
  });

  describe('when it appends', () => {
    it('finds out by reading what became of an append whose reply was lost', async () => {
      harness.database.faults.losesReply = true;
      const { revision, position } = await append(2);
      expect(revision).toBe(1n);
      expect(position).toBe((await collect(store.readStream('notes-1')))[1]?.position);
    });

    it('finds the position that the server forgot', async () => {
      const events = newEvents(2);
      const first = await store.append('notes-1', events, { expected: 'no_stream' });
      harness.database.faults.forgetsPositions = true;
      expect(await store.append('notes-1', events, { expected: 'no_stream' })).toEqual(first);
    });

    it('gives up where there is no leader, and stores nothing', async () => {
      harness.database.faults.notLeader = 100;
      await expect(append()).rejects.toThrow(Unavailable);
      harness.database.faults.notLeader = 0;
      expect(await store.head()).toBeUndefined();
    });

    it('leaves a connection that died without a word as soon as its own time is over', async () => {
      const requestTimeoutMs = 10_000;
      const clock = await openWithClock({ requestTimeoutMs });
      harness.database.faults.killConnections();
      await expect(append()).rejects.toThrow(OutcomeUnknown);
      expect(clock.nowMs).toBeGreaterThanOrEqual(requestTimeoutMs);
      // The reading that tells so went over a new connection, or its time would have passed too.
      expect(clock.nowMs).toBeLessThan(2 * requestTimeoutMs);
      clock.stop();
    });
  });

  it.each([false, true])('reads on where it was cut off, backwards: %s', async (backwards) => {
    await append(500);
    await store.append('notes-1', newEvents(500), { expected: 499n });
    const whole = idsOf(await collect(store.readStream('notes-1', { backwards })));
    const read: string[] = [];
    for await (const { id } of store.readStream('notes-1', { backwards })) {
      if (read.push(id) % 300 === 0) harness.database.faults.cut();
    }
    expect(read).toEqual(whole);
  });

  it('sets how much the server keeps of a technical stream once, and changes nothing that is set', async () => {
    await store.keepNewest('lease-1', 100);
    await store.keepNewest('lease-1', 5);
    const set = harness.database.log.stream('$$lease-1') ?? [];
    expect(set.map(({ data }) => Buffer.from(data).toString('utf8'))).toEqual(['{"$maxCount":100}']);
    expect(await store.head()).toBeUndefined();
  });

  it('reads on through all events where it was cut off', async () => {
    await append(500);
    const read: Msg[] = [];
    for await (const message of store.readAll({ limit: 1_000 })) {
      if (read.push(message) % 200 === 0) harness.database.faults.cut();
    }
    expect(idsOf(read)).toEqual(idsOf(await eventsOf(store.readAll({ limit: 1_000 }))));
  });

  it('leaves nothing on the signal of a read that came to its end', async () => {
    await append(3);
    const own = new AbortController().signal;
    await collect(store.readStream('notes-1', { signal: own }));
    await collect(store.readAll({ limit: 10, signal: own }));
    expect(getEventListeners(own, 'abort')).toEqual([]);
  });

  describe('when it subscribes', () => {
    it('hears of the appends of its own process soon, though they never pause and the server is mute', async () => {
      harness.database.faults.muteSubscriptions();
      const messages = follow();
      await takeUntil(messages, ([first]) => first?.kind === 'caughtUp');
      const heard = takeUntil(messages, hasEvents(1)).then(() => 'heard' as const);
      const appendAt = (at: number) =>
        store.append('notes-1', newEvents(1), { expected: at === 0 ? 'no_stream' : BigInt(at - 1) });
      for (let at = 0; (await Promise.race([heard, appendAt(at)])) !== 'heard'; at += 1);
      expect(await heard).toBe('heard');
    });

    it('hears soon of a head that its filter leaves out, once somebody has asked for the head', async () => {
      const clock = await openWithClock();
      const filter = { streamPrefixes: ['kept-'] };
      const messages = follow({ filter, signal });
      await takeUntil(messages, ([first]) => first?.kind === 'caughtUp');
      const began = clock.nowMs;
      appendAsAnother(harness.database.log, 'lease-1');
      const position = await store.head();
      expect(await takeUntil(messages, hasAny)).toEqual([{ kind: 'checkpoint', position }]);
      expect(clock.nowMs - began).toBeLessThan(settingsOf({ connectionString: '' }).watchdogMs / 2);
      clock.stop();
    });

    it('does not take a checkpoint behind every event for a store that was put back', async () => {
      const clock = await openWithClock();
      harness.database.faults.checkpointsAtEnd = true;
      const messages = follow();
      const heard = takeUntil(messages, hasEvents(2));
      const first = appendAsAnother(harness.database.log);
      // Long enough for the watchdog to look, twice, where the checkpoint is.
      await pause(clock, 25_000);
      const second = appendAsAnother(harness.database.log);
      expect(idsOf(await heard)).toEqual([first, second]);
      clock.stop();
    });

    it('loses no event to a checkpoint that overtakes it', async () => {
      for (let count = 0; count < 2_600; count += 1) appendAsAnother(harness.database.log, 'kept-1');
      const read: string[] = [];
      for await (const message of store.subscribe({ signal })) {
        // A reader slower than the server lets the client read ahead, checkpoints included.
        await turnOfTheLoop();
        if (message.kind === 'event') read.push(message.event.id);
        if (read.length === 2_600) break;
      }
      expect(read).toEqual(idsOf(await collect(store.readStream('kept-1'))));
    });

    it('stops where another store has taken the place of its own', async () => {
      await append();
      const messages = follow();
      await takeUntil(messages, hasEvents(1));
      const another = new FacadeLog();
      for (let count = 0; count < 10; count += 1) appendAsAnother(another);
      harness.database.log = another;
      harness.database.faults.cut();
      await expect(takeUntil(messages, hasEvents(1))).rejects.toThrow(PositionForeign);
    });

    it('goes on by itself once its user may read again, and is refused in words until then', async () => {
      harness.database.faults.deniesReads = true;
      const heard = takeUntil(follow(), hasEvents(1));
      await expect(collect(store.readAll({ limit: 1 }))).rejects.toThrow(Refused);
      await expect(collect(store.readAll({ limit: 1 }))).rejects.toThrow(
        /its password is wrong, or it lacks/,
      );
      expect(store.trouble).toMatch(/refuses the user/);
      harness.database.faults.deniesReads = false;
      const id = appendAsAnother(harness.database.log);
      expect(idsOf(await heard)).toEqual([id]);
      expect(store.trouble).toBeUndefined();
    });

    it('leaves room on its connection for reads and appends, however many subscribe', async () => {
      const over = new AbortController();
      const all = Array.from({ length: 64 }, () => follow({ signal: over.signal }));
      const firsts = all.map((messages) => takeUntil(messages, hasEvents(2)));
      await append();
      await expect(collect(store.subscribe({ signal: over.signal }))).rejects.toThrow(Unavailable);
      await store.append('notes-1', newEvents(1), { expected: 0n });
      for (const first of firsts) expect(idsOf(await first)).toHaveLength(2);
      over.abort();
    });
  });

  it('says that the server is not to be found, and finds it later', async () => {
    const connectionString = facade.discoveringConnectionString(harness.name);
    facade.failedDiscoveries = 2; // As often as the connection string allows.
    await expect(EventStoreDbEventStore.open({ connectionString })).rejects.toThrow(Unavailable);
    const late = await EventStoreDbEventStore.open({ connectionString });
    await append(1, late);
    await late.close();
  });

  it('appends again after a discovery that failed', async () => {
    const connectionString = facade.discoveringConnectionString(harness.name);
    const found = await EventStoreDbEventStore.open({ connectionString });
    harness.database.faults.cut();
    facade.failedDiscoveries = 100;
    await expect(append(1, found)).rejects.toThrow(EventStoreError);
    await expect(append(1, found)).rejects.toThrow(Unavailable);
    facade.failedDiscoveries = 0;
    await append(1, found);
    await found.close();
  });
});
