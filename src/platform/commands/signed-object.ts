import type { NewEvent } from '#libs/event-store';
import { actOf, leafOf, nodeCrypto, payloadOf } from '#libs/ledger';
import type { ActObject, JsonObject } from '#libs/ledger';

/** Where an event will stand. */
export interface Standing {
  /** Of the log of its dialogue. */
  readonly origin: string;
  readonly stream: string;
  readonly revision: number;
}

/** No part of what is signed, for only the store says when it was recorded. */
const beforeRecording = '1970-01-01T00:00:00.000Z';

/**
 * What a party signs of an act: made of the event as it will be stored, by the very functions by which it is found in the
 * log again.
 */
export function signedObject(
  { id, type, data, meta }: NewEvent,
  { origin, stream, revision }: Standing,
): ActObject {
  const event = { id, type, data, meta, stream, revision, recordedAt: beforeRecording };
  const head = revision === 0 ? undefined : { rev: revision - 1, hash: '' };
  return actOf(leafOf(nodeCrypto, { origin, size: 0, headOf: () => head }, event), payloadOf(event));
}

/** As it is canonicalised: what is undefined is absent. */
export function asJson(object: ActObject): JsonObject {
  return JSON.parse(JSON.stringify(object)) as JsonObject;
}
