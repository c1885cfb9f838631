import { randomUUID } from 'node:crypto';

import type { EventStoreHarness } from '#libs/event-store/testing';

import { EventStoreDbEventStore } from './eventstoredb-event-store.js';
import { serverLimits, type EventStoreDbOptions } from './options.js';
import type { FacadeDatabase } from './testing/facade-database.js';
import type { Facade } from './testing/facade.js';

export { FacadeCluster } from './testing/facade-cluster.js';
export { Facade } from './testing/facade.js';
export { appendAsAnother, eventOfAnother, faultNames, lateAmong, runFaults } from './testing/fault-runs.js';
export type { FaultName, FaultRun } from './testing/fault-runs.js';
export { JumpingClock, RealClock } from './testing/jumping-clock.js';
export { serverLimits } from './options.js';

/** A store on a database of its own behind the façade, for the contract and for tests of this store alone. */
export class FacadeHarness implements EventStoreHarness {
  readonly limits = serverLimits;
  readonly refusesPositionsAhead = true;
  readonly name = randomUUID();
  readonly #facade: Facade;
  readonly #options: Partial<EventStoreDbOptions>;
  #store: EventStoreDbEventStore | undefined;

  constructor(facade: Facade, options: Partial<EventStoreDbOptions> = {}) {
    this.#facade = facade;
    this.#options = options;
  }

  get database(): FacadeDatabase {
    return this.#facade.database(this.name);
  }

  async open(): Promise<EventStoreDbEventStore> {
    const connectionString = this.#facade.connectionString(this.name);
    this.database.log.writesSystemEvents = true;
    this.#store = await EventStoreDbEventStore.open({ connectionString, electionMs: 200, ...this.#options });
    return this.#store;
  }

  async reopen(): Promise<EventStoreDbEventStore> {
    await this.#store?.close();
    return this.open();
  }

  async dispose(): Promise<void> {
    await this.#store?.close();
  }

  /** With the server away for a while, so that the store can't find out by itself. */
  async loseReplyOnce(): Promise<void> {
    this.database.faults.losesReply = true;
    this.database.faults.awayAfterLostReply = true;
  }

  async endSubscriptionsCleanly(): Promise<void> {
    this.database.faults.endSubscriptionsCleanly();
  }

  async muteSubscriptions(): Promise<void> {
    this.database.faults.muteSubscriptions();
  }
}
