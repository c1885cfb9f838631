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

/** The server keeps ids as 16 bytes and gives them back in lower case, and keeps names with a $ for itself. */
export function refuseUnstorable(stream: string, events: readonly NewEvent[]): void {
  if (stream.startsWith('$') || stream === identityStream) {
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
export function eventDataOf(event: SerialisedEvent, recordedAt: string): EventData {
  const content = event.content === null ? null : (JSON.parse(event.content) as JsonObject);
  return jsonEvent({
    id: event.id,
    type: event.type,
    data: { data: JSON.parse(event.data) as JsonObject, content, salt: event.salt },
    // The server's own time loses precision on its way through the client, so ours is stored beside the event.
    metadata: { meta: JSON.parse(event.meta) as JsonObject, recordedAt },
  });
}

interface OurEvent extends JSONRecordedEvent {
  readonly data: { data: JsonObject; content: JsonObject | null; salt: string | null };
  readonly metadata: { meta: JsonObject; recordedAt: string };
}

/** Others may write to the same server; what they and the server itself write is no part of the record. */
export function isOurs(event: RecordedEvent): event is OurEvent {
  if (!event.isJson || event.streamId.startsWith('$') || event.streamId === identityStream) return false;
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

export function recordedFrom(event: OurEvent, epoch: string): Recorded {
  const { data, content, salt } = event.data;
  return {
    id: event.id,
    type: event.type,
    data,
    content,
    salt,
    meta: event.metadata.meta,
    stream: event.streamId,
    revision: event.revision,
    position: positionOf(epoch, placeOfEvent(event)),
    recordedAt: event.metadata.recordedAt,
  };
}
