import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';

import {
  Conflict,
  OutcomeUnknown,
  PositionForeign,
  Refused,
  Unavailable,
  type Position,
} from '#libs/event-store';
import { collect, hasEvents, idsOf, newEvents, takeUntil } from '#libs/event-store/testing';

import { EventStoreDbEventStore, type EventStoreDbOptions } from './index.js';
import { FacadeCluster, appendAsAnother, eventOfAnother } from './testing.js';
import type { FacadeDatabase } from './testing/facade-database.js';

describe('The EventStoreDB store on a cluster of three', () => {
  let cluster: FacadeCluster;
  let name: string;
  let store: EventStoreDbEventStore;
  let database: FacadeDatabase;
  const open = (options: Partial<EventStoreDbOptions> = {}) =>
    EventStoreDbEventStore.open({
      connectionString: cluster.connectionString(name),
      suspectMs: 100,
      ...options,
    });
  /** One that waits so short a time may not even be opened in it where the machine does other things. */
  const openAtLength = async (options: Partial<EventStoreDbOptions>): Promise<EventStoreDbEventStore> => {
    for (;;) {
      try {
        return await open(options);
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
      }
    }
  };
  beforeEach(async () => {
    cluster = new FacadeCluster();
    await cluster.start();
    name = randomUUID();
    database = cluster.database(name);
    store = await open();
  });
  afterEach(async () => {
    await store.close();
    await cluster.stop();
  });
  const append = (stream = 'notes-1') => store.append(stream, newEvents(1), { expected: 'no_stream' });
  /** As a caller should: the same ids at the same revision until the answer is certain. */
  const appendCarefully = async (stream: string) => {
    const events = newEvents(1);
    for (;;) {
      try {
        return await store.append(stream, events, { expected: 'no_stream' });
      } catch (error) {
        if (!(error instanceof OutcomeUnknown) && !(error instanceof Unavailable)) throw error;
        await turnOfTheLoop();
      }
    }
  };
  const abort = new AbortController();
  /** Until so many calls more have come to the node. */
  const askedOf = async (at: number, times = 1) => {
    const asked = () => cluster.nodes[at]?.node.asked ?? 0;
    for (const wanted = asked() + times; asked() < wanted;) await turnOfTheLoop();
  };

  it('works with a new leader soon after its election, though the old one hangs', async () => {
    cluster.freezeLeader(name);
    const asked = askedOf(0);
    const early = append('notes-1').catch((error: unknown) => error);
    await asked;
    cluster.elect(1);
    const elected = performance.now();
    // Nobody knows whether the old leader stored what it was sent, and whoever sends it again finds out.
    expect(await early).toBeInstanceOf(OutcomeUnknown);
    await appendCarefully('notes-2');
    expect(performance.now() - elected).toBeLessThan(2_000);
  });

  it('waits while a leader is being elected', async () => {
    cluster.loseLeader();
    const asked = askedOf(1);
    const appended = append();
    await asked;
    cluster.elect(2);
    expect(await appended).toMatchObject({ revision: 0n });
  });

  it('says that nobody leads where there is no leader for longer, and goes on when there is', async () => {
    await store.close();
    store = await open({ requestTimeoutMs: 3_000 });
    cluster.loseLeader();
    await expect(append()).rejects.toThrow(/none of them leads/);
    await expect(append()).rejects.toThrow(Unavailable);
    expect(store.trouble).toMatch(/none of them leads/);
    cluster.elect(1);
    await append();
    expect(store.trouble).toBeUndefined();
  });

  it('goes to the next node when the leader is killed, and back', async () => {
    await append('notes-1');
    await cluster.nodes[0]?.kill();
    cluster.elect(1);
    await appendCarefully('notes-2');
    await cluster.nodes[0]?.revive();
    cluster.elect(0);
    await appendCarefully('notes-3');
    expect(await collect(store.readStream('notes-3'))).toHaveLength(1);
  });

  it('is of use to nobody once it is closed, and harms nobody, though discovery outlasts it', async () => {
    await store.close();
    store = await openAtLength({ requestTimeoutMs: 100 });
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const node of cluster.nodes) node.slowDiscovery = promise;
    database.faults.cut();
    await expect(append()).rejects.toThrow(OutcomeUnknown);
    await expect(append()).rejects.toThrow(Unavailable);
    await store.close();
    resolve();
    await expect(append()).rejects.toThrow('The store is closed.');
    store = await open();
    await appendCarefully('notes-2');
  });

  it('comes through both followers frozen under load, and the process with it', async () => {
    const released = [1, 2].map((at) => cluster.nodes[at]?.node.freeze());
    const release = database.faults.holdReplies();
    await store.close();
    store = await open({ requestTimeoutMs: 3_000 });
    const appends = Array.from({ length: 20 }, (_, at) =>
      append(`notes-${at}`).catch((error: unknown) => error),
    );
    for (const outcome of await Promise.all(appends)) expect(outcome).not.toBeInstanceOf(TypeError);
    release();
    for (const thaw of released) thaw?.();
    await appendCarefully('late-1');
    expect(await collect(store.readStream('late-1'))).toHaveLength(1);
  });

  it('is refused in words while the password is another one, and goes on by itself', async () => {
    const heard = takeUntil(store.subscribe({ signal: abort.signal })[Symbol.asyncIterator](), hasEvents(1));
    database.faults.refusesCredentials = true;
    await expect(append()).rejects.toThrow(Unavailable);
    expect(store.trouble).toMatch(/refuses the user/);
    cluster.elect(1);
    database.faults.refusesCredentials = false;
    await appendCarefully('notes-1');
    expect(idsOf(await heard)).toHaveLength(1);
  });

  it('says once that the user may not write, though reads go on, and once that it may again', async () => {
    await store.close();
    const told: string[] = [];
    store = await open({ onConnection: (words) => told.push(words) });
    database.faults.deniesWrites = true;
    for (const stream of ['notes-1', 'notes-2']) {
      await expect(append(stream)).rejects.toThrow(/in the streams notes-….*right to write/);
      await store.head();
    }
    expect(store.trouble).toMatch(/refuses to record anything/);
    await expect(store.tryRights('notes-3')).rejects.toThrow(Refused);
    database.faults.deniesWrites = false;
    await append('notes-1');
    expect(store.trouble).toBeUndefined();
    expect(told).toEqual([
      expect.stringMatching(/refuses to record anything/),
      expect.stringMatching(/lets the user .* write again/),
    ]);
  });

  it.each([
    ['nothing listens', '127.0.0.1', 1, /nothing listens there/],
    ['there is no host of that name', 'eventstoredb-1.invalid', 2113, /no host of this name/],
  ])(
    'says of an address that only gossip gave that it is from there, where %s',
    async (_what, address, port, why) => {
      await store.close();
      const told: string[] = [];
      for (const { node } of cluster.nodes) node.members = () => [{ address, port, leads: true }];
      const onConnection = (_words: string, detail: string) => told.push(detail);
      await expect(open({ onConnection, requestTimeoutMs: 2_000 })).rejects.toThrow(Unavailable);
      const blamed = told.find((detail) => detail.includes(`${address}:${port}`));
      expect(blamed).toMatch(/an address that the cluster's gossip gave/);
      expect(blamed).toMatch(why);
    },
  );

  it('tries a right and stores nothing', async () => {
    const before = database.log.all.length;
    await store.tryRights('notes-1');
    await append('notes-1');
    await store.tryRights('notes-1');
    expect(database.log.all.length).toBe(before + 1);
    database.faults.deniesReads = true;
    await expect(store.tryRights('notes-1')).rejects.toThrow(/refuses this user to read/);
  });

  it('judges a conflict only once what it names can be read', async () => {
    appendAsAnother(database.log, 'notes-1');
    database.log.delays = (reveal) => void setTimeout(reveal, 150);
    appendAsAnother(database.log, 'notes-1');
    await expect(store.append('notes-1', newEvents(1), { expected: 0n })).rejects.toThrow(Conflict);
    expect(await collect(store.readStream('notes-1'))).toHaveLength(2);
  });

  describe('whose record is followed', () => {
    /** Follows as the read models do: from the event that they read last. */
    const following = (id: string, position: Position) =>
      store
        .subscribe({ after: position, kept: { last: { id, position } }, signal: abort.signal })
        [Symbol.asyncIterator]();
    const readOne = async () => {
      const events = newEvents(1);
      const { position } = await store.append('notes-1', events, { expected: 'no_stream' });
      return { id: events[0].id, position };
    };
    const reopened = async (options: Partial<EventStoreDbOptions>) => {
      await store.close();
      store = await open({ electionMs: 400, ...options });
    };

    it('takes a leader that slept for no other store, and reads on when it has caught up', async () => {
      const { id, position } = await readOne();
      const messages = following(id, position);
      await takeUntil(messages, ([first]) => first?.kind === 'caughtUp');
      const { wake } = cluster.freezeLeader(name);
      cluster.elect(1);
      const seen = appendAsAnother(database.log);
      expect(idsOf(await takeUntil(messages, hasEvents(1)))).toEqual([seen]);
      // The new leader is gone too, and the old one answers with the log of before.
      cluster.loseLeader();
      const forget = wake();
      database.faults.cut();
      await cluster.nodes[1]?.kill();
      const late = takeUntil(messages, hasEvents(1));
      await askedOf(0, 3);
      const written = appendAsAnother(database.log);
      forget();
      cluster.elect(2);
      expect(idsOf(await late)).toEqual([written]);
    });

    it('takes an end that is shorter for a while for no other store', async () => {
      await reopened({ electionMs: 3_000 });
      const { id, position } = await readOne();
      const restore = database.log.shorten(1);
      const heard = takeUntil(following(id, position), hasEvents(1));
      await askedOf(0, 3);
      restore();
      const written = appendAsAnother(database.log);
      expect(idsOf(await heard)).toEqual([written]);
    });

    it.each([
      ['is shorter', 0],
      ['has grown to the same place', 1],
      ['has grown past it', 30],
    ])('knows an older copy that %s, under whoever works with it', async (_what, grown) => {
      await reopened({});
      const { id, position } = await readOne();
      const messages = following(id, position);
      await takeUntil(messages, ([first]) => first?.kind === 'caughtUp');
      const older = database.log.asOf(database.log.all.length - 1);
      for (let count = 0; count < grown; count += 1) appendAsAnother(older, 'others-1');
      database.log = older;
      database.faults.cut();
      await expect(takeUntil(messages, hasEvents(1))).rejects.toThrow(PositionForeign);
      await expect(collect(store.readStream('others-1'))).rejects.toThrow(/not the one that was read before/);
      await expect(append('notes-2')).rejects.toThrow(/not the one that was read before/);
      const { epoch } = await store.identity();
      await store.beginNewLife(epoch);
      expect((await store.identity()).epoch).not.toBe(epoch);
      expect((await append('notes-2')).position).not.toContain(epoch);
    });

    it('knows an older copy when it is opened on one', async () => {
      const { id, position } = await readOne();
      database.log = database.log.asOf(database.log.all.length - 1);
      for (let count = 0; count < 30; count += 1) appendAsAnother(database.log, 'others-1');
      await reopened({});
      await expect(takeUntil(following(id, position), hasEvents(1))).rejects.toThrow(PositionForeign);
    });

    it('begins one new life, however many servers ask for it', async () => {
      const { epoch } = await store.identity();
      await store.beginNewLife(epoch);
      const { epoch: next } = await store.identity();
      const other = await open();
      await other.beginNewLife(epoch);
      expect((await other.identity()).epoch).toBe(next);
      await other.close();
    });

    it('goes on in the life that another server began while it looked', async () => {
      const { epoch } = await store.identity();
      const begun = { ...eventOfAnother(), type: 'StoreIdentified' };
      database.faults.duringNextRead = () => void database.log.append('entente-identity', 0n, [begun]);
      await store.beginNewLife(epoch);
      expect(await store.identity()).toEqual({ epoch: begun.id });
    });
  });
});
