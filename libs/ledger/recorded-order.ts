import { skewSeconds } from './act-check.js';

/**
 * The order in which leaves say to have been recorded: none goes back behind those before it in its log, by more than
 * clocks may be apart. A store of one writer never goes back at all; on a cluster each server writes by its own clock.
 */
export class RecordedOrder {
  #latest: { readonly seq: number; readonly recorded: string } | undefined;

  /** Why the leaf says another time than its place allows; undefined where it does not. Leaves are asked in their order. */
  fault(seq: number, recorded: string): string | undefined {
    const latest = this.#latest;
    // A fixed width, so that it sorts as text.
    if (latest === undefined || recorded >= latest.recorded) {
      this.#latest = { seq, recorded };
      return undefined;
    }
    const isBack = Date.parse(latest.recorded) - Date.parse(recorded) > skewSeconds * 1_000;
    return isBack
      ? `Leaf ${seq} is backdated: it says ${recorded}, and leaf ${latest.seq} before it says ${latest.recorded}.`
      : undefined;
  }
}
