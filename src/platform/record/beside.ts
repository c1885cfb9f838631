import { StreamNotFound } from '#libs/event-store';
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
