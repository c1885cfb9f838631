import { jsonEvent, type EventData, type RecordedEvent } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';

import type { ContentKey } from './sealed-words.js';

/** All streams of keys begin so, and the one that names the erased ones; nothing of the record may. */
export const keyStreams = 'content-key';
/** All their events are of types that begin so. */
export const keyTypes = 'ContentKey';
/**
 * Names each key before its stream is deleted. Until the nodes scavenge, `$all` still shows a deleted key; who takes keys
 * from there learns here which of them to ask for.
 */
export const erasedKeysStream = `${keyStreams}s-erased`;

export function keyStreamOf(keyId: string): string {
  return `${keyStreams}-${keyId}`;
}

/** Its own event's id is the key's, so that it is stored once however often it is sent. */
export function keyEventOf({ id, bytes }: ContentKey): EventData {
  return jsonEvent({ id, type: `${keyTypes}Kept`, data: { key: bytes.toString('base64') } });
}

export function erasedEventOf(keyId: string): EventData {
  return jsonEvent({ id: randomUUID(), type: `${keyTypes}Erased`, data: { key: keyId } });
}

export type KeyNews =
  | { readonly kind: 'kept'; readonly id: string; readonly key: string }
  | { readonly kind: 'erased'; readonly id: string };

/** What an event of these streams tells; undefined of any other, and of what somebody else wrote there. */
export function newsIn({ streamId, type, data, isJson }: RecordedEvent): KeyNews | undefined {
  if (!isJson || !streamId.startsWith(keyStreams)) return undefined;
  const { key } = (data ?? {}) as { readonly key?: unknown };
  if (typeof key !== 'string') return undefined;
  if (streamId === erasedKeysStream) return { kind: 'erased', id: key };
  if (type !== `${keyTypes}Kept`) return undefined;
  return { kind: 'kept', id: streamId.slice(keyStreams.length + 1), key };
}
