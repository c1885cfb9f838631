/**
 * The event store port: what every store (memory, SQLite, EventStoreDB) promises.
 * The one contract suite in `#libs/event-store/testing` proves these promises for each of them.
 */

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/**
 * A place in the store's total order: `${epoch}.${commit:020}.${prepare:020}`.
 * Sorts as text; comparable only within one epoch (one life of one store).
 */
export type Position = string & { readonly __position: unique symbol };

/** The revision a stream must be at for an append. There is no `any`: it would have no strong idempotency. */
export type Expected = 'no_stream' | bigint;

export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly content: JsonObject | null;
  readonly salt: string | null;
  readonly meta: JsonObject;
}

export interface Recorded extends NewEvent {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: Position;
  /**
   * UTC, milliseconds, fixed width: `2025-04-10T09:00:00.000Z`. Set once, where order is decided, and then never earlier
   * than that of the event before it in the whole store. Where many servers append to one cluster each stamps by its own
   * clock, so times may fall along the order there, and readers take the running maximum.
   */
  readonly recordedAt: string;
}

/** An event as it is stored, without its words. */
export type Stored = Omit<Recorded, 'content' | 'salt'>;

export type Msg =
  | { readonly kind: 'event'; readonly event: Recorded }
  | { readonly kind: 'checkpoint'; readonly position: Position }
  | { readonly kind: 'caughtUp' };

/** Both lists are alternatives (any prefix, any type); the two together must both hold. An empty list matches nothing. */
export interface Filter {
  readonly streamPrefixes?: readonly string[];
  readonly types?: readonly string[];
}

export interface Appended {
  /** The revision of the last event of the append. */
  readonly revision: bigint;
  readonly position: Position;
  /**
   * The time that the events were stored with, for whoever has sent their ids for the first time; of a repeat it is absent
   * or says nothing.
   */
  readonly recordedAt?: string;
}

export interface ReadStreamOptions {
  /** Where reading starts, inclusive: backwards, that is the greater revision. */
  readonly from?: bigint;
  /** Where reading ends, inclusive like `from`. */
  readonly to?: bigint;
  readonly backwards?: boolean;
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

export interface ReadAllOptions {
  /** Exclusive. */
  readonly after?: Position;
  readonly filter?: Filter;
  /** How many events at the most. */
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/** The event that somebody read last: where the store holds another one there, it is another store. */
export interface LastRead {
  readonly position: Position;
  readonly id: string;
}

export interface SubscribeOptions {
  /** Exclusive. */
  readonly after?: Position;
  /**
   * By whoever keeps what it reads, with the event that it read last. A store that others may put another one in place
   * of holds that event against what is there, and gives and takes nothing while it does not find it.
   */
  readonly kept?: { readonly last: LastRead | undefined };
  readonly filter?: Filter;
  readonly signal: AbortSignal;
}

export interface EventStore {
  /** What keeps the store from its work, in words, as far as it is known; absent, or undefined, where nothing does. */
  readonly trouble?: string | undefined;

  /** Of a store elsewhere: for how many milliseconds it has said nothing. Absent where it is in our own hands. */
  readonly silentMs?: number;

  /**
   * Of a store that nobody else writes, as it is now: the revision that the stream has reached, where that is at hand. What
   * was read up to there is all that there is. Undefined where it has to be asked for; absent where others write too.
   */
  headKept?(stream: string): bigint | undefined;

  /**
   * Of a store that nobody else writes: has all that is appended from now on told, in the store's order, each before whoever
   * appended it is answered. What another program puts there is told by nobody: then a place is left out. Who is told
   * must not throw. Absent where others write too.
   */
  onStored?(told: (events: readonly Stored[]) => void): void;

  /** A name for this life of the store; positions of another epoch are refused with `PositionForeign`. */
  identity(): Promise<{ epoch: string }>;

  /**
   * Appends all events or none, at exactly the expected revision.
   * Durable when it resolves. A repeat with the same ids at the same expected revision returns the original result.
   * Throws `Conflict` (never retried by the store), `TooLarge`, `Unavailable` (nothing was stored; the caller may
   * retry), `OutcomeUnknown` (the caller re-reads, then sends the same ids at the same revision again).
   * An abort before the write stores nothing and throws the signal's reason.
   */
  append(
    stream: string,
    events: readonly [NewEvent, ...NewEvent[]],
    options: { readonly expected: Expected; readonly signal?: AbortSignal },
  ): Promise<Appended>;

  /** In revision order; throws `StreamNotFound` when iteration starts on an absent stream. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<Recorded>;

  /**
   * In position order. Ends after `limit` events or at the head; a filter that skips much yields checkpoints, and
   * the last message is a checkpoint or an event from which the next page starts.
   */
  readAll(options: ReadAllOptions): AsyncIterable<Msg>;

  /**
   * From `after` to live without gap or repeat. Resumes itself after faults of the transport; ends only on abort
   * (quietly) or by throwing a fatal error. `caughtUp` comes once, when the head was first reached.
   * Memory is bounded however slow the consumer is.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<Msg>;

  /** The position of the newest event; undefined in an empty store. */
  head(): Promise<Position | undefined>;

  /**
   * Sets one event's content and salt to null in every read that begins after it: the one exception to append-only.
   * Repeating it changes nothing. Where the bytes lie in files of others, such as those of a cluster's nodes, they may
   * stay there, unreadable through the store, until their owner removes them. Throws `StreamNotFound`, and `RangeError` for a revision that the stream does not have. `Unavailable` may mean
   * that the words are gone from reads but not yet from the disk: repeat it.
   */
  eraseContent(stream: string, revision: bigint): Promise<void>;

  /**
   * Goes on with a store that is not the one that was read, in a life of its own: no position of the epoch before is
   * taken any more. Absent where a store is never another one while it is open.
   */
  beginNewLife?(before: string | undefined): Promise<void>;

  /** Ends subscriptions quietly, lets appends under way finish, refuses new ones with `Unavailable`. */
  close(): Promise<void>;
}
