import type { EventStore, Filter, Recorded } from '#libs/event-store';

const pageSize = 500;

/**
 * Every event of the store that passes the filter, page by page, in its order; after a position, where one is given.
 * `passed` is told how far the store was read.
 */
export async function* everyEvent(
  store: EventStore,
  filter: Filter,
  from?: Recorded['position'],
  passed?: (position: Recorded['position']) => void,
): AsyncGenerator<Recorded> {
  let after = from;
  for (let more = true; more;) {
    more = false;
    const page = { filter, limit: pageSize, ...(after === undefined ? {} : { after }) };
    for await (const message of store.readAll(page)) {
      if (message.kind === 'caughtUp') continue;
      after = message.kind === 'event' ? message.event.position : message.position;
      passed?.(after);
      if (message.kind !== 'event') continue;
      more = true;
      yield message.event;
    }
  }
}
