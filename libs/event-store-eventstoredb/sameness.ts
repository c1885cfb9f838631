import { Doubted, PositionForeign, parsePosition, type LastRead } from '#libs/event-store';

import type { Connection } from './connection.js';
import { beginNewEpoch, readEpoch } from './identity.js';
import { placeOf } from './layout.js';
import type { Settings } from './options.js';
import type { Reader } from './reader.js';

/**
 * Whether the server's store is still the one that was read. One look at one node decides nothing: a leader that slept
 * answers for seconds with the log of before, and after an election the end may lie before what was read. Meanwhile
 * nothing is read and nothing appended; another store it is only where every look for longer than an election says so.
 */
export class Sameness {
  readonly #connection: Connection;
  readonly #reader: Reader;
  readonly #settings: Settings;
  /** Those who follow the record and found that it is not what they read. */
  readonly #doubting = new Set<object>();
  #foreign = false;

  constructor(connection: Connection, reader: Reader, settings: Settings) {
    this.#connection = connection;
    this.#reader = reader;
    this.#settings = settings;
  }

  /** Throws `PositionForeign` where this one look finds another identity, or not the event that was read last. */
  async look(last: LastRead | undefined): Promise<void> {
    const epoch = await readEpoch(this.#connection, this.#settings);
    // The node that was asked at the opening may have known less than this one.
    if (last !== undefined && epoch === parsePosition(last.position).epoch) this.#reader.epoch = epoch;
    if (epoch !== this.#reader.epoch) {
      throw new PositionForeign(
        `The server now has the identity ${epoch ?? 'of no one'}: it is another store.`,
      );
    }
    if (last === undefined) return;
    const place = placeOf(epoch, last.position);
    if (place !== undefined && (await this.#reader.idAt(place)) === last.id) return;
    throw new PositionForeign(
      'The store does not hold the event that was read from it last: it was put back to an earlier state.',
    );
  }

  doubt(who: object): void {
    this.#doubting.add(who);
  }

  trust(who: object): void {
    this.#doubting.delete(who);
  }

  conclude(): void {
    this.#foreign = true;
  }

  /** Throws `Doubted` while it is not certain that what would be read or appended belongs to what was read. */
  refuseDoubtful(): void {
    if (this.#foreign) {
      throw new Doubted(
        'The event store is not the one that was read before: "entente rebuild" goes on with it, once it is known to be the right one.',
      );
    }
    if (this.#doubting.size > 0) {
      throw new Doubted('The event store does not show what was read from it: it is being looked at again.');
    }
  }

  /** Goes on with the store as it is, in a life that no position from before belongs to. */
  async beginNewLife(before: string | undefined): Promise<void> {
    this.#reader.epoch = await beginNewEpoch(this.#connection, this.#settings, before);
    this.#foreign = false;
    this.#doubting.clear();
  }
}
