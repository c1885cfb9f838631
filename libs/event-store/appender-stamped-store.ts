import { MemoryEventStore } from './memory-store.js';

/** A memory store whose events keep the time of whoever appended them, as on a cluster: it may fall along the order. */
export class AppenderStampedEventStore extends MemoryEventStore {
  protected override recordedAt(now: string): string {
    return now;
  }
}
