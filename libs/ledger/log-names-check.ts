import type { JsonObject } from './canonical.js';
import { LedgerFault } from './faults.js';
import type { Leaf } from './leaf.js';
import { logEvents, originsUpTo } from './log-names.js';
import type { Payload } from './payload.js';

/** Holds the names in the leaves of a log against its events: each is the one that stands there. */
export class LogNames {
  readonly #names: readonly string[];
  #reached = 0;

  /** `origin`: the last name. */
  constructor(private readonly origin: string) {
    this.#names = originsUpTo(origin);
  }

  check({ log, type }: Pick<Leaf, 'log' | 'type'>, payload: Payload | undefined): void {
    const before = this.#names[this.#reached];
    if (type === logEvents.begunAnew) {
      this.#reached += 1;
      const data = payload?.data?.['data'] as JsonObject | undefined;
      if (data !== undefined && data['origin'] !== before)
        throw new LedgerFault(
          'origin-wrong',
          `It says that another log began anew than ${before}, in which it stands.`,
        );
    }
    const name = this.#names[this.#reached];
    if (log !== name)
      throw new LedgerFault(
        'origin-wrong',
        `The leaf is of the log ${log} and not of ${name ?? this.origin}.`,
      );
  }

  finish(): void {
    if (this.#reached < this.#names.length - 1)
      throw new LedgerFault('origin-wrong', `No entry says that the log began anew as ${this.origin}.`);
  }
}
