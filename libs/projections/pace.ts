import type { BatchLimits } from './batches.js';

/** Of the time that a batch may take: what comes next may cost more than what came. */
const share = 0.5;

/** The first batch: nothing is known yet of what an event costs. */
const first = 25;

/**
 * How many events a batch may have so that all that is made of them keeps the event loop shorter than it
 * may: so what rides with the record need not be cut, and stays level also where there is much to catch up with.
 */
export class Pace implements BatchLimits {
  #size: number;

  constructor(private readonly limits: { readonly most: number; readonly delayMs: number }) {
    this.#size = Math.min(first, limits.most);
  }

  get size(): number {
    return this.#size;
  }

  get delayMs(): number {
    return this.limits.delayMs;
  }

  /** A batch of so many took so long. It grows step by step, for one that was quick by chance says little. */
  took(events: number, ms: number): void {
    if (events === 0) return;
    const { most, delayMs } = this.limits;
    const fitting = Math.floor((events * delayMs * share) / Math.max(ms, 0.01));
    // What a smaller batch than allowed cost says nothing against a larger one, unless it took too long.
    if (events < this.#size && fitting >= this.#size) return;
    this.#size = Math.max(1, Math.min(fitting, this.#size * 2, most));
  }
}
