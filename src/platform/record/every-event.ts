import { Damaged } from '#libs/event-store';
import type { DamagedPlace, EventStore, Filter, Position, Recorded } from '#libs/event-store';

const pageSize = 500;

interface Told {
  /** How far the store was read. */
  readonly passed?: (position: Position) => void;
  /** Of an event that can't be read, which is then passed over; without this it is thrown. */
  readonly damaged?: (place: DamagedPlace) => void;
}

/**
 * Every event of the store that passes the filter, page by page, in its order; after a position, where one is given.
 */
export async function* everyEvent(
  store: EventStore,
  filter: Filter,
  from?: Position,
  { passed, damaged }: Told = {},
): AsyncGenerator<Recorded> {
  let after = from;
  // How many events are read by themselves, because of what was read together something can't be read.
  let apart = 0;
  const pass = (place: Position) => {
    after = place;
    passed?.(place);
  };
  for (let more = true; more;) {
    more = false;
    const page = { filter, limit: apart > 0 ? 1 : pageSize, ...(after === undefined ? {} : { after }) };
    try {
      for await (const message of store.readAll(page)) {
        if (message.kind === 'caughtUp') continue;
        pass(message.kind === 'event' ? message.event.position : message.position);
        if (message.kind !== 'event') continue;
        more = true;
        yield message.event;
      }
      if (apart > 0) apart -= 1;
    } catch (error) {
      if (damaged === undefined || !(error instanceof Damaged)) throw error;
      const { place } = error;
      if (place === undefined || (after !== undefined && place.position <= after)) throw error;
      more = true;
      if (apart > 0) {
        damaged(place);
        pass(place.position);
      } else apart = pageSize;
    }
  }
}
