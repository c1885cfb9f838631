import type { Clock } from '../record/clock.js';

const windowMs = 60_000;
/** How many clients are counted at once; beyond that the oldest window is forgotten. */
const clientsMax = 10_000;

/** Counts the requests of each client in windows of a minute. */
export class RateLimit {
  readonly #windows = new Map<string, { startedAt: number; count: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly perMinute: number,
  ) {}

  /** 0 where the request may go on, else the seconds to wait. */
  take(client: string): number {
    const now = this.clock.elapsed();
    const window = this.#windows.get(client);
    if (window === undefined || now - window.startedAt >= windowMs) {
      this.#windows.delete(client);
      this.#windows.set(client, { startedAt: now, count: 1 });
      const [oldest] = this.#windows.keys();
      if (this.#windows.size > clientsMax && oldest !== undefined) this.#windows.delete(oldest);
      return 0;
    }
    window.count += 1;
    return window.count <= this.perMinute ? 0 : Math.ceil((window.startedAt + windowMs - now) / 1_000);
  }
}
