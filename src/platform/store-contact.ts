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
  #isAway = false;

  constructor(private readonly store: Pick<EventStore, 'head' | 'silentMs'>) {}

  /** For how long the store has been silent, in milliseconds; undefined while it is there. */
  async silentMs(): Promise<number | undefined> {
    if (this.knownAway || this.#silence === undefined) return this.#silence;
    await within(new RealTimer(), storeMs, this.#ask());
    this.#isAway = this.#silence !== undefined;
    return this.#silence;
  }

  /** Whether somebody has waited for it in vain, and nothing was heard since. It goes on being asked. */
  get knownAway(): boolean {
    if (this.#silence === undefined) this.#isAway = false;
    if (this.#isAway) void this.#ask();
    return this.#isAway;
  }

  /** Somebody has just waited in vain; gives for how long it has been silent. */
  lost(): number {
    this.#isAway = true;
    return this.store.silentMs ?? 0;
  }

  get #silence(): number | undefined {
    const { silentMs } = this.store;
    return silentMs === undefined || silentMs < freshMs ? undefined : silentMs;
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
