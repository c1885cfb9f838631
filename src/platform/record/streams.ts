import { entries } from '#libs/decider';
import type { Elsewhere, Entries } from '#libs/decider';
import type { Stored } from './envelope.js';
import type { EventRegistry } from './event-registry.js';
import type { Evidence, Talks } from './evidence.js';
import { streamOf } from './fold.js';
import type { Aggregate } from './fold.js';
import { elsewhere } from './place.js';
import type { Slice } from './slice.js';

/** A stream as it is now: its events, and their fold; undefined where there are none that count. */
export interface LoadedStream {
  readonly events: readonly Stored[];
  readonly folded: Aggregate | undefined;
}

/** Single streams, wherever they are read from. */
export abstract class Streams {
  abstract readonly registry: EventRegistry;

  /** For how long the store had been silent when its read models were read in its place; undefined while it is read. */
  get silentMs(): number | undefined {
    return undefined;
  }

  /** Events and fold of one revision, so that what is decided on the one holds for the other. */
  abstract stream(stream: string): Promise<LoadedStream>;

  /** What the event at that place of a guard stream names: at the first the dialogue that owns it. */
  abstract guarded(stream: string, revision: number): Promise<string | undefined>;

  /** To be called first by who only reads: a list, too, is as old as what was heard last. */
  async look(): Promise<void> {}

  /** What the store says, or what is kept of it where that stands in for the store. */
  async orKept<T>(asked: () => Promise<T>, _kept: () => T): Promise<T> {
    return asked();
  }

  /** Whether a read of the stream would give this very value now; false where that takes a way to the store. */
  isCurrent(_stream: string, _read: LoadedStream): boolean {
    return false;
  }

  /** The dialogue of a stream as it was read before, where it can't be read any more. */
  dialogueReadOf(_stream: string): string | undefined {
    return undefined;
  }

  /**
   * All events of the stream in order; none where there is no such stream. This and all other reads throw `Damaged` where
   * somebody deleted the stream in the store, or cut it off.
   */
  async events(stream: string): Promise<readonly Stored[]> {
    return (await this.stream(stream)).events;
  }

  async folded(sliceName: string, id: string): Promise<Aggregate | undefined> {
    return (await this.stream(streamOf(this.registry.get(sliceName), id))).folded;
  }

  /** What an entry holds, for whoever looks at it from another stream. */
  async find<F>({ slice }: Entries<F>, id: string): Promise<Elsewhere<F> | undefined> {
    const folded = await this.folded(slice, id);
    return folded === undefined ? undefined : elsewhere(streamOf(folded.slice, id), folded);
  }

  async dialogue(id: string): Promise<Talks | undefined> {
    return this.#facts<Talks>(this.registry.part('dialogue'), id);
  }

  async evidence(id: string): Promise<Evidence | undefined> {
    return this.#facts<Evidence>(this.registry.part('evidence'), id);
  }

  async #facts<F>({ name }: Slice, id: string): Promise<F | undefined> {
    return (await this.find(entries<F>(name), id))?.facts;
  }
}

/**
 * Each stream of these keeps one beginning of keys for one dialogue, which its first event names; what has the number n
 * the event at revision n names.
 */
export const keyPrefixGuards = 'keyprefix-';

/** What an event of a guard stream names: whoever owns the stream, or has a number of it. */
export function namedInGuard(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { dialogueId, id = dialogueId } = data as { readonly [field: string]: unknown };
  return typeof id === 'string' ? id : undefined;
}
