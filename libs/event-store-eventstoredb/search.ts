import type { AllStreamResolvedEvent } from '@eventstore/db-client';

import { PositionForeign, matchesFilter, type Filter, type Msg, type Recorded } from '#libs/event-store';

import type { Connection } from './connection.js';
import type { ContentKeys } from './content-keys.js';
import { liesInsideAnother } from './failures.js';
import { afterwards, inOrder } from './in-order.js';
import { isAfter, isOurs, placeOfEvent, positionOf, type Place } from './layout.js';
import type { Settings } from './options.js';
import { readAhead, type Reader } from './reader.js';
import { readAll } from './server-reads.js';

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

export interface SearchFor {
  readonly filter: Filter | undefined;
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

/** An event of `$all` on its way: what it is, where it is one of those asked for. */
interface Passed {
  readonly place: Place;
  readonly isOurs: boolean;
  readonly event?: Recorded;
}

/** Single searches of `$all`; none of them is repeated here. */
export class Search {
  constructor(
    private readonly connection: Connection,
    private readonly settings: Settings,
    private readonly keys: ContentKeys,
    private readonly reader: Reader,
  ) {}

  /**
   * One bounded search after the cursor: one call, and beside it one for what was erased since the last. The client can't
   * filter a read of `$all`, so what others wrote comes along and is left out here; so do the keys of the words.
   */
  async *after(cursor: Cursor, { filter, limit, signal }: SearchFor): AsyncGenerator<Msg> {
    const after = cursor.at;
    let [seen, found] = [0, 0];
    let passed: Place | undefined;
    const pass = ({ event }: AllStreamResolvedEvent) => {
      seen += 1;
      cursor.sawAnything = true;
      return event === undefined ? undefined : this.#pass(event, after, filter);
    };
    const read = readAll(this.connection, this.settings, { from: after, limit: searchedEvents, signal });
    const items = afterwards(this.keys.refresh(), refusingInside(read));
    for await (const one of inOrder(items, pass, readAhead)) {
      if (one === undefined) continue;
      // Not before: what was read ahead and not given is read again.
      cursor.at = one.place;
      if (one.isOurs) passed = one.event === undefined ? one.place : undefined;
      if (one.event === undefined) continue;
      found += 1;
      yield { kind: 'event', event: one.event };
      if (found === limit) return;
    }
    cursor.reachedHead = seen < searchedEvents;
    // What the server writes for itself is worth a checkpoint only where there is a whole page of it.
    const checkpoint = cursor.reachedHead ? passed : (passed ?? cursor.at);
    if (checkpoint === undefined) return;
    yield { kind: 'checkpoint', position: positionOf(this.reader.epoch, checkpoint) };
  }

  /** After the newest event of all there is nothing to read: the store was put back to an earlier state. */
  async refuseAhead(at: Place): Promise<void> {
    const newest = await this.reader.newest(() => true);
    if (newest !== undefined && !isAfter(at, newest)) return;
    throw new PositionForeign(
      `The position ${at.commit} is ahead of the newest event: this store was put back to an earlier state.`,
    );
  }

  /** A forward read begins with the event at its position, and the port begins after it. */
  #pass(
    event: NonNullable<AllStreamResolvedEvent['event']>,
    after: Place | undefined,
    filter: Filter | undefined,
  ): Passed | Promise<Passed> | undefined {
    this.keys.note(event);
    const place = placeOfEvent(event);
    if (!isAfter(place, after)) return undefined;
    if (!isOurs(event)) return { place, isOurs: false };
    if (!matchesFilter(filter, { stream: event.streamId, type: event.type })) return { place, isOurs: true };
    const recorded = this.reader.recorded(event);
    return recorded instanceof Promise
      ? recorded.then((opened) => ({ place, isOurs: true, event: opened }))
      : { place, isOurs: true, event: recorded };
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
