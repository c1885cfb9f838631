import type { EventStore } from '#libs/event-store';
import type { EventRegistry } from './event-registry.js';
import { Streams } from './streams.js';
import type { LoadedStream } from './streams.js';
import type { StoredStreams } from './stored-streams.js';

/**
 * The streams as one act reads them: each once, however many rules look at it, for each look is a way to the store. What
 * comes in between shows as a conflict where the act is appended, as it would between any read and the append.
 */
export class Once extends Streams {
  readonly #read = new Map<string, Promise<LoadedStream>>();

  constructor(private readonly streams: StoredStreams) {
    super();
  }

  get registry(): EventRegistry {
    return this.streams.registry;
  }

  get store(): EventStore {
    return this.streams.store;
  }

  stream(stream: string): Promise<LoadedStream> {
    const known = this.#read.get(stream);
    if (known !== undefined) return known;
    const reading = this.streams.stream(stream);
    this.#read.set(stream, reading);
    // What failed is asked again; whoever waits for it hears of it.
    reading.catch(() => this.#read.delete(stream));
    this.#readAlong(stream);
    return reading;
  }

  guarded(stream: string, revision: number): Promise<string | undefined> {
    return this.streams.guarded(stream, revision);
  }

  override dialogueReadOf(stream: string): string | undefined {
    return this.streams.dialogueReadOf(stream);
  }

  /** What was read of it already; undefined where it would have to be read. */
  readBefore(stream: string): Promise<LoadedStream> | undefined {
    return this.#read.get(stream);
  }

  /** Something was appended to it. */
  forget(stream: string): void {
    this.#read.delete(stream);
  }

  /** Every rule looks at the dialogue too, and the read models know which it is: both are asked for at the same time. */
  #readAlong(stream: string): void {
    if (!this.streams.asksForEach) return;
    const dialogueId = this.streams.dialogueReadOf(stream);
    if (dialogueId === undefined || dialogueId === '') return;
    this.stream(this.registry.dialogueStream(dialogueId)).catch(() => undefined);
  }
}
