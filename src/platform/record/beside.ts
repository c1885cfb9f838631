import { Damaged, StreamNotFound } from '#libs/event-store';
import type { EventStore, JsonObject, NewEvent, Recorded } from '#libs/event-store';
import type { Ids } from './ids.js';

/** The subscriptions of those who are told what is recorded: they stand beside the record in the read models too. */
export const webhookPrefix = 'webhook-';
/** What each principal follows, and how far it has looked: read from there while the store is away. */
export const followingPrefix = 'following-';
export const lookedPrefix = 'looked-';

/** An event of a stream beside the record: nobody's act, and nobody's words. */
export function eventBeside(ids: Ids, type: string, data: JsonObject): NewEvent {
  return { id: ids.next(), type, data, content: null, salt: null, meta: {} };
}

/** What a stream holds; nothing where there is no such stream. */
export async function* heldIn(
  store: Pick<EventStore, 'readStream'>,
  ...asked: Parameters<EventStore['readStream']>
): AsyncGenerator<Recorded, undefined> {
  try {
    yield* store.readStream(...asked);
  } catch (error) {
    if (!(error instanceof StreamNotFound)) throw error;
  }
}

const pageSize = 500;
/** So many in a row are no damage to single events any more. */
const damagedMax = 100;

/** The same from a revision on, without the events that can't be read: of each of them its revision is told. */
export async function* readableIn(
  store: Pick<EventStore, 'readStream'>,
  stream: string,
  from: bigint,
  damaged: (revision: bigint) => void,
): AsyncGenerator<Recorded, undefined> {
  let next = from;
  // How many events are read by themselves, because of what was read together something can't be read.
  let apart = 0;
  let inARow = 0;
  for (let more = true; more;) {
    try {
      more = false;
      for await (const event of heldIn(store, stream, { from: next, limit: apart > 0 ? 1 : pageSize })) {
        more = true;
        next = event.revision + 1n;
        inARow = 0;
        yield event;
      }
      if (apart > 0) apart -= 1;
    } catch (error) {
      if (!(error instanceof Damaged) || inARow === damagedMax) throw error;
      more = true;
      if (apart === 0) apart = pageSize;
      else {
        damaged(next);
        next += 1n;
        inARow += 1;
      }
    }
  }
}
