import { OutcomeUnknown, Unavailable } from './errors.js';
import { MemoryEventStore } from './memory-store.js';
import type { Appended, EventStore } from './port.js';

/** A memory store that fails as it is told to, for tests of those who must go on safely. */
export class FaultyMemoryEventStore extends MemoryEventStore {
  #repliesLost = 0;
  #goesAfter = Number.POSITIVE_INFINITY;
  #loses = false;
  #erases = true;
  /** How many appends were stored since it was told last how to fail. */
  stored = 0;
  /** How often somebody was refused or left without a reply since then. */
  failed = 0;

  /** The next append is stored, but its caller hears only that the outcome is unknown. */
  loseReplyOnce(): void {
    this.#repliesLost = 1;
  }

  /** So many appends go through; then single streams can be read, written and erased no more. */
  goAwayAfter(appends: number): void {
    this.mend();
    this.#goesAfter = appends;
  }

  /** So many appends go through; the next is stored as well, nobody hears of it, and the store is gone with that. */
  breakOffAfter(appends: number): void {
    this.goAwayAfter(appends);
    this.#loses = true;
  }

  /** What is erased stays where it is; all else goes on. */
  refuseErasures(): void {
    this.#erases = false;
  }

  mend(): void {
    this.#erases = true;
    this.#repliesLost = 0;
    this.#goesAfter = Number.POSITIVE_INFINITY;
    this.#loses = false;
    this.stored = 0;
    this.failed = 0;
  }

  override async append(...[stream, events, options]: Parameters<EventStore['append']>): Promise<Appended> {
    if (!this.#loses) this.#refuseAway();
    const appended = await super.append(stream, events, options);
    this.stored += 1;
    if (this.#loses && this.stored > this.#goesAfter) this.#loses = false;
    else if (this.#repliesLost === 0) return appended;
    else this.#repliesLost -= 1;
    this.failed += 1;
    throw new OutcomeUnknown('The reply to the append was lost.');
  }

  override headKept(stream: string): bigint | undefined {
    return this.stored < this.#goesAfter ? super.headKept(stream) : undefined;
  }

  override async *readStream(...asked: Parameters<EventStore['readStream']>) {
    if (!this.#loses) this.#refuseAway();
    yield* super.readStream(...asked);
  }

  override async eraseContent(...asked: Parameters<EventStore['eraseContent']>): Promise<void> {
    if (!this.#loses) this.#refuseAway();
    if (!this.#erases) throw new Unavailable('The disk is full; nothing was stored.');
    await super.eraseContent(...asked);
  }

  #refuseAway(): void {
    if (this.stored < this.#goesAfter) return;
    this.failed += 1;
    throw new Unavailable('The store can not be reached.');
  }
}
