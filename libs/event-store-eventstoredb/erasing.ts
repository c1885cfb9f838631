import type { EventData, EventStoreDBClient } from '@eventstore/db-client';

import { Refused, Unavailable } from '#libs/event-store';

import type { Connection } from './connection.js';
import type { ContentKeys } from './content-keys.js';
import { isConflict, isDeleted, readFailure, refusesUser } from './failures.js';
import { erasedEventOf, erasedKeysStream, keyStreamOf } from './key-streams.js';
import type { StoredEvent } from './layout.js';
import type { Settings } from './options.js';
import type { Reader } from './reader.js';
import { backOffMs, countDown, pause } from './timers.js';

const revisionNeverReached = 2n ** 62n;

/**
 * Erases words by deleting the stream of their key for good. First the key is named as erased, so that nobody who
 * remembers it, or finds it in `$all`, uses it without asking. The key itself is on the disks of the nodes until each of
 * them has scavenged.
 */
export class Erasing {
  constructor(
    private readonly connection: Connection,
    private readonly reader: Reader,
    private readonly keys: ContentKeys,
    private readonly settings: Settings,
  ) {}

  /**
   * Repeating it changes nothing, so what passes is waited out for as long as one answer is. Errors as the port says;
   * `Unavailable` where it is not known whether the key is deleted.
   */
  async erase(stream: string, revision: bigint): Promise<void> {
    const { timers, requestTimeoutMs } = this.settings;
    const time = countDown(timers, requestTimeoutMs);
    try {
      for (let tried = 0; ; tried += 1) {
        try {
          return await this.#erase(stream, revision);
        } catch (error) {
          const failure = readFailure(stream, error);
          const passes = failure instanceof Unavailable && !(failure instanceof Refused);
          if (!passes || time.isOver() || this.connection.closed) throw failure;
        }
        await pause(timers, backOffMs(tried, this.settings));
      }
    } finally {
      time.stop();
    }
  }

  /** Throws `Refused` where the user may not delete streams of keys; at a revision that none reaches nothing is deleted. */
  async tryRight(stream: string): Promise<void> {
    try {
      await this.#delete(stream, revisionNeverReached);
    } catch (error) {
      if (!isConflict(error)) throw readFailure(stream, error);
    }
  }

  async #erase(stream: string, revision: bigint): Promise<void> {
    const { id, data } = await this.#eventAt(stream, revision);
    const key = data.words?.key;
    if (key !== undefined && (await this.keys.keyOf(key)) !== undefined) {
      await this.#name(erasedEventOf(key));
      await this.#delete(key, 'any').catch(unlessDeleted);
    }
    if (key !== undefined) this.keys.sayErased(key);
    this.settings.onErased({ stream, revision, id });
  }

  async #eventAt(stream: string, revision: bigint): Promise<StoredEvent> {
    for await (const event of this.reader.stored(stream, { from: revision, limit: 1 }))
      if (event.revision === revision) return event;
    throw new RangeError(`There is no revision ${revision} in the stream ${stream}.`);
  }

  #name(named: EventData): Promise<unknown> {
    return this.#write((api) => api.appendToStream(erasedKeysStream, [named], { requiresLeader: true }));
  }

  #delete(key: string, expectedRevision: bigint | 'any'): Promise<unknown> {
    return this.#write((api) =>
      api.tombstoneStream(keyStreamOf(key), { expectedRevision, requiresLeader: true }),
    );
  }

  async #write(request: (api: EventStoreDBClient) => Promise<unknown>): Promise<void> {
    try {
      await this.connection.ask(request, 'nothing');
    } catch (error) {
      throw refusesUser(error) ? mayNotDelete(error) : error;
    }
  }
}

/** Somebody else has deleted it meanwhile, or we had, and were not told. */
function unlessDeleted(error: unknown): void {
  if (!isDeleted(error)) throw error;
}

function mayNotDelete(cause: unknown): Refused {
  return new Refused(
    'The event store refuses to let the user of EVENTSTORE_URL delete the key of words, so that they can be erased: the operator has to give that user the right to write and to delete the streams content-key-….',
    { cause },
  );
}
