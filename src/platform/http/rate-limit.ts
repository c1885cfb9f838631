import { Newest } from '#libs/newest';
import type { Clock } from '../record/clock.js';

export const windowMs = 60_000;
/** How many clients are counted at once; of others those are forgotten that asked last. */
const clientsMax = 10_000;

/** Counts the requests of each client in windows of a minute. */
export class RateLimit {
  readonly #windows = new Newest<{ readonly startedAt: number; count: number }>(clientsMax);

  constructor(
    private readonly clock: Clock,
    private readonly perMinute: number,
  ) {}

  /** How many more may follow, below 0 where this one is too many; and in how many seconds counting begins anew. */
  take(client: string): { readonly left: number; readonly seconds: number } {
    const now = this.clock.elapsed();
    const window = this.#windowOf(client, now);
    window.count += 1;
    return {
      left: this.perMinute - window.count,
      seconds: Math.ceil((window.startedAt + windowMs - now) / 1_000),
    };
  }

  #windowOf(client: string, now: number) {
    const known = this.#windows.get(client);
    if (known !== undefined && now - known.startedAt < windowMs) return known;
    const begun = { startedAt: now, count: 0 };
    this.#windows.set(client, begun);
    return begun;
  }
}
