import { OutcomeUnknown } from './errors.js';
import { MemoryEventStore } from './memory-store.js';
import type { Appended, EventStore } from './port.js';

/** A memory store that can lose a reply, for tests of those who must retry safely. */
export class FaultyMemoryEventStore extends MemoryEventStore {
  #loseNextReply = false;

  /** The next append is stored, but its caller hears only that the outcome is unknown. */
  loseReplyOnce(): void {
    this.#loseNextReply = true;
  }

  override async append(...[stream, events, options]: Parameters<EventStore['append']>): Promise<Appended> {
    const appended = await super.append(stream, events, options);
    if (!this.#loseNextReply) return appended;
    this.#loseNextReply = false;
    throw new OutcomeUnknown('The reply to the append was lost.');
  }
}
