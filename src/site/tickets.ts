import type { Clock } from '../platform/record/clock.js';
import type { Ids } from '../platform/record/ids.js';

const validMs = 10 * 60_000;

interface Ticket {
  readonly key: string;
  readonly until: number;
}

/**
 * One-time tickets: an address that signs a person in without a key in it, so that none is left in the history of a
 * browser or a terminal. They live in memory, work once, and end by themselves.
 */
export class Tickets {
  readonly #open = new Map<string, Ticket>();

  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  issue(key: string): string {
    const now = this.clock.now();
    for (const [ticket, { until }] of this.#open) if (until <= now) this.#open.delete(ticket);
    const ticket = this.ids.trace();
    this.#open.set(ticket, { key, until: now + validMs });
    return ticket;
  }

  /** The key behind the ticket, once; undefined for one that was used, is too old or was never given out. */
  redeem(ticket: string): string | undefined {
    const found = this.#open.get(ticket);
    this.#open.delete(ticket);
    return found !== undefined && found.until > this.clock.now() ? found.key : undefined;
  }
}
