import { setTimeout as wait } from 'node:timers/promises';
import { Damaged, Doubted, StreamNotFound, Unavailable } from '#libs/event-store';
import type { Appended, EventStore, NewEvent, Recorded } from '#libs/event-store';
import { heldIn } from './beside.js';
import type { Stored } from './envelope.js';
import type { EventRegistry } from './event-registry.js';
import { foldNext } from './fold.js';
import type { Aggregate } from './fold.js';
import { KeptStreams } from './kept-streams.js';
import { SharedReads } from './shared-reads.js';
import { namedInGuard, Streams } from './streams.js';
import type { LoadedStream } from './streams.js';

export type { LoadedStream } from './streams.js';

/** What one server appended, a cluster shows a moment later; how often it is looked for, and how soon again. */
const looksMax = 80;
const lookAgainMs = 25;

/** What was read of the record before, and is kept elsewhere than in the store. */
export interface KnownRecord {
  /** Whether anything of the stream was read. */
  holds(stream: string): boolean;
  /** The dialogue that the stream belongs to. */
  dialogueOf(stream: string): string | undefined;
  /** The revision that the stream reached in the read models; -1 where they know nothing of it, or can't follow. */
  endOf(stream: string): number;
  /** The event that was read last of all. */
  newest(): Pick<Recorded, 'id' | 'stream' | 'revision' | 'position'> | undefined;
}

const showsLess = 'The event store does not show what was read from it before.';

/**
 * Reads of single streams, straight from the store: never from a projection that may lag. What was read is kept, and
 * each read asks the store for what came after it, so that a kept stream is as fresh as one read whole.
 */
export class StoredStreams extends Streams {
  readonly #kept = new KeptStreams();
  readonly #told: (() => void)[] = [];
  /** Every act of a dialogue looks at the dialogue: those that come at once look together. */
  readonly #reads = new SharedReads((stream) => this.#fresh(stream));

  constructor(
    readonly store: EventStore,
    readonly registry: EventRegistry,
    /** Absent where nothing is known but what the store says. */
    private readonly known?: KnownRecord,
  ) {
    super();
  }

  async stream(stream: string): Promise<LoadedStream> {
    return this.#current(stream) ?? this.#reads.fresh(stream);
  }

  override isCurrent(stream: string, read: LoadedStream): boolean {
    return this.#current(stream) === read;
  }

