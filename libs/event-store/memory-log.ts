import { Conflict, StreamNotFound, Unavailable } from './errors.js';
import { matchesFilter } from './filter.js';
import type { Page, PagedLog } from './paging.js';
import type { Appended, Expected, Filter, JsonObject, JsonValue, Recorded } from './port.js';
import { formatPosition } from './position.js';
import type { SerialisedEvent } from './serialise.js';

/** How many events one page searches at the most, so that a sparse filter gives checkpoints as it goes. */
const searchedEvents = 10_000;

/** What outlives a restart: the events in total order, and by stream their indexes in that order. */
interface Kept {
  readonly epoch: string;
  readonly events: Recorded[];
  readonly streams: Map<string, number[]>;
}

export class MemoryLog implements PagedLog {
  #closed = false;

  private constructor(private readonly kept: Kept) {}

  static empty(epoch: string): MemoryLog {
    return new MemoryLog({ epoch, events: [], streams: new Map() });
  }

  /** The same events behind a new door, as after a restart; this door is closed. */
  reopen(): MemoryLog {
    this.close();
    return new MemoryLog(this.kept);
  }

  close(): void {
    this.#closed = true;
  }

  get epoch(): string {
    return this.kept.epoch;
  }

  append(
    stream: string,
    events: readonly SerialisedEvent[],
    expected: Expected,
    /** Asked only if something is stored; told when the event before in the whole store was recorded. */
    recordedAt: (before: string | undefined) => string,
  ): Appended {
    this.#refuseIfClosed();
    const actual = this.streamHead(stream);
    const before = expected === 'no_stream' ? -1n : expected;
    if (actual === undefined ? expected !== 'no_stream' : actual !== before) {
      return this.#earlierResult(stream, events, before, actual);
    }
    const time = recordedAt(this.kept.events.at(-1)?.recordedAt);
    const indexes = this.kept.streams.get(stream) ?? [];
    for (const event of events) {
      const number = BigInt(this.kept.events.length + 1);
      indexes.push(this.kept.events.length);
      this.kept.events.push(
        deepFreeze({
          ...event,
          data: JSON.parse(event.data) as JsonObject,
          content: event.content === null ? null : (JSON.parse(event.content) as JsonObject),
          meta: JSON.parse(event.meta) as JsonObject,
          stream,
          revision: BigInt(indexes.length - 1),
          position: formatPosition(this.epoch, number),
          recordedAt: time,
        }),
      );
    }
    this.kept.streams.set(stream, indexes);
    return { ...this.#resultAt(stream, before + BigInt(events.length)), recordedAt: time };
  }

  eraseContent(stream: string, revision: bigint): void {
    this.#refuseIfClosed();
    const indexes = this.kept.streams.get(stream);
    if (indexes === undefined) throw new StreamNotFound(stream);
    const index = indexes[Number(revision)];
    const event = index === undefined ? undefined : this.kept.events[index];
    if (index === undefined || event === undefined) {
      throw new RangeError(`There is no revision ${revision} in the stream ${stream}.`);
    }
    this.kept.events[index] = Object.freeze({ ...event, content: null, salt: null });
  }

  head(): bigint {
    this.#refuseIfClosed();
    return BigInt(this.kept.events.length);
  }

  page(after: bigint, filter: Filter | undefined, limit: number): Page {
    this.#refuseIfClosed();
    const { events } = this.kept;
    const end = Math.min(Number(after) + searchedEvents, events.length);
    const found: Recorded[] = [];
    let at = Number(after);
    while (at < end && found.length < limit) {
      const event = events[at];
      if (event !== undefined && matchesFilter(filter, event)) found.push(event);
      at += 1;
    }
    return { events: found, searchedTo: BigInt(at), reachedHead: at === events.length };
  }

  streamHead(stream: string): bigint | undefined {
    this.#refuseIfClosed();
    const indexes = this.kept.streams.get(stream);
    return indexes && BigInt(indexes.length - 1);
  }

  streamPage(stream: string, from: bigint, to: bigint): readonly Recorded[] {
    this.#refuseIfClosed();
    const [low, high] = from <= to ? [from, to] : [to, from];
    const indexes = (this.kept.streams.get(stream) ?? []).slice(Number(low), Number(high) + 1);
    const events = indexes.flatMap((index) => this.kept.events[index] ?? []);
    return from <= to ? events : events.toReversed();
  }

  /** A repeat with the same ids at the same revisions gets the result of the first time; anything else conflicts. */
  #earlierResult(
    stream: string,
    events: readonly SerialisedEvent[],
    before: bigint,
    actual: bigint | undefined,
  ): Appended {
    const last = before + BigInt(events.length);
    if (actual === undefined || last > actual) throw new Conflict(stream, actual);
    const stored = this.streamPage(stream, before + 1n, last);
    if (!stored.every(({ id }, index) => id === events[index]?.id)) throw new Conflict(stream, actual);
    return this.#resultAt(stream, last);
  }

  #resultAt(stream: string, revision: bigint): Appended {
    const index = this.kept.streams.get(stream)?.[Number(revision)] ?? -1;
    return { revision, position: formatPosition(this.epoch, BigInt(index + 1)) };
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw new Unavailable('The store is closed.');
  }
}

function deepFreeze<T extends JsonValue | Recorded | undefined>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part as JsonValue | undefined);
  }
  return value;
}
