import type { Filter } from '#libs/event-store';

import type { EventStoreDbEventStore } from '../eventstoredb-event-store.js';

/** A subscriber that keeps what it received, for as long as the store is open. */
export class FaultReader {
  readonly ids: string[] = [];
  #arrived: () => void = () => undefined;
  readonly #failed: Promise<never>;

  constructor(store: EventStoreDbEventStore, filter: Filter) {
    this.#failed = this.#read(store, filter);
  }

  async has(ids: readonly string[]): Promise<void> {
    const complete = async () => {
      while (!ids.every((id) => this.ids.includes(id))) {
        await new Promise<void>((resolve) => (this.#arrived = resolve));
      }
    };
    await Promise.race([complete(), this.#failed]);
  }

  async #read(store: EventStoreDbEventStore, filter: Filter): Promise<never> {
    for await (const message of store.subscribe({ filter, signal: new AbortController().signal })) {
      if (message.kind !== 'event') continue;
      this.ids.push(message.event.id);
      this.#arrived();
    }
    // Only the closing of the store ends a subscription, and then nobody waits any more.
    return new Promise<never>(() => undefined);
  }
}
