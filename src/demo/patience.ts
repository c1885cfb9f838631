import { setTimeout as wait } from 'node:timers/promises';
import { NoAnswer, Refused } from './call.js';

export interface PatienceOptions {
  /** Told why the same is sent again. */
  readonly onWait?: ((reason: string) => void) | undefined;
  /** How it is waited, where nobody wants to. */
  readonly wait?: ((ms: number) => Promise<unknown>) | undefined;
}

/** Longer than an election, and longer than a lease takes to be taken over; nobody waits for one step for more. */
const longestMs = 60_000;
/** Where an answer says nothing of when to come again; the pause grows with every try. */
const firstPauseMs = 250;
const longestPauseMs = 5_000;
/** Others act on the same matter now and then; who always comes before us leaves no room for us. */
const decisionsMax = 20;

/**
 * What the guides tell every client to do: a request that was not taken now is sent again as it was, with the same
 * Idempotency-Key, once Retry-After has passed; one that came too late is decided anew on what it finds.
 */
export class Patience {
  constructor(private readonly options: PatienceOptions) {}

  /** Sends the same again while the server says "not now", or nothing at all. */
  async again<T>(send: () => Promise<T>): Promise<T> {
    for (let [tries, waitedMs] = [0, 0]; ; tries += 1) {
      try {
        return await send();
      } catch (error) {
        const pauseMs = this.#pauseAfter(error, tries);
        if (pauseMs === undefined || waitedMs + pauseMs > longestMs) throw error;
        waitedMs += pauseMs;
        this.options.onWait?.((error as Error).message);
        await (this.options.wait ?? wait)(pauseMs);
      }
    }
  }

  /**
   * Reads and sends anew where something was recorded since it was read. The key stays, for the demonstration would say
   * the same whatever it finds, and nothing was recorded under it.
   */
  async anew<T>(decide: () => Promise<T>): Promise<T> {
    for (let decided = 1; ; decided += 1) {
      try {
        return await decide();
      } catch (error) {
        const isStale = error instanceof Refused && error.status === 412;
        if (!isStale || decided === decisionsMax) throw error;
      }
    }
  }

  /** Undefined where the same request would get the same answer. */
  #pauseAfter(error: unknown, tries: number): number | undefined {
    const growing = Math.min(firstPauseMs * 2 ** tries, longestPauseMs);
    if (error instanceof NoAnswer) return growing;
    if (!(error instanceof Refused) || (error.status !== 429 && error.status < 500)) return undefined;
    return error.retryAfterMs ?? growing;
  }
}
