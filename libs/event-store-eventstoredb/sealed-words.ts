import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';

import { Damaged, type JsonObject, type SerialisedEvent } from '#libs/event-store';

/** What an event says and the salt of its hash: all that erasing takes. */
export interface Words {
  readonly content: JsonObject | null;
  readonly salt: string | null;
}

/** As an event holds them at the server. */
export interface SealedWords {
  /** The id of the key, whose stream is `content-key-<id>`. */
  readonly key: string;
  /** Base64 of nonce, tag and cipher text. */
  readonly sealed: string;
}

/** Of one event alone. */
export interface ContentKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Where the words belong: sealed under another event, or in another stream, they do not open. */
interface Belonging {
  readonly stream: string;
  readonly id: string;
}

export const noWords: Words = { content: null, salt: null };

const cipher = 'aes-256-gcm';
const [keyBytes, nonceBytes, tagBytes] = [32, 12, 16];

/** For tests too: what one event of the store costs beside its own JSON. */
export function newContentKey(): ContentKey {
  return { id: randomUUID(), bytes: randomBytes(keyBytes) };
}

export function hasWords({ content, salt }: SerialisedEvent): boolean {
  return content !== null || salt !== null;
}

/** AES-256-GCM; the nonce is random, for a key whose event was refused seals another one. */
export function sealWords(
  { content, salt, id }: SerialisedEvent,
  stream: string,
  key: ContentKey,
): SealedWords {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key.bytes, nonce, { authTagLength: tagBytes });
  sealing.setAAD(boundTo({ stream, id }, key.id));
  const text = `{"content":${content ?? 'null'},"salt":${JSON.stringify(salt)}}`;
  const sealed = [sealing.update(text, 'utf8'), sealing.final()];
  return { key: key.id, sealed: Buffer.concat([nonce, sealing.getAuthTag(), ...sealed]).toString('base64') };
}

/** Throws `Damaged` where they are not what was sealed for this event under this key. */
export function openWords({ key, sealed }: SealedWords, belonging: Belonging, bytes: Buffer): Words {
  try {
    const all = Buffer.from(sealed, 'base64');
    const opening = createDecipheriv(cipher, bytes, all.subarray(0, nonceBytes), { authTagLength: tagBytes });
    opening.setAAD(boundTo(belonging, key));
    opening.setAuthTag(all.subarray(nonceBytes, nonceBytes + tagBytes));
    const text = Buffer.concat([opening.update(all.subarray(nonceBytes + tagBytes)), opening.final()]);
    const { content, salt } = JSON.parse(text.toString('utf8')) as Words;
    return { content, salt };
  } catch (cause) {
    throw damaged(belonging, cause);
  }
}

/** Whoever writes into the server by hand may put anything there. */
export function refuseUnsealed(
  words: SealedWords | null,
  { streamId, id }: { streamId: string; id: string },
): void {
  const { key, sealed } = words ?? {};
  if (typeof key !== 'string' || typeof sealed !== 'string') throw damaged({ stream: streamId, id });
}

function damaged({ stream, id }: Belonging, cause?: unknown): Damaged {
  return new Damaged(
    `The words of the event ${id} in the stream ${stream} do not open with their key: they were changed in the event store by hand. Restore the cluster from a backup.`,
    { cause },
  );
}

function boundTo({ stream, id }: Belonging, key: string): Buffer {
  return Buffer.from(JSON.stringify(['entente-words-v1', stream, id, key]));
}
