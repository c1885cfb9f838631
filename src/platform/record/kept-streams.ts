import type { Stored } from './envelope.js';
import type { LoadedStream } from './streams.js';

/** How much memory kept streams take all in all, and one of them at the most: some 20,000 events of usual length. */
const bytesKept = 128 * 1_048_576;
const bytesOfOneMax = bytesKept / 2;

/** What an event takes beside what people wrote: its ids, hashes and envelope, and its place in the fold. */
const bytesOfEnvelope = 2_048;

/** Folded streams in memory; whichever was not looked at for the longest time makes room. */
export class KeptStreams {
  readonly #kept = new Map<string, { readonly read: LoadedStream; readonly bytes: number }>();
  #bytes = 0;

  constructor(
    private readonly max = bytesKept,
    private readonly maxOfOne = bytesOfOneMax,
  ) {}

  get(stream: string): LoadedStream | undefined {
    const found = this.#kept.get(stream);
    if (found === undefined) return undefined;
    this.#kept.delete(stream);
    this.#kept.set(stream, found);
    return found.read;
  }

  /** Two reads at once may finish in either order: the longer one is kept. */
  keep(stream: string, read: LoadedStream): void {
    const before = this.#kept.get(stream);
    const known = before?.read.events.length ?? 0;
    if (known > read.events.length) return;
    const goesOn = before?.read.events[known - 1] === read.events[known - 1];
    const bytes = goesOn ? (before?.bytes ?? 0) + bytesOf(read.events.slice(known)) : bytesOf(read.events);
    this.forget(stream);
    if (bytes > this.maxOfOne) return;
    this.#kept.set(stream, { read, bytes });
    this.#bytes += bytes;
    for (const [oldest] of this.#kept) {
      if (this.#bytes <= this.max) break;
      this.forget(oldest);
    }
  }

  forget(stream: string): void {
    this.#bytes -= this.#kept.get(stream)?.bytes ?? 0;
    this.#kept.delete(stream);
  }
}

function bytesOf(events: readonly Stored[]): number {
  return events.reduce((sum, { data, content }) => sum + bytesOfEnvelope + textIn(data) + textIn(content), 0);
}

/** Two bytes a character, and what an object takes for each of its fields. */
function textIn(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let sum = 16;
  for (const one of Object.values(value)) sum += 24 + textIn(one);
  return sum;
}
