import type { AllStreamResolvedEvent, RecordedEvent } from '@eventstore/db-client';

import { Damaged, Fatal, type ReadStreamOptions, type Recorded } from '#libs/event-store';

import type { Connection } from './connection.js';
import type { ContentKeys } from './content-keys.js';
import { liesInsideAnother } from './failures.js';
import { afterwards, inOrder } from './in-order.js';
import { isOurs, placeOfEvent, positionOf, recordedFrom, type Place, type StoredEvent } from './layout.js';
import type { Settings } from './options.js';
import { readAll, readStream } from './server-reads.js';

/** How many events one call looks back at. */
const lookedBackAt = 1_000;
/** How many events are read ahead while the key of an earlier one is asked for. */
export const readAhead = 32;

export type StreamRead = ReadStreamOptions & { readonly limit: number };

/** Single calls that read; none of them is repeated here. */
export class Reader {
  readonly #connection: Connection;
  readonly #settings: Settings;
  readonly #keys: ContentKeys;

  constructor(
    connection: Connection,
    settings: Settings,
    keys: ContentKeys,
    public epoch: string,
  ) {
    this.#connection = connection;
    this.#settings = settings;
    this.#keys = keys;
  }

  /**
   * Forwards and inclusive; throws `StreamNotFound` by way of the client's failure. One call, and one for each key that is
   * not remembered, many of them at once.
   */
  async *stream(stream: string, options: StreamRead): AsyncGenerator<Recorded> {
    const fresh = this.#keys.refreshIfOld();
    const events = afterwards(fresh, this.stored(stream, options));
    yield* inOrder(events, (event) => this.recorded(event), readAhead);
  }

  /** Throws `Damaged` with the place of the event, by which whoever goes through many passes over it. */
  recorded(event: StoredEvent): Recorded | Promise<Recorded> {
    const placed = (error: unknown) => placedDamage(error, event, this.epoch);
    try {
      const words = this.#keys.wordsOf(event);
      if (!(words instanceof Promise)) return recordedFrom(event, words, this.epoch);
      return words.then(
        (opened) => recordedFrom(event, opened, this.epoch),
        (error: unknown) => {
          throw placed(error);
        },
      );
    } catch (error) {
      throw placed(error);
    }
  }

  /** The events of a stream as the server holds them. */
  async *stored(stream: string, options: StreamRead): AsyncGenerator<StoredEvent> {
    const { to, backwards = false } = options;
    let left = options.limit;
    for await (const event of this.raw(stream, options)) {
      // The server counts events and not revisions, so backwards from beyond the end it would go on past `to`.
      if (left === 0 || (to !== undefined && (backwards ? event.revision < to : event.revision > to))) return;
      if (!isOurs(event)) throw new Fatal(`The stream ${stream} holds an event of another program.`);
      left -= 1;
      yield event;
    }
  }

  /** Whoever's they are. */
  raw(stream: string, options: StreamRead): AsyncGenerator<RecordedEvent> {
    return readStream(this.#connection, this.#settings, stream, options);
  }

  /** The id of the event at exactly that place; undefined where none begins there. */
  async idAt(place: Place): Promise<string | undefined> {
    try {
      for await (const { event } of readAll(this.#connection, this.#settings, { from: place, limit: 1 })) {
        if (event === undefined) continue;
        const found = placeOfEvent(event);
        return found.commit === place.commit && found.prepare === place.prepare ? event.id : undefined;
      }
    } catch (error) {
      if (!liesInsideAnother(error)) throw error;
    }
    return undefined;
  }

  /** The newest place in `$all` for which the condition holds, or undefined; reads back in bounded calls. */
  async newest(
    accepts: (event: NonNullable<AllStreamResolvedEvent['event']>, place: Place) => boolean,
  ): Promise<Place | undefined> {
    let from: Place | undefined;
    for (;;) {
      let seen = 0;
      const back = { from, backwards: true, limit: lookedBackAt };
      for await (const { event } of readAll(this.#connection, this.#settings, back)) {
        seen += 1;
        if (event === undefined) continue;
        from = placeOfEvent(event);
        if (accepts(event, from)) return from;
      }
      if (seen < lookedBackAt) return undefined;
    }
  }
}

function placedDamage(error: unknown, event: StoredEvent, epoch: string): unknown {
  if (!(error instanceof Damaged)) return error;
  const position = positionOf(epoch, placeOfEvent(event));
  const place = { stream: event.streamId, revision: event.revision, position };
  return new Damaged(error.message, { cause: error, place });
}
