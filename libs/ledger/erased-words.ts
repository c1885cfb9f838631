import type { JsonObject } from './canonical.js';
import { LedgerFault } from './faults.js';
import type { Leaf } from './leaf.js';
import type { Completeness, Payload } from './payload.js';

/**
 * Words that are gone need an event that says they were erased, of themselves or of what they corrected. The event stands
 * after them, so that this can be told only once all has passed.
 */
export class ErasedWords {
  readonly #gone = new Map<string, { readonly seq: number; readonly target: unknown }>();
  readonly #erasures = new Set<unknown>();
  #isBlind = false;

  get count(): number {
    return this.#gone.size;
  }

  add(leaf: Leaf, payload: Payload | undefined, completeness: Completeness): void {
    const isErasure = leaf.type === 'ContentErased';
    // Of other events nothing is read.
    if (completeness !== 'erased' && !isErasure) return;
    const target = (payload?.data?.['data'] as JsonObject | undefined)?.['target'];
    if (completeness === 'erased') this.#gone.set(leaf.id, { seq: leaf.seq, target });
    if (!isErasure) return;
    this.#erasures.add(target);
    // An erasure whose data is withheld may be that of any words.
    if (target === undefined) this.#isBlind = true;
  }

  finish(): void {
    if (this.#isBlind) return;
    for (const [id, { seq, target }] of this.#gone)
      if (!this.#erasures.has(id) && (target === undefined || !this.#erasures.has(target)))
        throw new LedgerFault(
          'erased-without-event',
          'The words are gone, and no event says that they were erased.',
          seq,
        );
  }
}
