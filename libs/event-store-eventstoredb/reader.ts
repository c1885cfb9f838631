import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  type AllStreamResolvedEvent,
  type ResolvedEvent,
} from '@eventstore/db-client';

import {
  Fatal,
  PositionForeign,
  matchesFilter,
  type Filter,
  type Msg,
  type ReadStreamOptions,
  type Recorded,
} from '#libs/event-store';

import type { Connection } from './connection.js';
import { liesInsideAnother } from './failures.js';
import { isAfter, isOurs, placeOfEvent, positionOf, recordedFrom, type Place } from './layout.js';
import type { Settings } from './options.js';

/** How many events one read of `$all` searches at the most, so that a sparse filter gives checkpoints as it goes. */
const searchedEvents = 1_000;

/** Where a search of `$all` stands; whoever searches on starts from it, whatever the last call came to. */
export interface Cursor {
  at: Place | undefined;
  reachedHead: boolean;
  /** False where not even the event at which the search began was there. */
  sawAnything: boolean;
}

export function cursorAt(at: Place | undefined): Cursor {
  return { at, reachedHead: false, sawAnything: false };
}

/** Single calls that read; none of them is repeated here. */
export class Reader {
  readonly #connection: Connection;
  readonly #settings: Settings;

  constructor(
    connection: Connection,
    settings: Settings,
    public epoch: string,
  ) {
    this.#connection = connection;
    this.#settings = settings;
  }

  /** Forwards and inclusive; throws `StreamNotFound` by way of the client's failure. */
  async *stream(stream: string, options: ReadStreamOptions & { limit: number }): AsyncGenerator<Recorded> {
    const { from, to, backwards = false, limit, signal } = options;
    const call = await this.#connection.open<ResolvedEvent>((api) => {
      const read = api.readStream(stream, {
        direction: backwards ? BACKWARDS : FORWARDS,
        fromRevision: from ?? (backwards ? END : START),
        maxCount: Math.max(limit, 1),
        requiresLeader: true,
      });
      return { stream: read, cancel: () => read.cancel() };
    }, signal);
    let left = limit;
    for await (const { event } of call.items(this.#settings.requestTimeoutMs, signal)) {
      if (event === undefined) continue;
      // The server counts events and not revisions, so backwards from beyond the end it would go on past `to`.
      if (left === 0 || (to !== undefined && (backwards ? event.revision < to : event.revision > to))) return;
      if (!isOurs(event)) throw new Fatal(`The stream ${stream} holds an event of another program.`);
      left -= 1;
      yield recordedFrom(event, this.epoch);
    }
  }

  /** The id of the event at exactly that place; undefined where none begins there. */
  async idAt(place: Place): Promise<string | undefined> {
    const call = await this.#connection.open<AllStreamResolvedEvent>((api) => {
      const read = api.readAll({
        direction: FORWARDS,
        fromPosition: place,
        maxCount: 1,
        requiresLeader: true,
      });
      return { stream: read, cancel: () => read.cancel() };
    });
    try {
      for await (const { event } of call.items(this.#settings.requestTimeoutMs)) {
        if (event === undefined) continue;
        const found = placeOfEvent(event);
        return found.commit === place.commit && found.prepare === place.prepare ? event.id : undefined;
      }
    } catch (error) {
      if (!liesInsideAnother(error)) throw error;
    }
    return undefined;
  }

  /**
   * One bounded search of `$all` after the cursor. The client can't filter a read of `$all`, so what others wrote
   * comes along and is left out here.
   */
  async *search(
    cursor: Cursor,
    filter: Filter | undefined,
    limit: number,
    signal?: AbortSignal,
  ): AsyncGenerator<Msg> {
    const after = cursor.at;
    const call = await this.#connection.open<AllStreamResolvedEvent>((api) => {
      const read = api.readAll({
        direction: FORWARDS,
        fromPosition: after ?? START,
        maxCount: searchedEvents,
        requiresLeader: true,
      });
      return { stream: read, cancel: () => read.cancel() };
    }, signal);
    let [seen, found] = [0, 0];
    let passed: Place | undefined;
    for await (const { event } of refusingInside(call.items(this.#settings.requestTimeoutMs, signal))) {
      seen += 1;
      cursor.sawAnything = true;
      if (event === undefined) continue;
      const place = placeOfEvent(event);
      // A forward read begins with the event at its position, and the port begins after it.
      if (!isAfter(place, after)) continue;
      cursor.at = place;
      if (!isOurs(event)) continue;
      passed = place;
      if (!matchesFilter(filter, { stream: event.streamId, type: event.type })) continue;
      passed = undefined;
      found += 1;
      yield { kind: 'event', event: recordedFrom(event, this.epoch) };
      if (found === limit) return;
    }
    cursor.reachedHead = seen < searchedEvents;
    // What the server writes for itself is worth a checkpoint only where there is a whole page of it.
    const checkpoint = cursor.reachedHead ? passed : (passed ?? cursor.at);
    if (checkpoint !== undefined) yield { kind: 'checkpoint', position: positionOf(this.epoch, checkpoint) };
  }

  /** The newest place in `$all` for which the condition holds, or undefined; reads back in bounded calls. */
  async newest(
    accepts: (event: NonNullable<AllStreamResolvedEvent['event']>, place: Place) => boolean,
  ): Promise<Place | undefined> {
    let from: Place | undefined;
    for (;;) {
      const start = from;
      const call = await this.#connection.open<AllStreamResolvedEvent>((api) => {
        const read = api.readAll({
          direction: BACKWARDS,
          fromPosition: start ?? END,
          maxCount: searchedEvents,
          requiresLeader: true,
        });
        return { stream: read, cancel: () => read.cancel() };
      });
      let seen = 0;
      for await (const { event } of call.items(this.#settings.requestTimeoutMs)) {
        seen += 1;
        if (event === undefined) continue;
        from = placeOfEvent(event);
        if (accepts(event, from)) return from;
      }
      if (seen < searchedEvents) return undefined;
    }
  }
}

/** From a position inside a record nothing can be read, and whoever holds one has it from another log. */
async function* refusingInside<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    if (!liesInsideAnother(error)) throw error;
    throw new PositionForeign('The position lies inside another event: the store is not the one it is of.', {
      cause: error,
    });
  }
}

/** After the newest event of all there is nothing to read: the store was put back to an earlier state. */
export async function refuseAhead(reader: Reader, at: Place): Promise<void> {
  const newest = await reader.newest(() => true);
  if (newest !== undefined && !isAfter(at, newest)) return;
  throw new PositionForeign(
    `The position ${at.commit} is ahead of the newest event: this store was put back to an earlier state.`,
  );
}
