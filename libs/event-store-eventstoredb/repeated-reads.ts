import {
  Unavailable,
  type Msg,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type Recorded,
} from '#libs/event-store';

import type { Connection } from './connection.js';
import { readFailure } from './failures.js';
import { isAfter, isOurs, placeOf, positionOf, type Place } from './layout.js';
import type { Settings } from './options.js';
import type { Parts } from './parts.js';
import type { Reader } from './reader.js';
import { cursorAt, type Search } from './search.js';
import type { Sameness } from './sameness.js';
import { backOffMs, pause } from './timers.js';

/** How often a read that brought nothing more is begun again before its caller hears of it. */
const readAttempts = 3;

/** Reads that go on where they were cut off: what was given stays given, and the next call begins after it. */
export class RepeatedReads {
  readonly #connection: Connection;
  readonly #reader: Reader;
  readonly #search: Search;
  readonly #sameness: Sameness;
  readonly #settings: Settings;
  /** The newest event of ours as of the last look, and how far that look went. */
  #head: { ours: Place | undefined; searchedTo: Place | undefined } = {
    ours: undefined,
    searchedTo: undefined,
  };

  constructor({ connection, reader, search, sameness, settings }: Parts) {
    this.#connection = connection;
    this.#reader = reader;
    this.#search = search;
    this.#sameness = sameness;
    this.#settings = settings;
  }

  /** What was found of the log of before. */
  forget(): void {
    this.#head = { ours: undefined, searchedTo: undefined };
  }

  async *stream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<Recorded> {
    const { backwards = false, signal, limit = Number.MAX_SAFE_INTEGER } = options;
    signal?.throwIfAborted();
    this.#sameness.refuseDoubtful();
    let [from, left] = [options.from, limit];
    for (let failures = 0; ;) {
      try {
        const part = { ...options, ...(from === undefined ? {} : { from }), limit: left };
        for await (const event of this.#reader.stream(stream, part)) {
          failures = 0;
          yield event;
          left -= 1;
          from = event.revision + (backwards ? -1n : 1n);
          if (from < 0n || left === 0) return;
        }
        return;
      } catch (error) {
        failures += 1;
        await this.#beginAgain(stream, error, failures, signal);
      }
    }
  }

  async *all({ after, filter, limit, signal }: ReadAllOptions): AsyncGenerator<Msg> {
    signal?.throwIfAborted();
    this.#sameness.refuseDoubtful();
    const cursor = cursorAt(placeOf(this.#reader.epoch, after));
    let left = limit;
    for (let failures = 0; left > 0 && !cursor.reachedHead;) {
      try {
        for await (const message of this.#search.after(cursor, { filter, limit: left, signal })) {
          failures = 0;
          if (message.kind === 'event') left -= 1;
          yield message;
        }
        if (cursor.at !== undefined && !cursor.sawAnything) await this.#search.refuseAhead(cursor.at);
      } catch (error) {
        failures += 1;
        await this.#beginAgain(undefined, error, failures, signal);
      }
    }
  }

  async head(): Promise<Position | undefined> {
    this.#sameness.refuseDoubtful();
    for (let failures = 0; ;) {
      try {
        return await this.#findHead();
      } catch (error) {
        failures += 1;
        await this.#beginAgain(undefined, error, failures);
      }
    }
  }

  /** The server writes events of its own all the time, so each look goes back only as far as the one before. */
  async #findHead(): Promise<Position | undefined> {
    const known = this.#head;
    let searchedTo: Place | undefined;
    let ours = known.ours;
    await this.#reader.newest((event, place) => {
      searchedTo ??= place;
      if (!isAfter(place, known.searchedTo)) return true;
      if (!isOurs(event)) return false;
      ours = place;
      return true;
    });
    // Two looks at once may end in any order, and the head never goes back.
    if (searchedTo !== undefined && isAfter(searchedTo, this.#head.searchedTo))
      this.#head = { ours, searchedTo };
    return ours === undefined ? undefined : positionOf(this.#reader.epoch, ours);
  }

  /** Waits before the next attempt, or throws the failure in the words of the port where there is none. */
  async #beginAgain(
    stream: string | undefined,
    error: unknown,
    failures: number,
    signal?: AbortSignal,
  ): Promise<void> {
    signal?.throwIfAborted();
    const failure = readFailure(stream, error);
    const final = failure === error || !(failure instanceof Unavailable);
    if (final || failures >= readAttempts || this.#connection.closed) throw failure;
    await pause(this.#settings.timers, backOffMs(failures, this.#settings), signal);
  }
}
