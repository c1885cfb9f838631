import { randomUUID } from 'node:crypto';

import { MemoryLog } from './memory-log.js';
import { followPages, readAllPages, readStreamPages } from './paging.js';
import type {
  Appended,
  EventStore,
  Expected,
  Msg,
  NewEvent,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  Recorded,
  Stored,
  SubscribeOptions,
} from './port.js';
import { formatPosition } from './position.js';
import { notBefore, readRecordedAt, systemClock, type RecordedAtClock } from './recorded-at.js';
import { serialiseAppend } from './serialise.js';
import { WakeUps } from './wake-ups.js';

export interface MemoryEventStoreOptions {
  readonly clock?: RecordedAtClock;
  /** Letters, digits and hyphens; a random UUID where none is given. */
  readonly epoch?: string;
}

/** The whole port without a disk: the fake of every test, and a store for trying things out. */
export class MemoryEventStore implements EventStore {
  readonly #clock: RecordedAtClock;
  readonly #wakeUps = new WakeUps();
  readonly #told: ((events: readonly Stored[]) => void)[] = [];
  #log: MemoryLog;

  constructor({ clock = systemClock, epoch = randomUUID() }: MemoryEventStoreOptions = {}) {
    this.#clock = clock;
    this.#log = MemoryLog.empty(epoch);
  }

  /** Closes this store and gives another over the same events, as a restart of a lasting store would. */
  async reopen(): Promise<this> {
    await this.close();
    const Kind = this.constructor as new (options: MemoryEventStoreOptions) => this;
    const next = new Kind({ clock: this.#clock, epoch: this.#log.epoch });
    next.#log = this.#log.reopen();
    return next;
  }

  async identity(): Promise<{ epoch: string }> {
    return { epoch: this.#log.epoch };
  }

  async append(
    stream: string,
    events: readonly [NewEvent, ...NewEvent[]],
    { expected, signal }: { readonly expected: Expected; readonly signal?: AbortSignal },
  ): Promise<Appended> {
    signal?.throwIfAborted();
    const serialised = serialiseAppend(stream, events, expected);
    const result = this.#log.append(stream, serialised.events, expected, (before) =>
      this.recordedAt(readRecordedAt(this.#clock), before),
    );
    if (result.recordedAt !== undefined) this.#tell(stream, result.revision, events.length);
    this.#wakeUps.notify();
    return result;
  }

  onStored(told: (events: readonly Stored[]) => void): void {
    this.#told.push(told);
  }

  #tell(stream: string, last: bigint, count: number): void {
    if (this.#told.length === 0) return;
    const events = this.#log.streamPage(stream, last - BigInt(count - 1), last);
    for (const told of this.#told) told(events);
  }

  headKept(stream: string): bigint | undefined {
    return this.#log.streamHead(stream);
  }

  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<Recorded> {
    return readStreamPages(this.#log, stream, options);
  }

  readAll(options: ReadAllOptions): AsyncIterable<Msg> {
    return readAllPages(this.#log, options);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<Msg> {
    return followPages(this.#log, this.#wakeUps, options);
  }

  async head(): Promise<Position | undefined> {
    const head = this.#log.head();
    return head === 0n ? undefined : formatPosition(this.#log.epoch, head);
  }

  async eraseContent(stream: string, revision: bigint): Promise<void> {
    this.#log.eraseContent(stream, revision);
  }

  protected recordedAt(now: string, before: string | undefined): string {
    return notBefore(before, now);
  }

  async close(): Promise<void> {
    this.#log.close();
    this.#wakeUps.end();
  }
}
