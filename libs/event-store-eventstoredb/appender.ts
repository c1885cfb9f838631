import type { EventData } from '@eventstore/db-client';

import {
  Conflict,
  OutcomeUnknown,
  StreamNotFound,
  Unavailable,
  type Appended,
  type Expected,
} from '#libs/event-store';

import type { Connection } from './connection.js';
import { readFailure, verdictOn } from './failures.js';
import { positionOf } from './layout.js';
import type { Settings } from './options.js';
import type { Reader } from './reader.js';
import { backOffMs, pause } from './timers.js';

export interface AppendRequest {
  readonly stream: string;
  readonly events: readonly EventData[];
  readonly expected: Expected;
}

/** How often another leader is looked for before the caller hears that there is none. */
const leadersTried = 4;

/** Sends appends, and finds out what became of one whose answer was lost. */
export class Appender {
  readonly #connection: Connection;
  readonly #reader: Reader;
  readonly #settings: Settings;

  constructor(connection: Connection, reader: Reader, settings: Settings) {
    this.#connection = connection;
    this.#reader = reader;
    this.#settings = settings;
  }

  async append(request: AppendRequest): Promise<Appended> {
    const { stream, events, expected } = request;
    for (let tried = 0; tried < leadersTried; tried += 1) {
      try {
        const { nextExpectedRevision: revision, position } = await this.#connection.ask((api) =>
          api.appendToStream(stream, [...events], {
            expectedRevision: expected,
            requiresLeader: true,
            deadline: this.#settings.requestTimeoutMs,
          }),
        );
        if (position !== undefined) return { revision, position: positionOf(this.#reader.epoch, position) };
        // The server may know an append again without knowing where it is.
        return await this.#whatBecameOf(request, undefined);
      } catch (error) {
        if (error instanceof Unavailable || error instanceof OutcomeUnknown) throw error;
        const verdict = verdictOn(stream, error);
        if (verdict === undefined) return await this.#whatBecameOf(request, error);
        if (verdict !== 'not leader') throw verdict;
        // A node that does not lead stores nothing; the client goes to the leader that it named.
        await pause(this.#settings.timers, backOffMs(tried, this.#settings.random));
      }
    }
    throw new Unavailable('The event store has no leader now.');
  }

  /**
   * The server knows an append again by the ids of its events only at the exact revision, and that is where we look.
   * What is there is certain: our events, or others. What is not there may still be on its way.
   */
  async #whatBecameOf({ stream, events, expected }: AppendRequest, cause: unknown): Promise<Appended> {
    const first = expected === 'no_stream' ? 0n : expected + 1n;
    const stored: { id: string; revision: bigint; position: Appended['position'] }[] = [];
    try {
      for await (const event of this.#reader.stream(stream, { from: first, limit: events.length })) {
        stored.push(event);
      }
      const last = stored.at(-1);
      if (last !== undefined) {
        if (stored.length === events.length && stored.every(({ id }, index) => id === events[index]?.id)) {
          return { revision: last.revision, position: last.position };
        }
        for await (const { revision } of this.#reader.stream(stream, { backwards: true, limit: 1 })) {
          throw new Conflict(stream, revision);
        }
      }
    } catch (error) {
      if (error instanceof Conflict) throw error;
      if (!(readFailure(stream, error) instanceof StreamNotFound)) throw unknown(stream, cause ?? error);
    }
    throw unknown(stream, cause);
  }
}

function unknown(stream: string, cause: unknown): OutcomeUnknown {
  const words = cause instanceof Error ? ` (${cause.message})` : '';
  return new OutcomeUnknown(`Nobody knows whether the append to ${stream} was stored${words}.`, { cause });
}
