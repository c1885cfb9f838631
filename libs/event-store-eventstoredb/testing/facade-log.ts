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

/** The default of the real server. */
export const maxAppendSize = 1_048_576;

/** One database of the façade: the rules of the real server over a list in memory. */
export class FacadeLog {
  readonly all: Stored[] = [];
  /** Whether the server writes events of its own between those of its users, as a real one does. */
  writesSystemEvents = false;
  readonly #streams = new Map<string, Stored[]>();
  readonly #watchers = new Set<() => void>();
  #end = 1_000n;

  stream(name: string): readonly Stored[] | undefined {
    return this.#streams.get(name);
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
    for (const watch of [...this.#watchers]) watch();
    const last = this.#streams.get(stream)?.at(-1);
    if (last === undefined) throw new Error('An append stores at least one event.');
    return { kind: 'stored', revision: last.revision, place: last.place, again: false };
  }

  /** Calls back after every append, until the returned function is called. */
  watch(callback: () => void): () => void {
    this.#watchers.add(callback);
    return () => this.#watchers.delete(callback);
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
    const stored = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, stored);
    for (const event of events) {
      const place = { commit: this.#end, prepare: this.#end };
      const recorded = { ...event, stream, revision: BigInt(stored.length), place };
      this.#end += BigInt(event.data.length + 100);
      stored.push(recorded);
      this.all.push(recorded);
    }
  }
}

function aStatistic(): Proposed {
  const [data, metadata] = [Buffer.from('{"proc-cpu":1}'), Buffer.from('')];
  return { id: randomUUID(), type: '$statsCollected', contentType: 'application/json', data, metadata };
}
