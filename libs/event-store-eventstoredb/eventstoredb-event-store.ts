import {
  ErasureUnsupported,
  PositionForeign,
  StreamNotFound,
  Unavailable,
  readRecordedAt,
  serialiseAppend,
  type Appended,
  type EventStore,
  type Expected,
  type LastRead,
  type Msg,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type Recorded,
  type SubscribeOptions,
} from '#libs/event-store';

import { Appender } from './appender.js';
import { Connection } from './connection.js';
import { readFailure } from './failures.js';
import { establishEpoch } from './identity.js';
import { eventDataOf, isAfter, placeOf, refuseUnstorable, type Place } from './layout.js';
import { settingsOf, type EventStoreDbOptions, type Settings } from './options.js';
import { Reader } from './reader.js';
import { RepeatedReads } from './repeated-reads.js';
import { keepNewest } from './retention.js';
import { Sameness } from './sameness.js';
import { Subscription } from './subscription.js';
import { countDown, pause } from './timers.js';

/** A connection carries 100 calls; what subscriptions leave is for reads and appends, which need one each. */
const mostSubscriptions = 64;

/** The event store of many servers: EventStoreDB, or KurrentDB, spoken to by its own client. */
export class EventStoreDbEventStore implements EventStore {
  readonly erasesContent = false;
  readonly #settings: Settings;
  readonly #connection: Connection;
  readonly #reader: Reader;
  readonly #reads: RepeatedReads;
  readonly #appender: Appender;
  readonly #sameness: Sameness;
  readonly #closing = new AbortController();
  readonly #appends = new Set<Promise<Appended>>();
  readonly #subscriptions = new Set<Subscription>();
  #newestKnown: Place | undefined;

  private constructor(settings: Settings, connection: Connection, epoch: string) {
    this.#settings = settings;
    this.#connection = connection;
    this.#reader = new Reader(connection, settings, epoch);
    this.#sameness = new Sameness(connection, this.#reader, settings);
    this.#reads = new RepeatedReads(connection, this.#reader, this.#sameness, settings);
    this.#appender = new Appender(connection, this.#reader, settings);
  }

  /** Throws `Unavailable` where no server answers, and `Fatal` where the user may not read. */
  static async open(options: EventStoreDbOptions): Promise<EventStoreDbEventStore> {
    const settings = settingsOf(options);
    const connection = new Connection(settings);
    try {
      return new EventStoreDbEventStore(settings, connection, await establishEpoch(connection, settings));
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** What keeps the store from its work, as far as it is known now; undefined while nothing is known to. */
  get trouble(): string | undefined {
    return this.#connection.trouble;
  }

  get silentMs(): number {
    return this.#connection.silentMs;
  }

  async identity(): Promise<{ epoch: string }> {
    return { epoch: this.#reader.epoch };
  }

  async append(
    stream: string,
    events: readonly [NewEvent, ...NewEvent[]],
    { expected, signal }: { readonly expected: Expected; readonly signal?: AbortSignal },
  ): Promise<Appended> {
    signal?.throwIfAborted();
    this.#refuseIfClosed();
    this.#sameness.refuseDoubtful();
    refuseUnstorable(stream, events);
    const serialised = serialiseAppend(stream, events, expected, this.#settings.limits);
    const recordedAt = readRecordedAt(this.#settings.clock);
    const data = serialised.events.map((event) => eventDataOf(event, recordedAt));
    const append = this.#appender.append({ stream, events: data, expected });
    this.#appends.add(append);
    try {
      const appended = await append;
      this.#noteNewest(appended.position);
      return { ...appended, recordedAt };
    } finally {
      this.#appends.delete(append);
    }
  }

  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<Recorded> {
    return this.#reads.stream(stream, options);
  }

  readAll(options: ReadAllOptions): AsyncIterable<Msg> {
    return this.#reads.all(options);
  }

  async head(): Promise<Position | undefined> {
    const head = await this.#reads.head();
    // Whoever asks is about to wait for it, and a filter may keep a subscription from hearing of it.
    if (head !== undefined) this.#noteNewest(head);
    return head;
  }

  async *subscribe(options: SubscribeOptions): AsyncGenerator<Msg> {
    const { signal } = options;
    if (signal.aborted) return;
    this.#refuseIfClosed();
    if (this.#subscriptions.size >= mostSubscriptions) {
      throw new Unavailable(`One store takes ${mostSubscriptions} subscriptions at the most.`);
    }
    const parts = {
      connection: this.#connection,
      reader: this.#reader,
      settings: this.#settings,
      sameness: this.#sameness,
      newestKnown: () => this.#newestKnown,
    };
    const over = AbortSignal.any([signal, this.#closing.signal]);
    const subscription = new Subscription(parts, options, over);
    this.#subscriptions.add(subscription);
    try {
      yield* subscription.messages();
    } finally {
      this.#subscriptions.delete(subscription);
      this.#sameness.trust(subscription);
    }
  }

  async beginNewLife(before: string | undefined): Promise<void> {
    await this.#sameness.beginNewLife(before);
    this.#newestKnown = undefined;
    this.#reads.forget();
  }

  /** Whether what was read last is still at its place; it is looked for longer than an election takes before it is not. */
  async shows(last: LastRead): Promise<boolean> {
    const { electionMs, timers } = this.#settings;
    const time = countDown(timers, electionMs);
    try {
      for (;;) {
        try {
          await this.#sameness.look(last);
          return true;
        } catch (error) {
          if (!(error instanceof PositionForeign)) throw readFailure(undefined, error);
          if (time.isOver()) return false;
        }
        await pause(timers, electionMs / 10);
      }
    } finally {
      time.stop();
    }
  }

  /** Throws `Refused` where the user may not read that stream, or not append to it; stores nothing. */
  async tryRights(stream: string): Promise<void> {
    try {
      for await (const _ of this.readStream(stream, { limit: 1 })) break;
    } catch (error) {
      if (!(error instanceof StreamNotFound)) throw error;
    }
    await this.#appender.tryRight(stream);
  }

  /** For technical streams alone: see `keepNewest`. */
  keepNewest(stream: string, count: number): Promise<void> {
    return keepNewest(this.#connection, stream, count);
  }

  /** The server rewrites no event: erasure needs a store that does, or words kept elsewhere. */
  async eraseContent(): Promise<never> {
    this.#refuseIfClosed();
    throw new ErasureUnsupported();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#appends);
    this.#connection.close();
  }

  #noteNewest(position: Position): void {
    const place = placeOf(this.#reader.epoch, position);
    if (place === undefined || !isAfter(place, this.#newestKnown)) return;
    this.#newestKnown = place;
    for (const subscription of this.#subscriptions) subscription.poke();
  }

  #refuseIfClosed(): void {
    if (this.#closing.signal.aborted) throw new Unavailable('The store is closed.');
  }
}
