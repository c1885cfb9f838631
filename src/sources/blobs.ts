import { createHash } from 'node:crypto';
import { Conflict } from '#libs/event-store';
import type { EventStore, NewEvent, Recorded } from '#libs/event-store';
import { appendTo } from '../platform/record/appending.js';
import { heldIn } from '../platform/record/beside.js';
import type { Ids } from '../platform/record/ids.js';

const chunkBytes = 256 * 1024;

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What the store keeps for so many bytes: whole chunks, so that many small ones have a bound as well. */
export function roomFor(size: number): number {
  return chunksFor(size) * chunkBytes;
}

function chunksFor(size: number): number {
  return Math.max(1, Math.ceil(size / chunkBytes));
}

function streamOf(blobId: string): string {
  return `blob-${blobId}`;
}

/**
 * Keeps bytes in chunks, in a stream whose name tells nothing of them; the chunks are content, so that they can be
 * erased. Complete when it resolves; a broken upload is begun again and goes on where it ended.
 */
export async function keepBytes(store: EventStore, ids: Ids, blobId: string, bytes: Buffer): Promise<void> {
  const count = chunksFor(bytes.length);
  for (let index = await chunksHeld(store, blobId); index < count; index += 1) {
    const chunk = bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes);
    const event: NewEvent = {
      id: ids.drawnFrom('blob', blobId, String(index)),
      type: 'ChunkKept',
      data: { index, of: count },
      content: { base64: chunk.toString('base64') },
      salt: null,
      meta: {},
    };
    try {
      await appendTo(store, streamOf(blobId), [event], index === 0 ? 'no_stream' : BigInt(index - 1));
    } catch (error) {
      // The same upload comes twice at once: the chunk is there, and it is the same one.
      if (!(error instanceof Conflict)) throw error;
    }
  }
}

async function chunksHeld(store: EventStore, blobId: string): Promise<number> {
  for await (const event of heldIn(store, streamOf(blobId), { backwards: true, limit: 1 }))
    return Number(event.revision) + 1;
  return 0;
}

/** What one event of the stream holds; undefined for what is no chunk, or no more. */
function chunkOf({ data, content }: Recorded): { readonly of: number; readonly base64: string } | undefined {
  const { of } = (data ?? {}) as { readonly of?: unknown };
  const { base64 } = (content ?? {}) as { readonly base64?: unknown };
  return typeof of === 'number' && typeof base64 === 'string' ? { of, base64 } : undefined;
}

/** Whether all chunks are there; a partial upload is not held. */
export async function isWhole(store: EventStore, blobId: string): Promise<boolean> {
  const held = await chunksHeld(store, blobId);
  if (held === 0) return false;
  for await (const event of store.readStream(streamOf(blobId), { limit: 1 }))
    return chunkOf(event)?.of === held;
  return false;
}

/** The bytes, checked against the hash that the record gives; undefined where they are not held. */
export async function readBytes(
  store: EventStore,
  blobId: string,
  sha256: string,
): Promise<Buffer | undefined> {
  if (!(await isWhole(store, blobId))) return undefined;
  const chunks: Buffer[] = [];
  for await (const event of store.readStream(streamOf(blobId))) {
    const chunk = chunkOf(event);
    if (chunk === undefined) return undefined;
    chunks.push(Buffer.from(chunk.base64, 'base64'));
  }
  const bytes = Buffer.concat(chunks);
  // What does not have the hash that the record gives is not what was sent, whoever put it there.
  return sha256Of(bytes) === sha256 ? bytes : undefined;
}

/** Repeating it changes nothing. */
export async function eraseBytes(store: EventStore, blobId: string): Promise<void> {
  const count = await chunksHeld(store, blobId);
  for (let index = 0; index < count; index += 1) await store.eraseContent(streamOf(blobId), BigInt(index));
}
