import {
  Conflict,
  StreamNotFound,
  Unavailable,
  WakeUps,
  followPages,
  formatPosition,
  readAllPages,
  readRecordedAt,
  readStreamPages,
  serialiseAppend,
  systemClock,
  type Appended,
  type EventStore,
  type Expected,
  type Fatal,
  type Msg,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedAtClock,
  type Recorded,
  type Stored,
  type SubscribeOptions,
} from '#libs/event-store';

import { openDataFolder, unusable, type DataFolder } from './data-folder.js';
import { LatestAppends } from './latest-appends.js';
import type { ErasedSince } from './restore.js';
import { resultCodeOf } from './sqlite-failure.js';
import { SqliteReader } from './sqlite-reader.js';
import type { Fault } from './writer-protocol.js';
import { Writer } from './writer.js';

export interface SqliteEventStoreOptions {
  /** Made where there is none. One process at a time may have it. */
  readonly directory: string;
  readonly clock?: RecordedAtClock;
  /** Called once, when the store can neither write nor be trusted any more: the process must stop. */
  readonly onFatal?: (error: Fatal) => void;
  /** Told of each erasure once it is durable, also where it is asked for again; what it throws, the erasure throws. */
  readonly onErased?: (erased: ErasedSince) => void;
}

let writerOf: (store: SqliteEventStore) => Writer;

/** For tests of faults that a real disk has only once in a while; offered through the testing door alone. */
export function injectFault(store: SqliteEventStore, fault: Fault): Promise<void> {
  return writerOf(store).inject(fault);
}

/** The event store of one machine: one SQLite file, written by a thread of its own and read by this one. */
export class SqliteEventStore implements EventStore {
  static {
    writerOf = (store) => store.#writer;
  }

  readonly #onFatal: (error: Fatal) => void;
  readonly #onErased: SqliteEventStoreOptions['onErased'];
  readonly #wakeUps = new WakeUps();
  readonly #folder: DataFolder;
  readonly #reader: SqliteReader;
  readonly #latest: LatestAppends;
  readonly #told: ((events: readonly Stored[]) => void)[] = [];
  #writer!: Writer;
  #fatal = false;
  #closed: Promise<void> | undefined;

  private constructor(folder: DataFolder, { onFatal, onErased }: SqliteEventStoreOptions) {
    this.#onFatal = onFatal ?? (() => undefined);
    this.#onErased = onErased;
    this.#folder = folder;
    this.#latest = new LatestAppends(folder.epoch);
    this.#reader = new SqliteReader(folder.database, folder.epoch, (error) => this.#sayFatal(error));
  }

  /** Throws `DataFolderLocked`, `DataFolderTooNew` or `DataFolderUnusable`, each of which says what to do. */
  static async open(options: SqliteEventStoreOptions): Promise<SqliteEventStore> {
    const folder = openDataFolder(options.directory);
    let closeReader = () => {};
    try {
      const store = new SqliteEventStore(folder, options);
      closeReader = () => store.#reader.close();
      const { clock = systemClock } = options;
      store.#writer = await Writer.start(folder.database, () => readRecordedAt(clock), {
        stored: (appends, results) => {
          const added = store.#latest.add(appends, results);
          for (const told of store.#told) told(added.map((one) => store.#latest.stored(one)));
          store.#wakeUps.notify();
        },
        fatal: (error) => store.#sayFatal(error),
      });
      return store;
    } catch (error) {
      closeReader();
      folder.release();
      throw resultCodeOf(error) === undefined ? error : unusable(folder.directory, folder.database, error);
    }
  }

  async identity(): Promise<{ epoch: string }> {
    return { epoch: this.#folder.epoch };
  }

  async append(
    stream: string,
    events: readonly [NewEvent, ...NewEvent[]],
    { expected, signal }: { readonly expected: Expected; readonly signal?: AbortSignal },
  ): Promise<Appended> {
    signal?.throwIfAborted();
    const serialised = serialiseAppend(stream, events, expected);
    const request = { stream, expected, events: serialised.events };
    const result = await this.#writer.append(request, serialised.bytes, signal);
    if (result.kind === 'conflict') {
      // Whoever reads the stream because of that must not be told that it ends where it did.
      if (result.actual !== undefined) this.#reader.reached(stream, result.actual);
      throw new Conflict(stream, result.actual);
    }
    const { revision, recordedAt } = result;
    this.#reader.reached(stream, revision);
    const position = formatPosition(this.#folder.epoch, result.position);
    return { revision, position, ...(recordedAt === undefined ? {} : { recordedAt }) };
  }

  headKept(stream: string): bigint | undefined {
    return this.#reader.headKept(stream);
  }

  onStored(told: (events: readonly Stored[]) => void): void {
    this.#told.push(told);
  }

  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<Recorded> {
    return readStreamPages(this.#reader, stream, options);
  }

  readAll(options: ReadAllOptions): AsyncIterable<Msg> {
    return readAllPages(this.#reader, options);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<Msg> {
    return followPages(this.#reader, this.#wakeUps, options, (...asked) => this.#latest.page(...asked));
  }

  async head(): Promise<Position | undefined> {
    const head = this.#reader.head();
    return head === 0n ? undefined : formatPosition(this.#folder.epoch, head);
  }

  /** Resolves once the words have left the files too. */
  async eraseContent(stream: string, revision: bigint): Promise<void> {
    // Also where it fails: nobody may know what of it was done.
    const result = await this.#writer.erase(stream, revision).finally(() => this.#latest.forget());
    if (result === 'no stream') throw new StreamNotFound(stream);
    if (result === 'no revision')
      throw new RangeError(`There is no revision ${revision} in the stream ${stream}.`);
    if (result === 'still in the log') {
      throw new Unavailable(
        'The words are erased from every read, but are still in store.sqlite-wal, as another program reads the file ' +
          'or its disk is full. Mend that and erase again.',
      );
    }
    if (this.#onErased === undefined) return;
    for await (const { id } of this.readStream(stream, { from: revision, limit: 1 }))
      this.#onErased({ stream, revision, id });
  }

  close(): Promise<void> {
    this.#closed ??= (async () => {
      this.#wakeUps.end();
      await this.#writer.close(() => this.#reader.close());
      this.#folder.release();
    })();
    return this.#closed;
  }

  #sayFatal(error: Fatal): void {
    if (this.#fatal) return;
    this.#fatal = true;
    this.#onFatal(error);
  }
}
