import { Conflict } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import { withMethods } from './with-methods.js';

/** What became of all that was appended since the start, whoever did it. */
export class Appends {
  recorded = 0;
  events = 0;
  /** Somebody else had appended to the stream first; most of these are decided anew. */
  conflicts = 0;
  failed = 0;
  /** Sent, and not answered yet. */
  underWay = 0;
}

/** The store, whose appends are counted. */
export function countedStore(store: EventStore, appends: Appends): EventStore {
  return withMethods(store, {
    async append(stream, events, options) {
      appends.underWay += 1;
      try {
        const appended = await store.append(stream, events, options);
        appends.recorded += 1;
        appends.events += events.length;
        return appended;
      } catch (error) {
        if (error instanceof Conflict) appends.conflicts += 1;
        else appends.failed += 1;
        throw error;
      } finally {
        appends.underWay -= 1;
      }
    },
  });
}