  /** What is kept, where nobody but this process writes the store and nothing was appended since. */
  #current(stream: string): LoadedStream | undefined {
    const head = this.store.headKept?.(stream);
    const kept = head === undefined ? undefined : this.#kept.get(stream);
    return kept?.events.length === Number(head) + 1 ? kept : undefined;
  }

  /** The stream once it shows that revision; throws `Unavailable` where it does not in time. */
  async reaching(stream: string, revision: number): Promise<LoadedStream> {
    for (let looks = 1; ; looks += 1) {
      const kept = await this.#fresh(stream);
      if (kept.events.length > revision) return kept;
      if (looks === looksMax)
        throw new Unavailable('The event store does not show yet what it has recorded.');
      await wait(lookAgainMs);
    }
  }

  async guarded(stream: string, revision: number): Promise<string | undefined> {
    const from = BigInt(revision);
    for await (const { data } of heldIn(this.store, stream, { from, limit: 1 })) return namedInGuard(data);
    return undefined;
  }

  /** Whether to look at a stream once more is a way to the store. */
  get asksForEach(): boolean {
    return this.store.headKept === undefined;
  }

  override dialogueReadOf(stream: string): string | undefined {
    return this.known?.dialogueOf(stream);
  }

  /**
   * The stream with what was just appended to it, without a way to the store; undefined where the answer to the append does
   * not tell all that a read would, or where what it was decided on is kept no more: its words may be gone. Its ids were
   * sent once only.
   */
  appended(
    stream: string,
    before: LoadedStream,
    events: readonly NewEvent[],
    { revision, position, recordedAt }: Appended,
  ): LoadedStream | undefined {
    const [event] = events;
    const kept = this.#kept.get(stream);
    const isKept = kept === before || (kept === undefined && before.events.length === 0);
    const isNext = isKept && before.events.length === Number(revision) && events.length === 1;
    if (event === undefined || recordedAt === undefined || !isNext) return undefined;
    // What is appended holds plain JSON, of which nobody else has the objects (`toNewEvent`).
    const after = this.#with(stream, before, [
      this.registry.readStored(event, { stream, revision, position, recordedAt }),
    ]);
    this.#kept.keep(stream, after);
    return after;
  }

  /** What was kept of the stream is read again: its words may be gone. */
  forget(stream: string): void {
    this.#kept.forget(stream);
    for (const tell of this.#told) tell();
  }

  /** For whoever keeps words of streams in a form of its own: told when they may be gone. */
  whenForgotten(tell: () => void): void {
    this.#told.push(tell);
  }

  async #fresh(stream: string): Promise<LoadedStream> {
    const before = this.#kept.get(stream) ?? { events: [], folded: undefined };
    // Before it is read: what is known only afterwards, it need not show yet.
    const knownEnd = this.known?.endOf(stream) ?? -1;
    const since = await this.#since(stream, before.events.at(-1));
    // A node of a cluster that shows less of a stream has slept.
    if (before.events.length + since.length <= knownEnd) throw new Doubted(showsLess);
    if (since.length === 0) return before;
    const after = this.#with(stream, before, since);
    this.#kept.keep(stream, after);
    return after;
  }

  #with(stream: string, before: LoadedStream, since: readonly Stored[]): LoadedStream {
    const slice = this.registry.ofStream(stream);
    const events = [...before.events, ...since];
    const folded = since.reduce<Aggregate | undefined>(
      (reached, event) => foldNext(slice, reached, event, () => events.slice(0, event.revision + 1)),
      before.folded,
    );
    return { events, folded };
  }

  /**
   * What came after the last event that was read. That one is read along: where it is not there any more, another copy
   * of the store, or a node that knows less, answers, and nothing that was kept may be given for recorded.
   */
  async #since(stream: string, last: Stored | undefined): Promise<readonly Stored[]> {
    const found = await this.#readSince(stream, last);
    if (found !== undefined) return found;
    if (!(await this.#isLevel(stream, last))) throw new Doubted(showsLess);
    // Once more: another node may have answered the first time.
    const again = await this.#readSince(stream, last);
    if (again !== undefined) return again;
    throw new Damaged(
      `The stream ${stream} is not in the event store any more: it was deleted there by hand.`,
    );
  }

  /** Undefined where what was read before is not there. */
  async #readSince(stream: string, last: Stored | undefined): Promise<readonly Stored[] | undefined> {
    const events: Stored[] = [];
    let isThere = last === undefined;
    try {
      for await (const recorded of this.store.readStream(stream, { from: BigInt(last?.revision ?? 0) })) {
        if (last === undefined && events.length === 0 && recorded.revision > 0n) {
          throw new Damaged(
            `The stream ${stream} begins at revision ${recorded.revision}: what came before was cut off in the event store by hand.`,
          );
        }
        if (recorded.revision === BigInt(last?.revision ?? -1)) isThere = recorded.id === last?.id;
        else events.push(this.registry.read(recorded));
      }
    } catch (error) {
      if (!(error instanceof StreamNotFound)) throw error;
      if (this.known?.holds(stream) === true) return undefined;
    }
    return isThere ? events : undefined;
  }

  /**
   * Whether the store shows the newest of all that the read models have, and so is no node that knows less. Where that is
   * of this very stream, or older than what is missing, nobody can tell yet.
   */
  async #isLevel(stream: string, last: Stored | undefined): Promise<boolean> {
    const newest = this.known?.newest();
    if (newest === undefined || newest.stream === stream) return false;
    if (last !== undefined && newest.position < last.position) return false;
    for await (const { id } of heldIn(this.store, newest.stream, { from: newest.revision, limit: 1 }))
      return id === newest.id;
    return false;
  }
}
