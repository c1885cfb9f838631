import { Conflict, StreamNotFound } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import { appendTo } from '../platform/record/appending.js';
import type { Ids } from '../platform/record/ids.js';

/** A stream outside the record that holds one event at most: that something was done to this store. */
export interface Mark {
  readonly stream: string;
  readonly type: string;
}

export async function isMarked(store: EventStore, { stream }: Mark): Promise<boolean> {
  try {
    for await (const _ of store.readStream(stream, { limit: 1 })) return true;
  } catch (error) {
    if (!(error instanceof StreamNotFound)) throw error;
  }
  return false;
}

/** Says whether the mark is ours: of several who set it at once, one does. */
export async function setMark(store: EventStore, ids: Ids, { stream, type }: Mark): Promise<boolean> {
  const event = { id: ids.next(), type, data: {}, content: null, salt: null, meta: {} };
  try {
    await appendTo(store, stream, [event], 'no_stream');
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}
