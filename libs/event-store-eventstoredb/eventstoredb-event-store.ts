import {
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

import { Connection } from './connection.js';
import { readFailure } from './failures.js';
import { establishEpoch } from './identity.js';
import { keyStreamOf } from './key-streams.js';
import { isAfter, placeOf, refuseUnstorable, type Place } from './layout.js';
import { settingsOf, type EventStoreDbOptions } from './options.js';
import { partsOf, type Parts } from './parts.js';
import { RepeatedReads } from './repeated-reads.js';
import { keepNewest } from './retention.js';
import { Subscription } from './subscription.js';
import { countDown, pause } from './timers.js';

/** A connection carries 100 calls; what subscriptions leave is for reads and appends, which need one each. */
const mostSubscriptions = 64;

/** The event store of many servers: EventStoreDB, or KurrentDB, spoken to by its own client. */
export class EventStoreDbEventStore implements EventStore {
  readonly #parts: Parts;
  readonly #reads: RepeatedReads;
  readonly #closing = new AbortController();
  readonly #underWay = new Set<Promise<Appended>>();
  readonly #subscriptions = new Set<Subscription>();
  #newestKnown: Place | undefined;

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.#reads = new RepeatedReads(parts);
  }

  /** Throws `Unavailable` where no server answers, and `Fatal` where the user may not read. */
  static async open(options: EventStoreDbOptions): Promise<EventStoreDbEventStore> {
    const settings = settingsOf(options);
    const connection = new Connection(settings);
    try {
      const epoch = await establishEpoch(connection, settings);
      return new EventStoreDbEventStore(partsOf(settings, connection, epoch));
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** What keeps the store from its work, as far as it is known now; undefined while nothing is known to. */
  get trouble(): string | undefined {
    return this.#parts.connection.trouble;
  }

  get silentMs(): number {
    return this.#parts.connection.silentMs;
  }

  async identity(): Promise<{ epoch: string }> {
    return { epoch: this.#parts.reader.epoch };
  }

  async append(
    stream: string,
    events: readonly [NewEvent, ...NewEvent[]],
    { expected, signal }: { readonly expected: Expected; readonly signal?: AbortSignal },
  ): Promise<Appended> {
    signal?.throwIfAborted();
    this.#refuseIfClosed();
    this.#parts.sameness.refuseDoubtful();
    refuseUnstorable(stream, events);
    const serialised = serialiseAppend(stream, events, expected, this.#parts.settings.limits);
    const recordedAt = readRecordedAt(this.#parts.settings.clock);
    const append = this.#parts.appends.append({ stream, events: serialised.events, expected }, recordedAt);
    this.#underWay.add(append);
    try {
      const appended = await append;
      this.#noteNewest(appended.position);
      return { ...appended, recordedAt };
    } finally {
      this.#underWay.delete(append);
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
    const parts = { ...this.#parts, newestKnown: () => this.#newestKnown };
    const over = AbortSignal.any([signal, this.#closing.signal]);
    const subscription = new Subscription(parts, options, over);
    this.#subscriptions.add(subscription);
    try {
      yield* subscription.messages();
    } finally {
      this.#subscriptions.delete(subscription);
      this.#parts.sameness.trust(subscription);
    }
  }

  async beginNewLife(before: string | undefined): Promise<void> {
    await this.#parts.sameness.beginNewLife(before);
    this.#newestKnown = undefined;
    this.#reads.forget();
    this.#parts.keys.forget();
  }

  /** Whether what was read last is still at its place; it is looked for longer than an election takes before it is not. */
  async shows(last: LastRead): Promise<boolean> {
    const { electionMs, timers } = this.#parts.settings;
    const time = countDown(timers, electionMs);
    try {
      for (;;) {
        try {
          await this.#parts.sameness.look(last);
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
    await this.#parts.appender.tryRight(stream);
  }

  /** The same of what erasing words takes. */
  async tryErasingRights(): Promise<void> {
    const key = 'doctor';
    await this.tryRights(keyStreamOf(key));
    await this.#parts.erasing.tryRight(key);
  }

  /** For technical streams alone: see `keepNewest`. */
  keepNewest(stream: string, count: number): Promise<void> {
    return keepNewest(this.#parts.connection, stream, count);
  }

  /**
   * Resolves once the key of the words is deleted: from then on nobody reads them from the store. Their bytes, and the
   * key's, are on the disks of the nodes until each of these has scavenged.
   */
  async eraseContent(stream: string, revision: bigint): Promise<void> {
    this.#refuseIfClosed();
    this.#parts.sameness.refuseDoubtful();
    await this.#parts.erasing.erase(stream, revision);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#underWay);
    this.#parts.connection.close();
  }

  #noteNewest(position: Position): void {
    const place = placeOf(this.#parts.reader.epoch, position);
    if (place === undefined || !isAfter(place, this.#newestKnown)) return;
    this.#newestKnown = place;
    for (const subscription of this.#subscriptions) subscription.poke();
  }

  #refuseIfClosed(): void {
    if (this.#closing.signal.aborted) throw new Unavailable('The store is closed.');
  }
}
