import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Unavailable } from '#libs/event-store';
import { EventStoreDbEventStore } from '#libs/event-store-eventstoredb';
import { Facade } from '#libs/event-store-eventstoredb/testing';
import { backstopMs } from './pace.js';
import { emptiesServer, engine, realServer } from './runs.js';

export interface Engine {
  /** Undefined: in memory, or in the folder that the server is given. */
  readonly storeUrl: string | undefined;
  stop(): Promise<void>;
}

/** Each server has a store of its own. */
export async function ownStore(): Promise<Engine> {
  return { storeUrl: undefined, stop: async () => {} };
}

/** EventStoreDB's protocol on loopback. */
export async function facadeStore(): Promise<Engine> {
  const facade = new Facade();
  await facade.start();
  return { storeUrl: facade.connectionString('record'), stop: () => facade.stop() };
}

const lookAgainMs = 200;
/** Of this suite: a second one that is started beside the first works on what the first one has. */
let serversOn = 0;

/**
 * A real server without anything on it, as each test needs it: what others left would be in its lists, and the lease of
 * another server would keep its consequences away.
 */
export async function emptiedStore(url: string, empty: string | undefined): Promise<Engine> {
  if (empty === undefined) {
    throw new Error(
      'EVENTSTORE_URL names a server, and EVENTSTORE_EMPTY no command that empties it, such as "docker restart" of one that keeps all in memory.',
    );
  }
  if (serversOn === 0) await promisify(execFile)('sh', ['-c', empty]);
  if (serversOn === 0) await answering(url);
  serversOn += 1;
  return {
    storeUrl: url,
    stop: async () => {
      serversOn -= 1;
    },
  };
}

/** A server that was started anew takes its time; throws where what was there before is there still. */
async function answering(connectionString: string): Promise<void> {
  for (const began = performance.now(); ;) {
    try {
      const store = await EventStoreDbEventStore.open({ connectionString });
      const isEmpty = (await store.head()) === undefined;
      await store.close();
      if (isEmpty) return;
      throw new Error('EVENTSTORE_EMPTY left events on the server.');
    } catch (error) {
      if (!(error instanceof Unavailable) || performance.now() - began > backstopMs) throw error;
      await wait(lookAgainMs);
    }
  }
}

/** The store that a server under test runs on: EventStoreDB's protocol on loopback, a real server, or memory. */
export async function startEngine(): Promise<Engine> {
  if (realServer !== undefined) return emptiedStore(realServer, emptiesServer);
  return engine === 'facade' ? facadeStore() : ownStore();
}
