import { jsonEvent, type EventData, type JSONRecordedEvent, type RecordedEvent } from '@eventstore/db-client';

import {
  Fatal,
  formatPosition,
  parsePosition,
  PositionForeign,
  type JsonObject,
  type NewEvent,
  type Position,
  type Recorded,
  type SerialisedEvent,
} from '#libs/event-store';

import { keyStreams } from './key-streams.js';
import type { SealedWords, Words } from './sealed-words.js';

/** The id of its latest event is the epoch of the store. */
export const identityStream = 'entente-identity';

/** A place in `$all`. Both numbers count: events of one transaction share the commit position. */
export interface Place {
  readonly commit: bigint;
  readonly prepare: bigint;
}

export function isAfter(a: Place, b: Place | undefined): boolean {
  if (b === undefined) return true;
  return a.commit > b.commit || (a.commit === b.commit && a.prepare > b.prepare);
}

export function positionOf(epoch: string, { commit, prepare }: Place): Position {
  return formatPosition(epoch, commit, prepare);
}

export function placeOf(epoch: string, position: Position | undefined): Place | undefined {
  if (position === undefined) return undefined;
  const parts = parsePosition(position);
  if (parts.epoch !== epoch) {
    throw new PositionForeign(
      `The position is of epoch ${parts.epoch}, but this store's epoch is ${epoch}: it is another store, or another life of it.`,
    );
  }
  return { commit: parts.commit, prepare: parts.prepare };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the server or this store keeps the stream for itself. */
function isOfTheStore(stream: string): boolean {
  return stream.startsWith('$') || stream === identityStream || stream.startsWith(keyStreams);
}

/** The server keeps ids as 16 bytes and gives them back in lower case, and keeps names with a $ for itself. */
export function refuseUnstorable(stream: string, events: readonly NewEvent[]): void {
  if (isOfTheStore(stream)) {
    throw new TypeError(`The stream name ${stream} is kept for the event store itself.`);
  }
  for (const { id, type } of events) {
    if (!uuid.test(id)) throw new TypeError('In EventStoreDB, the id of an event is a UUID in lower case.');
    if (type.startsWith('$')) throw new TypeError(`The event type ${type} is kept for the server.`);
  }
}

/**
 * The JSON is parsed again, as the client serialises once more; what went through text once can't fail in that, where
 * the client would neither store nor ever answer. So what comes back is equal as JSON and not by its bytes.
 */
export function eventDataOf(
  event: SerialisedEvent,
  words: SealedWords | undefined,
  recordedAt: string,
): EventData {
  return jsonEvent({
    id: event.id,
    type: event.type,
    data: { data: JSON.parse(event.data) as JsonObject, ...(words === undefined ? {} : { words }) },
    // The server's own time loses precision on its way through the client, so ours is stored beside the event.
    metadata: { meta: JSON.parse(event.meta) as JsonObject, recordedAt },
  });
}

/** As the server holds it: what it says is sealed. */
export interface StoredEvent extends JSONRecordedEvent {
  readonly data: { data: JsonObject; words?: SealedWords };
  readonly metadata: { meta: JsonObject; recordedAt: string };
}

/** Others may write to the same server; what they and the server itself write is no part of the record. */
export function isOurs(event: RecordedEvent): event is StoredEvent {
  if (!event.isJson || isOfTheStore(event.streamId)) return false;
  const { metadata } = event;
  return typeof metadata === 'object' && metadata !== null && 'recordedAt' in metadata && 'meta' in metadata;
}

export function placeOfEvent(event: RecordedEvent): Place {
  const place = event.position;
  // Servers before 22.6 give no position in the read of a stream, but the greatest number there is.
  if (place === undefined || place.commit > 0x7fff_ffff_ffff_ffffn) {
    throw new Fatal('The server gives no positions of events: it must be EventStoreDB 22.6 or newer.');
  }
  return place;
}

export function recordedFrom(event: StoredEvent, { content, salt }: Words, epoch: string): Recorded {
  return {
    id: event.id,
    type: event.type,
    data: event.data.data,
    content,
    salt,
    meta: event.metadata.meta,
    stream: event.streamId,
    revision: event.revision,
    position: positionOf(epoch, placeOfEvent(event)),
    recordedAt: event.metadata.recordedAt,
  };
}
