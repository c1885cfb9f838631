import { Facade } from '#libs/event-store-eventstoredb/testing';
import { engine, realServer } from './runs.js';

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

/** The store that a server under test runs on: EventStoreDB's protocol on loopback, a real server, or memory. */
export async function startEngine(): Promise<Engine> {
  if (realServer !== undefined) return { storeUrl: realServer, stop: async () => {} };
  return engine === 'facade' ? facadeStore() : ownStore();
}
