import { randomUUID } from 'node:crypto';

import { OutcomeUnknown, Unavailable, type NewEvent } from '#libs/event-store';
import { aNewEvent, newEvents } from '#libs/event-store/testing';

import { EventStoreDbEventStore } from '../eventstoredb-event-store.js';
import { pause } from '../timers.js';

import type { FacadeDatabase } from './facade-database.js';
import type { FacadeLog, Proposed } from './facade-log.js';
import type { Facade } from './facade.js';
import { FaultReader } from './fault-reader.js';
import { JumpingClock, type RunClock } from './jumping-clock.js';

interface Fault {
  /** How long, at the most, until what others wrote arrives again. */
  readonly noticedWithinMs: number;
  /** Nothing but this store's own silence tells of the fault: it writes nothing before it noticed. */
  readonly silent?: true;
  readonly strike: (database: FacadeDatabase, facade: Facade, clock: RunClock) => void;
}

const atOnceMs = 10_000;
const afterSilenceMs = 30_000;

const faults = {
  'cuts every connection': { noticedWithinMs: atOnceMs, strike: ({ faults }) => faults.cut() },
  'ends its subscriptions cleanly': {
    noticedWithinMs: atOnceMs,
    strike: ({ faults }) => faults.endSubscriptionsCleanly(),
  },
  'goes mute on its subscriptions': {
    noticedWithinMs: afterSilenceMs,
    silent: true,
    strike: ({ faults }) => faults.muteSubscriptions(),
  },
  'dies without a word on every connection': {
    noticedWithinMs: afterSilenceMs,
    silent: true,
    strike: ({ faults }) => faults.killConnections(),
  },
  'dies without a word under an append': {
    noticedWithinMs: afterSilenceMs,
    strike: ({ faults }) => faults.killConnections(),
  },
  'stores an append and loses the reply': {
    noticedWithinMs: atOnceMs,
    strike: ({ faults }) => Object.assign(faults, { losesReply: true }),
  },
  'stores an append, loses the reply and is away': {
    noticedWithinMs: atOnceMs,
    strike: ({ faults }) => Object.assign(faults, { losesReply: true, awayAfterLostReply: true }),
  },
  'is cut in the middle of an append': {
    noticedWithinMs: atOnceMs,
    strike: ({ faults }) => Object.assign(faults, { cutsAppendAfter: 2 }),
  },
  'replies long after the store gave up': {
    noticedWithinMs: atOnceMs,
    strike: ({ faults }, _facade, clock) => void clock.start(12_000, faults.holdReplies()),
  },
  'hands the lead over': {
    noticedWithinMs: atOnceMs,
    strike: ({ faults }) => Object.assign(faults, { notLeader: 2 }),
  },
  'delivers twice': {
    noticedWithinMs: atOnceMs,
    strike: ({ faults }) => {
      faults.deliversTwice = true;
      faults.cut();
    },
  },
  'gives checkpoints {X, 0} and is cut after one': {
    noticedWithinMs: atOnceMs,
    strike: ({ faults }) => {
      faults.zeroCheckpoints = true;
      faults.cutsSubscriptionsAfterCheckpoint = true;
      faults.endSubscriptionsCleanly();
    },
  },
  'never says that a subscription caught up': {
    noticedWithinMs: atOnceMs,
    strike: ({ faults }) => {
      faults.saysCaughtUp = false;
      faults.cut();
    },
  },
  'is not to be discovered for a while': {
    noticedWithinMs: atOnceMs,
    strike: ({ faults }, facade) => {
      facade.failedDiscoveries = 5;
      faults.cut();
    },
  },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as FaultName[];

export interface FaultRun {
  /** How long it took until what others wrote arrived again, by the clock of the run. */
  readonly noticed: readonly {
    readonly name: FaultName;
    readonly silent: boolean;
    readonly tookMs: number;
  }[];
  /** The faults that were noticed too late, with the time that it took. */
  readonly late: readonly string[];
  /** Ids as the server stored them, as the writer was told, and as each of two subscribers received them. */
  readonly stored: readonly string[];
  readonly written: readonly string[];
  readonly received: readonly (readonly string[])[];
}

/** The faults that were noticed too late on a machine that is so many times slower, with the time that it took. */
export function lateAmong(noticed: FaultRun['noticed'], slowness = 1): readonly string[] {
  return noticed
    .filter(({ silent, tookMs }) => tookMs > (silent ? afterSilenceMs : atOnceMs) * slowness)
    .map(({ name, tookMs }) => `${name}: ${tookMs} ms`);
}

/** Writers and subscribers at work, one fault after the other, and what became of every event. Stops the clock. */
export async function runFaults(
  facade: Facade,
  names: readonly FaultName[],
  clock: RunClock = new JumpingClock(),
): Promise<FaultRun> {
  const connectionName = randomUUID();
  const database = facade.database(connectionName);
  database.log.writesSystemEvents = true;
  let store: EventStoreDbEventStore | undefined;
  try {
    const opened = await EventStoreDbEventStore.open({
      connectionString: facade.discoveringConnectionString(connectionName),
      timers: clock,
    });
    store = opened;
    const readers = [new FaultReader(opened, { streamPrefixes: ['kept-'] }), new FaultReader(opened, {})];
    const written: string[] = [];
    const write = async (times: number) => {
      for (let time = 0; time < times; time += 1) written.push(...(await writeCarefully(opened, clock)));
    };
    const arrived = () => Promise.all(readers.map((reader) => reader.has(written)));

    await write(3);
    await arrived();
    const noticed: FaultRun['noticed'][number][] = [];
    for (const name of names) {
      const fault: Fault = faults[name];
      fault.strike(database, facade, clock);
      const sinceMs = clock.nowMs;
      const ofOthers = Array.from({ length: 3 }, () => appendAsAnother(database.log));
      const writing = fault.silent === true ? undefined : write(3);
      await Promise.all(readers.map((reader) => reader.has(ofOthers)));
      const silent = fault.noticedWithinMs === afterSilenceMs;
      noticed.push({ name, silent, tookMs: clock.nowMs - sinceMs });
      await writing;
      written.push(...ofOthers);
      await write(3);
      await arrived();
    }
    return {
      noticed,
      late: lateAmong(noticed),
      stored: database.log.all.filter(({ stream }) => stream.startsWith('kept-')).map(({ id }) => id),
      written,
      received: readers.map(({ ids }) => ids),
    };
  } finally {
    await store?.close();
    clock.stop();
  }
}

/** As a caller should: the same ids at the same revision until the answer is certain. A conflict would be a bug. */
async function writeCarefully(store: EventStoreDbEventStore, clock: RunClock): Promise<string[]> {
  const events = newEvents(3);
  const stream = `kept-${randomUUID()}`;
  for (;;) {
    try {
      await store.append(stream, events, { expected: 'no_stream' });
      return events.map(({ id }) => id);
    } catch (error) {
      if (!(error instanceof OutcomeUnknown) && !(error instanceof Unavailable)) throw error;
      await pause(clock, 100);
    }
  }
}

/** An append of another process, of which this one hears only through its subscriptions. */
export function appendAsAnother(log: FacadeLog, stream = `kept-${randomUUID()}`): string {
  const event = eventOfAnother();
  log.append(stream, 'any', [event]);
  return event.id;
}

/** An event in the layout of the store, as bytes on their way to the server. */
export function eventOfAnother(part: Partial<NewEvent> = {}): Proposed {
  const { id, type, data, content, salt, meta } = aNewEvent(part);
  const json = (value: object) => Buffer.from(JSON.stringify(value));
  const metadata = json({ meta, recordedAt: '2025-04-10T09:00:00.000Z' });
  return { id, type, contentType: 'application/json', data: json({ data, content, salt }), metadata };
}
