import { LedgerFault } from './faults.js';
import { RecordedOrder } from './recorded-order.js';

/** That a tree of this size stood at this time, by a cosignature: in seconds since 1970. */
export interface WitnessedTime {
  readonly size: number;
  readonly time: number;
  readonly by: string;
  /**
   * By somebody who signs long after a checkpoint was made, away from the network. What follows it may have stood there
   * already, so that nothing is said of it.
   */
  readonly isLate: boolean;
}

/**
 * Holds the times at which leaves say to be recorded against those at which somebody else saw the log: what was there at T
 * was not recorded after it, and what was not there yet was not recorded before it; and against those of the leaves before.
 */
export class WitnessedTimes {
  /** By size, the smallest first. */
  readonly #times: readonly WitnessedTime[];
  /** For each of them the earliest time from it on. */
  readonly #earliest: readonly number[];
  readonly #order = new RecordedOrder();
  #next = 0;
  #latest: WitnessedTime | undefined;

  constructor(
    times: readonly WitnessedTime[],
    private readonly skewSeconds: number,
  ) {
    this.#times = times.toSorted((one, other) => one.size - other.size);
    let earliest = Infinity;
    this.#earliest = this.#times
      .map(({ time }) => time)
      .reverse()
      .map((time) => (earliest = Math.min(earliest, time)))
      .reverse();
  }

  /** Leaves are asked about in their order. */
  check(seq: number, recorded: string): void {
    const backdated = this.#order.fault(seq, recorded);
    if (backdated !== undefined) throw new LedgerFault('time-wrong', backdated, seq);
    if (this.#times.length === 0) return;
    for (
      let next = this.#times[this.#next];
      next !== undefined && next.size <= seq;
      next = this.#times[++this.#next]
    )
      if (!next.isLate && (this.#latest === undefined || next.time > this.#latest.time)) this.#latest = next;
    const at = Date.parse(recorded) / 1000;
    const latest = this.#latest;
    if (latest !== undefined && at < latest.time - this.skewSeconds)
      throw new LedgerFault(
        'time-wrong',
        `Leaf ${seq} is backdated: it says ${recorded}, but was not there when ${latest.by} saw ${latest.size} leaves at ${instant(latest.time)}; clocks may be ${this.skewSeconds} s apart.`,
        seq,
      );
    const earliest = this.#earliest[this.#next];
    if (earliest !== undefined && at > earliest + this.skewSeconds)
      throw new LedgerFault(
        'time-wrong',
        `Leaf ${seq} is dated too late: it says ${recorded}, but was there already at ${instant(earliest)}; clocks may be ${this.skewSeconds} s apart.`,
        seq,
      );
  }
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
