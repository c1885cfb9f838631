import { Facade } from '#libs/event-store-eventstoredb/testing';
import { engine, realServer } from './runs.js';

export interface Engine {
  /** Undefined: in memory. */
  readonly storeUrl: string | undefined;
  stop(): Promise<void>;
}

/** The store that a server under test runs on: EventStoreDB's protocol on loopback, a real server, or memory. */
export async function startEngine(): Promise<Engine> {
  if (realServer !== undefined || engine !== 'facade') {
    return { storeUrl: realServer, stop: async () => {} };
  }
  const facade = new Facade();
  await facade.start();
  return { storeUrl: facade.connectionString('record'), stop: () => facade.stop() };
}
