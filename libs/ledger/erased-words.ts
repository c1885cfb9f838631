import type { JsonObject } from './canonical.js';
import { LedgerFault } from './faults.js';
import type { Leaf } from './leaf.js';
import type { Completeness, Payload } from './payload.js';
import { voidedBy } from './void-acts.js';

/** `{target}`: the words of the event of that id are erased, and those of its corrections. */
const erasing = 'ContentErased';
/** `{target}`: the words of that event are others than it said. */
const correcting = 'EventCorrected';

/** It follows by rule where those who have to agree have asked for it; nobody says it. */
function isErasing({ type, act: { capacity } }: Leaf): boolean {
  return type === erasing && capacity === 'derived';
}

/** Types of event that say which words an erasure takes, as they stand in the bytes of leaves. */
export const erasureTypes: readonly string[] = [erasing, correcting, 'AttributionVoid'];

function targetOf(payload: Payload | undefined): string | undefined {
  const target = (payload?.data?.['data'] as JsonObject | undefined)?.['target'];
  return typeof target === 'string' ? target : undefined;
}

/**
 * Which words the events of a log say to be erased: of what stands in the same stream, and of every correction of that,
 * which repeats or replaces them. What was said of it besides, such as that it was never said, keeps its words. An erasure
 * that the log itself says to be void takes none.
 */
export class Erasures {
  readonly #erasings = new Map<string, string>();
  readonly #corrections = new Map<string, string | undefined>();
  #isBlind = false;
  #named: ReadonlySet<string> | undefined;

  /** Whether any words may be erased of which it is not said: the data of an erasure is withheld, or of what it takes. */
  get isBlind(): boolean {
    return (
      this.#isBlind || [...this.#corrections].some(([one, of]) => of === undefined && this.#all.has(one))
    );
  }

  /** In the order of the log. */
  add(leaf: Leaf, payload: Payload | undefined): void {
    const voided = voidedBy(leaf, payload);
    if (voided === undefined && !isErasing(leaf) && leaf.type !== correcting) return;
    this.#named = undefined;
    if (voided !== undefined) this.#erasings.delete(keyOf(leaf, voided));
    else this.#say(leaf, targetOf(payload));
  }

  #say(leaf: Leaf, target: string | undefined): void {
    const key = target === undefined ? undefined : keyOf(leaf, target);
    if (leaf.type === correcting) this.#corrections.set(keyOf(leaf, leaf.id), key);
    else if (key === undefined) this.#isBlind = true;
    else this.#erasings.set(keyOf(leaf, leaf.id), key);
  }

  /** Once all has passed. */
  names(leaf: Pick<Leaf, 'stream' | 'id'>): boolean {
    return this.#all.has(keyOf(leaf, leaf.id));
  }

  /** Where a correction is named, what it corrects goes too, or its first words would stand again. */
  get #all(): ReadonlySet<string> {
    if (this.#named !== undefined) return this.#named;
    const named = new Set(this.#erasings.values());
    for (const [one, of] of this.#corrections) if (of !== undefined && named.has(one)) named.add(of);
    for (const [one, of] of this.#corrections) if (of !== undefined && named.has(of)) named.add(one);
    this.#named = named;
    return named;
  }
}

function keyOf({ stream }: Pick<Leaf, 'stream'>, id: string): string {
  return `${stream} ${id}`;
}

/**
 * Words that are gone need an event that says they were erased. The event stands after them, so that this can be told only
 * once all has passed.
 */
export class ErasedWords {
  readonly #gone: Pick<Leaf, 'seq' | 'stream' | 'id'>[] = [];
  readonly #erasures = new Erasures();

  get count(): number {
    return this.#gone.length;
  }

  add(leaf: Leaf, payload: Payload | undefined, completeness: Completeness): void {
    if (completeness === 'erased') this.#gone.push({ seq: leaf.seq, stream: leaf.stream, id: leaf.id });
    this.#erasures.add(leaf, payload);
  }

  finish(): void {
    if (this.#gone.length === 0 || this.#erasures.isBlind) return;
    for (const one of this.#gone)
      if (!this.#erasures.names(one))
        throw new LedgerFault(
          'erased-without-event',
          'The words are gone, and no event says that they were erased.',
          one.seq,
        );
  }
}
