import { Conflict, OutcomeUnknown } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import { eventBeside, heldIn } from '../record/beside.js';
import type { Ids } from '../record/ids.js';
import type { Timer } from '../record/timer.js';

/** Whether this server may bring consequences about now. */
export interface Lease {
  readonly held: boolean;
  /** This server gives up: whoever waits for the lease must not wait any longer. */
  readonly ended: boolean;
  /** Resolves when this server holds it, or after the time given, whichever comes first. */
  waitHeld(timeoutMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** Where one process has the store to itself, there is nobody to share the work with. */
export const soleHolder: Lease = {
  held: true,
  ended: false,
  waitHeld: async () => {},
  stop: async () => {},
};

export const leaseStream = 'lease-policies';
/** Only the last event is ever read; a few more show an operator what happened. */
export const leaseEventsKept = 100;
/** How often the holder says that it is there, and how long others hear nothing before one of them takes over. */
export interface LeaseWaits {
  readonly renewMs: number;
  readonly silentMs: number;
}
export const leaseWaits: LeaseWaits = { renewMs: 2_000, silentMs: 6_000 };

interface Seen {
  readonly revision: bigint | undefined;
  readonly holder: string | undefined;
  /** When this server first saw that revision, by its own clock: clocks of others are not compared. */
  readonly at: number;
}

/**
 * A lease kept in the store itself: a stream in which the holder says again and again that it is there. Every word is
 * appended at the revision that was seen, so of two servers that take over at once one fails, and a holder that was
 * replaced learns it at its next word. Doing a consequence twice is harmless anyway, since its id is drawn from its
 * cause; the lease only saves the work.
 */
export class StoreLease implements Lease {
  #seen: Seen = { revision: undefined, holder: undefined, at: 0 };
  #heldUntil = 0;
  /** Our last word may be there, though nobody said so. */
  #unsure = false;
  readonly #ended = new AbortController();
  readonly #running: Promise<void>;
  readonly #waiting = new Set<() => void>();

  constructor(
    private readonly store: EventStore,
    private readonly ids: Ids,
    private readonly timer: Timer,
    private readonly holder: string,
    /** Whether this server can do the work; where not, it takes no lease and gives up the one that it has. */
    private readonly mayHold: () => boolean = () => true,
    private readonly waits: LeaseWaits = leaseWaits,
    /** Told when the one who held it has fallen silent and this server takes over. */
    private readonly tellTakeover: () => void = () => undefined,
  ) {
    this.#running = this.#run();
  }

  /** Ends by itself before others may take over, even where this server can't reach the store any more. */
  get held(): boolean {
    return this.timer.now() < this.#heldUntil;
  }

  get ended(): boolean {
    return this.#ended.signal.aborted;
  }

  async waitHeld(timeoutMs: number): Promise<void> {
    if (this.held) return;
    const ended = new AbortController();
    const heard = new Promise<void>((resolve) => this.#waiting.add(resolve));
    await Promise.race([heard, this.timer.wait(timeoutMs, ended.signal).catch(() => {})]);
    ended.abort();
  }

  /** Gives the lease up at once, so that another server need not wait for the silence. */
  async stop(): Promise<void> {
    this.#heldUntil = 0;
    this.#ended.abort();
    await this.#running;
    if (this.#unsure) await this.#look().catch(() => undefined);
    // One that ran out meanwhile is given up as well: others would still wait for the silence.
    if (this.#seen.holder === this.holder) await this.#say('LeaseReleased').catch(() => undefined);
  }

  async #run(): Promise<void> {
    const { signal } = this.#ended;
    // The first turn comes after whoever made it has finished making what it asks.
    await Promise.resolve();
    while (!signal.aborted) {
      // What fails here is tried again at the next turn; meanwhile the lease runs out by itself.
      await this.#turn().catch(() => undefined);
      await this.timer.wait(this.waits.renewMs, signal).catch(() => undefined);
    }
  }

  async #turn(): Promise<void> {
    const { renewMs, silentMs } = this.waits;
    await this.#look();
    const { holder, at } = this.#seen;
    if (!this.mayHold()) {
      this.#heldUntil = 0;
      if (holder === this.holder) await this.#say('LeaseReleased');
      return;
    }
    const isFree = holder === undefined || this.timer.now() - at >= silentMs;
    if (holder !== this.holder && !isFree) return;
    const saidAt = this.timer.now();
    if (!(await this.#say('LeaseTaken'))) return;
    this.#heldUntil = saidAt + silentMs - renewMs;
    if (holder !== undefined && holder !== this.holder) this.tellTakeover();
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  async #look(): Promise<void> {
    for await (const event of heldIn(this.store, leaseStream, { backwards: true, limit: 1 })) {
      if (event.revision === this.#seen.revision) return;
      const holder = event.type === 'LeaseReleased' ? undefined : (event.data['holder'] as string);
      this.#seen = { revision: event.revision, holder, at: this.timer.now() };
    }
  }

  /** False where somebody else has spoken since this server looked. */
  async #say(type: string): Promise<boolean> {
    const event = eventBeside(this.ids, type, { holder: this.holder });
    const expected = this.#seen.revision ?? 'no_stream';
    try {
      const { revision } = await this.store.append(leaseStream, [event], { expected });
      this.#seen = {
        revision,
        holder: type === 'LeaseTaken' ? this.holder : undefined,
        at: this.timer.now(),
      };
      this.#unsure = false;
      return true;
    } catch (error) {
      this.#unsure = error instanceof OutcomeUnknown;
      if (error instanceof Conflict) return false;
      throw error;
    }
  }
}
