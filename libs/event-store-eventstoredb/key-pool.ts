import { Fatal, OutcomeUnknown, Unavailable } from '#libs/event-store';

import type { Appender } from './appender.js';
import type { Connection } from './connection.js';
import type { ContentKeys } from './content-keys.js';
import { isDeleted } from './failures.js';
import { keyEventOf, keyStreamOf } from './key-streams.js';
import { newContentKey, type ContentKey } from './sealed-words.js';
import { Turns } from './turns.js';

/** How many keys lie ready, once the first event was appended: that many a process that ends leaves unused. */
const spare = 32;
const storedAtOnce = 16;

/** A key that is stored; by which connection, for behind another one there may be another store. */
interface StoredKey extends ContentKey {
  readonly generation: number;
}

/**
 * Keys that are stored before any event needs them, so that an append waits for none of them. One that no event comes to
 * use opens nothing and stays where it is.
 */
export class KeyPool {
  #ready: Promise<StoredKey>[] = [];
  readonly #turns = new Turns(storedAtOnce);
  /** Keys of events that are stored, which are yet to be sent again. */
  #owed: readonly StoredKey[] = [];

  constructor(
    private readonly connection: Connection,
    private readonly appender: Appender,
    private readonly keys: ContentKeys,
  ) {}

  /** Throws `Unavailable` where they can't be stored. */
  async take(count: number): Promise<readonly ContentKey[]> {
    if (count === 0) return [];
    const taken: StoredKey[] = [];
    while (taken.length < count) {
      const next = await (this.#ready.shift() ?? this.#store());
      if (next.generation === this.connection.generation) taken.push(next);
      while (this.#ready.length < spare) this.#keep(this.#store());
    }
    return taken;
  }

  /**
   * After the events of these keys were appended: where the connection is another one by now, the keys are sent again. They
   * are stored once; only where a store was put back to before them are they written anew. Where it throws, the next call
   * sends them.
   */
  async secure(keys: readonly ContentKey[]): Promise<void> {
    for (const key of keys) this.keys.remember(key.id, key.bytes.toString('base64'));
    const elsewhere = (keys as readonly StoredKey[]).filter(
      ({ generation }) => generation !== this.connection.generation,
    );
    const owed = [...this.#owed, ...elsewhere];
    this.#owed = owed;
    await Promise.all(owed.map((key) => this.#send(key)));
    this.#owed = this.#owed.filter((one) => !owed.includes(one));
  }

  /** Of events that were refused for certain. */
  giveBack(keys: readonly ContentKey[]): void {
    for (const key of keys as readonly StoredKey[]) this.#ready.push(Promise.resolve(key));
  }

  #keep(storing: Promise<StoredKey>): void {
    this.#ready.push(storing);
    storing.catch(() => (this.#ready = this.#ready.filter((one) => one !== storing)));
  }

  async #store(): Promise<StoredKey> {
    const key = newContentKey();
    await this.#turns.run(() => this.#send(key));
    return { ...key, generation: this.connection.generation };
  }

  async #send(key: ContentKey): Promise<void> {
    try {
      await this.appender.append({
        stream: keyStreamOf(key.id),
        events: [keyEventOf(key)],
        expected: 'no_stream',
      });
    } catch (error) {
      // Somebody has erased the words of its event meanwhile.
      if (error instanceof Fatal && isDeleted(error.cause)) return;
      // Nothing of the event that it is for was sent, or that one is known to be stored.
      if (!(error instanceof OutcomeUnknown)) throw error;
      throw new Unavailable('The event store took no key for the words now.', { cause: error });
    }
  }
}
