import { describe, expect, it } from '@jest/globals';

import { EventStoreDbEventStore } from '#libs/event-store-eventstoredb';
import { serverLimits } from '#libs/event-store-eventstoredb/testing';
import { describeEventStoreContract, type EventStoreHarness } from '#libs/event-store/testing';

import { serverUrl } from './runs.js';

/** Others may write to the server, and none of the faults can be caused on it from here. */
class ServerHarness implements EventStoreHarness {
  readonly limits = serverLimits;
  readonly shared = true;
  #store: EventStoreDbEventStore | undefined;

  constructor(readonly connectionString: string) {}

  async open(): Promise<EventStoreDbEventStore> {
    this.#store = await EventStoreDbEventStore.open({ connectionString: this.connectionString });
    return this.#store;
  }

  async reopen(): Promise<EventStoreDbEventStore> {
    await this.#store?.close();
    return this.open();
  }

  async dispose(): Promise<void> {
    await this.#store?.close();
  }
}

if (serverUrl === undefined) {
  describe('The contract on a real EventStoreDB', () => {
    it('was not asked for: EVENTSTOREDB_TEST_URL names no server', () => {
      expect(serverUrl).toBeUndefined();
    });
  });
} else {
  const url = serverUrl;
  describeEventStoreContract('A real EventStoreDB', () => new ServerHarness(url));
}
