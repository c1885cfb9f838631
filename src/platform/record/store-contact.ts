import { realElapsed } from './clock.js';
import type { EventStore } from '#libs/event-store';
import { RealTimer, within } from './timer.js';
import { storeMs } from './unless-away.js';

/** What was heard as lately as this is the present: no answer without its age is older. */
const freshMs = 1_000;

/**
 * Whether the store is there, for those who can do without it. It is asked only where it has said nothing of late, by one
 * question at a time; while it gives no answer nobody waits for another one.
 */
export class StoreContact {
  #asking: Promise<void> | undefined;
  /** When it was last waited for in vain. */
  #lostAt: number | undefined;

  constructor(private readonly store: Pick<EventStore, 'head' | 'silentMs'>) {}

  /** For how long the store has been silent, in milliseconds; undefined while it is there. */
  async silentMs(): Promise<number | undefined> {
    const { silentMs = 0 } = this.store;
    if (this.knownAway) return silentMs;
    if (silentMs < freshMs) return undefined;
    await within(new RealTimer(), storeMs, this.#ask());
    const { silentMs: now = 0 } = this.store;
    return now < freshMs ? undefined : this.lost();
  }

  /** Whether somebody has waited for it in vain, and nothing was heard since. It goes on being asked. */
  get knownAway(): boolean {
    const { silentMs = 0 } = this.store;
    const isAway = this.#lostAt !== undefined && realElapsed() - this.#lostAt <= silentMs;
    if (isAway) void this.#ask();
    return isAway;
  }

  /** Somebody has just waited in vain; gives for how long it has been silent. */
  lost(): number {
    if (!this.knownAway) this.#lostAt = realElapsed();
    return this.store.silentMs ?? 0;
  }

  #ask(): Promise<void> {
    return (this.#asking ??= this.store
      .head()
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => (this.#asking = undefined)));
  }
}
