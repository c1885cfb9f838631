import { jsonEvent, type EventData } from '@eventstore/db-client';

import {
  Conflict,
  EventStoreError,
  OutcomeUnknown,
  StreamNotFound,
  Unavailable,
  type Appended,
  type Expected,
} from '#libs/event-store';

import type { Connection } from './connection.js';
import { readFailure, verdictOn } from './failures.js';
import { placeOfEvent, positionOf } from './layout.js';
import type { Settings } from './options.js';
import type { Reader } from './reader.js';
import { backOffMs, countDown, pause } from './timers.js';

export interface AppendRequest {
  readonly stream: string;
  readonly events: readonly EventData[];
  readonly expected: Expected;
}

const revisionNeverReached = 2n ** 62n;

interface Found {
  readonly id: string;
  readonly revision: bigint;
  readonly position: Appended['position'];
}

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
    const { timers, requestTimeoutMs } = this.#settings;
    const time = countDown(timers, requestTimeoutMs);
    try {
      for (let tried = 0; ; tried += 1) {
        try {
          return await this.#send(request);
        } catch (error) {
          if (error instanceof Unavailable || error instanceof OutcomeUnknown) throw error;
          const verdict = verdictOn(request.stream, error);
          if (verdict === undefined) return await this.#whatBecameOf(request, error);
          if (verdict instanceof Conflict) return await this.#judge(request, verdict);
          if (verdict !== 'not taken') throw verdict;
          // Nothing was stored: the node does not lead, or takes nothing now.
          if (time.isOver()) {
            throw new Unavailable(this.#connection.trouble ?? 'The event store has no leader now.');
          }
          await pause(timers, backOffMs(tried, this.#settings));
        }
      }
    } finally {
      time.stop();
    }
  }

  /**
   * Throws `Refused` where the user may not append to the stream. The server looks at rights before revisions, so an
   * append at one that no stream ever reaches tells, and stores nothing.
   */
  async tryRight(stream: string): Promise<void> {
    const event = jsonEvent({ type: 'RightTried', data: {} });
    try {
      await this.#send({ stream, events: [event], expected: revisionNeverReached });
    } catch (error) {
      const verdict = error instanceof EventStoreError ? error : verdictOn(stream, error);
      if (verdict instanceof Conflict) return;
      throw verdict instanceof Error
        ? verdict
        : new Unavailable('The event store takes nothing now.', { cause: error });
    }
  }

  async #send(request: AppendRequest): Promise<Appended> {
    const { stream, events, expected } = request;
    const { nextExpectedRevision: revision, position } = await this.#connection.ask(
      (api) =>
        api.appendToStream(stream, [...events], {
          expectedRevision: expected,
          requiresLeader: true,
          deadline: this.#settings.requestTimeoutMs,
        }),
      'no writing',
    );
    if (position !== undefined) return { revision, position: positionOf(this.#reader.epoch, position) };
    // The server may know an append again without knowing where it is.
    return await this.#whatBecameOf(request, undefined);
  }

  /**
   * The server knows an append again by the ids of its events only at the exact revision, and that is where we look.
   * What is there is certain: our events, or others. What is not there may still be on its way.
   */
  async #whatBecameOf(request: AppendRequest, cause: unknown): Promise<Appended> {
    const { stream, events } = request;
    try {
      const found = await this.#at(request, events.length);
      const last = found.at(-1);
      if (last !== undefined) {
        const ours = asAppended(request, found);
        if (ours !== undefined) return ours;
        throw new Conflict(stream, (await this.#end(stream)) ?? last.revision);
      }
    } catch (error) {
      if (error instanceof Conflict) throw error;
      throw unknown(stream, cause ?? error);
    }
    throw unknown(stream, cause);
  }

  /**
   * The leader refuses by what it has written, and reads show what all have: so what a conflict names is waited for.
   * Then it is judged by what is there, for a server that has forgotten the ids refuses our own events too.
   */
  async #judge(request: AppendRequest, conflict: Conflict): Promise<Appended> {
    const { timers, requestTimeoutMs } = this.#settings;
    const { stream, actual } = conflict;
    const first = firstOf(request);
    if (actual === undefined) throw conflict;
    const time = countDown(timers, requestTimeoutMs);
    try {
      for (let looked = 0; !time.isOver(); looked += 1) {
        if (((await this.#end(stream)) ?? -1n) >= actual) {
          const found = actual < first ? [] : await this.#at(request, request.events.length);
          const ours = asAppended(request, found);
          if (ours !== undefined) return ours;
          throw conflict;
        }
        await pause(timers, backOffMs(looked, this.#settings) / 10);
      }
    } finally {
      time.stop();
    }
    throw new Unavailable('The event store refuses an append by what it does not show yet.');
  }

  async #at(request: AppendRequest, limit: number): Promise<readonly Found[]> {
    return await this.#read(request.stream, { from: firstOf(request), limit });
  }

  /** The revision at which the stream ends for those who read it; undefined where there is none. */
  async #end(stream: string): Promise<bigint | undefined> {
    return (await this.#read(stream, { backwards: true, limit: 1 }))[0]?.revision;
  }

  async #read(
    stream: string,
    options: { readonly from?: bigint; readonly backwards?: boolean; readonly limit: number },
  ): Promise<readonly Found[]> {
    const found: Found[] = [];
    try {
      for await (const event of this.#reader.raw(stream, options)) {
        const position = positionOf(this.#reader.epoch, placeOfEvent(event));
        found.push({ id: event.id, revision: event.revision, position });
      }
    } catch (error) {
      const failure = readFailure(stream, error);
      if (!(failure instanceof StreamNotFound)) throw failure;
    }
    return found;
  }
}

function firstOf({ expected }: AppendRequest): bigint {
  return expected === 'no_stream' ? 0n : expected + 1n;
}

/** Undefined where what was found is not what was sent. */
function asAppended({ events }: AppendRequest, found: readonly Found[]): Appended | undefined {
  const last = found.at(-1);
  const isOurs = found.length === events.length && found.every(({ id }, index) => id === events[index]?.id);
  return last === undefined || !isOurs ? undefined : { revision: last.revision, position: last.position };
}

function unknown(stream: string, cause: unknown): OutcomeUnknown {
  return new OutcomeUnknown(`Nobody knows whether the append to ${stream} was stored.`, { cause });
}
