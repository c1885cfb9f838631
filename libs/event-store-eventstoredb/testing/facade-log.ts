import { randomUUID } from 'node:crypto';

import type { Place } from '../layout.js';

/** An event as the server keeps it: bytes that it does not look into. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Stored extends Proposed {
  readonly stream: string;
  readonly revision: bigint;
  readonly place: Place;
}

export type ExpectedAtServer = 'any' | 'no_stream' | bigint;

export type AppendResult =
  | { readonly kind: 'stored'; readonly revision: bigint; readonly place: Place; readonly again: boolean }
  | { readonly kind: 'wrong version'; readonly current: bigint | undefined }
  | { readonly kind: 'too large' };

const streamDeleted = '$streamDeleted';

/** The default of the real server. */
export const maxAppendSize = 1_048_576;

/** One database of the façade: the rules of the real server over a list in memory. */
export class FacadeLog {
  readonly all: Stored[] = [];
  /** Whether the server writes events of its own between those of its users, as a real one does. */
  writesSystemEvents = false;
  /** Lets an append be read only once the function that it is given was called; absent, at once. */
  delays: ((reveal: () => void) => void) | undefined;
  #readable = 0;
  #cut: number | undefined;
  readonly tombstoned = new Set<string>();
  readonly #begins = new Map<string, bigint>();
  readonly #streams = new Map<string, Stored[]>();
  readonly #watchers = new Set<() => void>();
  #end = 1_000n;

  stream(name: string): readonly Stored[] | undefined {
    return this.#streams.get(name);
  }

  /** By hand, as `$tb` does: what comes before the revision can't be read in the stream any more; all of it, where deleted. */
  cutBefore(stream: string, revision: bigint | 'deleted'): void {
    this.#begins.set(stream, revision === 'deleted' ? 2n ** 63n : revision);
  }

  /**
   * Deletes for good: nothing is read of the stream, and nothing appended. In `$all` its events stay until the next
   * scavenge, with the record of the deleting behind them.
   */
  tombstone(stream: string): void {
    this.#store(stream, [aTombstone()]);
    this.#show();
  }

  /** Every byte that is kept of an event, as a search of the nodes' files would find it. */
  get bytes(): Buffer {
    return Buffer.concat(
      [...this.#streams.values()].flat().flatMap(({ data, metadata }) => [data, metadata]),
    );
  }

  /** Where the stream begins for those who read it. */
  beginOf(stream: string): bigint {
    return this.#begins.get(stream) ?? 0n;
  }

  /** What was cut off or deleted goes out of `$all` and of the files too; that a stream was deleted stays. */
  scavenge(): void {
    for (const stream of this.tombstoned) this.#streams.set(stream, []);
    const kept = this.all.filter(({ stream, revision, type }) =>
      this.tombstoned.has(stream) ? type === streamDeleted : revision >= this.beginOf(stream),
    );
    this.all.splice(0, this.all.length, ...kept);
    this.#readable = this.all.length;
  }

  /** How many of all events can be read now; what the leader refuses by is more. */
  get readable(): number {
    return Math.min(this.#cut ?? this.#readable, this.#readable);
  }

  /** For a while the end is so many events shorter: until the returned function is called. */
  shorten(events: number): () => void {
    this.#cut = Math.max(this.#readable - events, 0);
    return () => {
      this.#cut = undefined;
      this.#tell();
    };
  }

  /** The log as it was so many events ago, as a backup that was put back has it. */
  asOf(length: number): FacadeLog {
    const older = new FacadeLog();
    for (const event of this.all.slice(0, length)) older.#put(event);
    older.#readable = older.all.length;
    older.writesSystemEvents = this.writesSystemEvents;
    return older;
  }

  append(stream: string, expected: ExpectedAtServer, events: readonly Proposed[]): AppendResult {
    let bytes = 0;
    for (const { data, metadata, type } of events) bytes += data.length + metadata.length + 2 * type.length;
    if (bytes > maxAppendSize) return { kind: 'too large' };
    const existing = this.#streams.get(stream) ?? [];
    const next = expected === 'no_stream' ? 0n : expected === 'any' ? BigInt(existing.length) : expected + 1n;
    if (next !== BigInt(existing.length)) return this.#again(existing, Number(next), events);
    if (this.writesSystemEvents && !stream.startsWith('$'))
      this.#store('$stats-127.0.0.1:2113', [aStatistic()]);
    this.#store(stream, events);
    this.#show();
    const last = this.#streams.get(stream)?.at(-1);
    if (last === undefined) throw new Error('An append stores at least one event.');
    return { kind: 'stored', revision: last.revision, place: last.place, again: false };
  }

  #show(): void {
    const end = this.all.length;
    const reveal = () => {
      this.#readable = Math.max(this.#readable, end);
      this.#tell();
    };
    if (this.delays === undefined) reveal();
    else this.delays(reveal);
  }

  #tell(): void {
    for (const watch of [...this.#watchers]) watch();
  }

  /** Calls back after every append, until the returned function is called. */
  watch(callback: () => void): () => void {
    this.#watchers.add(callback);
    return () => this.#watchers.delete(callback);
  }

  /** Whether a record begins there, or lies behind the end; from inside a record nothing can be read. */
  begins(place: Place): boolean {
    const at = this.all[this.indexAt({ commit: place.commit, prepare: 0n })];
    return at === undefined || at.place.commit === place.commit;
  }

  /** The index of the first event at the place or after it. */
  indexAt({ commit, prepare }: Place): number {
    let [low, high] = [0, this.all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const place = this.all[middle]?.place ?? { commit: 0n, prepare: 0n };
      if (place.commit < commit || (place.commit === commit && place.prepare < prepare)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The server knows an append again by the ids at the exact revisions; a part that fits is a wrong version. */
  #again(existing: readonly Stored[], next: number, events: readonly Proposed[]): AppendResult {
    const stored = existing.slice(next, next + events.length);
    const last = stored.at(-1);
    const same = stored.length === events.length && stored.every(({ id }, index) => id === events[index]?.id);
    if (same && last !== undefined) {
      return { kind: 'stored', revision: last.revision, place: last.place, again: true };
    }
    return { kind: 'wrong version', current: existing.at(-1)?.revision };
  }

  #store(stream: string, events: readonly Proposed[]): void {
    for (const event of events) {
      const place = { commit: this.#end, prepare: this.#end };
      this.#put({ ...event, stream, revision: BigInt(this.#streams.get(stream)?.length ?? 0), place });
    }
  }

  #put(event: Stored): void {
    if (event.type === streamDeleted) this.tombstoned.add(event.stream);
    const stored = this.#streams.get(event.stream) ?? [];
    this.#streams.set(event.stream, stored);
    this.#end = event.place.commit + BigInt(event.data.length + 100);
    stored.push(event);
    this.all.push(event);
  }
}

function aStatistic(): Proposed {
  return ofTheServer('$statsCollected', '{"proc-cpu":1}');
}

function aTombstone(): Proposed {
  return ofTheServer(streamDeleted, '');
}

function ofTheServer(type: string, json: string): Proposed {
  const [data, metadata] = [Buffer.from(json), Buffer.from('')];
  return { id: randomUUID(), type, contentType: 'application/json', data, metadata };
}
