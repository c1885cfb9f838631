import { createHash } from 'node:crypto';
import { Conflict, StreamNotFound } from '#libs/event-store';
import type { EventStore, NewEvent } from '#libs/event-store';
import type { Ids } from '../platform/ids.js';

const chunkBytes = 256 * 1024;

export interface Blob {
  readonly sha256: string;
  readonly size: number;
}

function streamOf(sha256: string): string {
  return `blob-${sha256}`;
}

/**
 * Keeps the bytes of a source in chunks, in a stream named by their hash: held once however often they are sent, on
 * every server of the store. Complete when it resolves; a broken upload is begun again and goes on where it ended.
 */
export async function keepBytes(store: EventStore, ids: Ids, bytes: Buffer): Promise<Blob> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const count = Math.max(1, Math.ceil(bytes.length / chunkBytes));
  for (let index = await chunksHeld(store, sha256); index < count; index += 1) {
    const chunk = bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes);
    const event: NewEvent = {
      id: ids.drawnFrom('blob', sha256, String(index)),
      type: 'ChunkKept',
      data: { index, of: count, size: bytes.length, base64: chunk.toString('base64') },
      content: null,
      salt: null,
      meta: {},
    };
    try {
      await store.append(streamOf(sha256), [event], {
        expected: index === 0 ? 'no_stream' : BigInt(index - 1),
      });
    } catch (error) {
      // Somebody else is sending the same bytes: the chunk is there, and it is the same one.
      if (!(error instanceof Conflict)) throw error;
    }
  }
  return { sha256, size: bytes.length };
}

async function chunksHeld(store: EventStore, sha256: string): Promise<number> {
  try {
    for await (const event of store.readStream(streamOf(sha256), { backwards: true, limit: 1 })) {
      return Number(event.revision) + 1;
    }
  } catch (error) {
    if (!(error instanceof StreamNotFound)) throw error;
  }
  return 0;
}

/** What one event of the stream holds; undefined for what is no chunk. */
function chunkOf(data: unknown): { readonly of: number; readonly base64: string } | undefined {
  const { of, base64 } = (data ?? {}) as { readonly of?: unknown; readonly base64?: unknown };
  return typeof of === 'number' && typeof base64 === 'string' ? { of, base64 } : undefined;
}

/** Whether all chunks are there; a partial upload is not held. */
export async function isHeld(store: EventStore, sha256: string): Promise<boolean> {
  const held = await chunksHeld(store, sha256);
  if (held === 0) return false;
  for await (const { data } of store.readStream(streamOf(sha256), { limit: 1 }))
    return chunkOf(data)?.of === held;
  return false;
}

/** The bytes, checked against their name; undefined where they are not held. */
export async function readBytes(store: EventStore, sha256: string): Promise<Buffer | undefined> {
  if (!(await isHeld(store, sha256))) return undefined;
  const chunks: Buffer[] = [];
  for await (const event of store.readStream(streamOf(sha256))) {
    const chunk = chunkOf(event.data);
    if (chunk === undefined) return undefined;
    chunks.push(Buffer.from(chunk.base64, 'base64'));
  }
  const bytes = Buffer.concat(chunks);
  // What does not have the hash that names it is not what was sent, whoever put it there.
  return createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : undefined;
}
