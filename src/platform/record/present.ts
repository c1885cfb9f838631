import { Doubted, Unavailable } from '#libs/event-store';
import type { Projections } from '#libs/projections';
import { fold } from './fold.js';
import type { StoreContact } from './store-contact.js';
import { namedInGuard, Streams } from './streams.js';
import type { LoadedStream } from './streams.js';
import { unlessAway } from './unless-away.js';
import type { StoredStreams } from './stored-streams.js';

interface Behind {
  readonly streams: StoredStreams;
  readonly projections: Projections;
  readonly contact: StoreContact;
}

/**
 * What one request reads: the streams as the store has them, and, from the moment at which it is found to be away, as the
 * read models have them. Never both in turn, or one answer would be of two moments. Only for who reads: an act is decided
 * on what the store says.
 */
export class Present extends Streams {
  readonly #behind: Behind;
  readonly #kept = new Map<string, LoadedStream>();
  #silentMs: number | undefined;

  constructor(behind: Behind) {
    super();
    this.#behind = behind;
  }

  get registry() {
    return this.#behind.streams.registry;
  }

  override get silentMs(): number | undefined {
    return this.#silentMs;
  }

  override async look(): Promise<void> {
    this.#silentMs ??= await this.#behind.contact.silentMs();
  }

  async stream(stream: string): Promise<LoadedStream> {
    return this.orKept(
      () => soon(this.#behind.streams.stream(stream)),
      () => this.#streamKept(stream),
    );
  }

  async guarded(stream: string, revision: number): Promise<string | undefined> {
    return this.orKept(
      () => soon(this.#behind.streams.guarded(stream, revision)),
      () => namedInGuard(this.#behind.projections.beside.at(stream, revision)?.data),
    );
  }

  override dialogueReadOf(stream: string): string | undefined {
    return this.#behind.streams.dialogueReadOf(stream);
  }

  override async orKept<T>(asked: () => Promise<T>, kept: () => T): Promise<T> {
    if (this.#silentMs !== undefined) return kept();
    try {
      return await asked();
    } catch (error) {
      if (!(error instanceof Unavailable) || error instanceof Doubted) throw error;
    }
    this.#silentMs ??= this.#behind.contact.lost();
    return kept();
  }

  /** The read models hold the events themselves, so a fold of them is the fold. */
  #streamKept(stream: string): LoadedStream {
    const known = this.#kept.get(stream);
    if (known !== undefined) return known;
    const { registry } = this;
    const events = this.#behind.projections.record.ofStream(stream).map(({ event }) => registry.read(event));
    const kept = { events, folded: fold(registry.ofStream(stream), events) };
    this.#kept.set(stream, kept);
    return kept;
  }
}

/** Throws `Unavailable` where the store takes longer than a reader should wait. */
async function soon<T>(reading: Promise<T>): Promise<T> {
  const read = await unlessAway(reading);
  if (read === 'away') throw new Unavailable('The event store gives no answer now.');
  return read;
}
