import type { EventStore, NewEvent } from '#libs/event-store';
import { appendTo } from '../platform/record/appending.js';
import { heldIn } from '../platform/record/beside.js';
import type { Ids } from '../platform/record/ids.js';

export interface FileTools {
  readonly store: EventStore;
  readonly ids: Ids;
}

const prefix = 'importfile-';
export const fileChunkBytes = 256 * 1024;

function streamOf(fileId: string): string {
  return prefix + fileId;
}

/** Keeps a file until it has been brought in, in the store, where every server of a cluster finds it. */
export async function keepFile(
  { store, ids }: FileTools,
  fileId: string,
  chunks: AsyncIterable<Buffer>,
): Promise<void> {
  let index = 0;
  for await (const chunk of chunks) {
    const event: NewEvent = {
      id: ids.next(),
      type: index === 0 ? 'FileBegun' : 'FileContinued',
      data: { index },
      content: { base64: chunk.toString('base64') },
      salt: null,
      meta: {},
    };
    await appendTo(store, streamOf(fileId), [event], index === 0 ? 'no_stream' : BigInt(index - 1));
    index += 1;
  }
}

/** Undefined where some of it is gone: then nothing of it is the file that was sent. */
export async function* bytesOfFile(
  { store }: Pick<FileTools, 'store'>,
  fileId: string,
): AsyncGenerator<Buffer> {
  for await (const { content } of heldIn(store, streamOf(fileId))) {
    const { base64 } = (content ?? {}) as { readonly base64?: unknown };
    if (typeof base64 !== 'string') throw new Error(`The file ${fileId} has been cleared away.`);
    yield Buffer.from(base64, 'base64');
  }
}

/** Repeating it changes nothing. */
export async function clearFile({ store }: Pick<FileTools, 'store'>, fileId: string): Promise<void> {
  await clearStream(store, streamOf(fileId));
}

/** Takes the words out of a technical stream. */
export async function clearStream(store: EventStore, stream: string): Promise<void> {
  const held: bigint[] = [];
  for await (const { revision, content } of heldIn(store, stream)) if (content !== null) held.push(revision);
  // From the end, so that whoever finds the first one empty knows that nothing is left to do.
  for (const revision of held.toReversed()) await store.eraseContent(stream, revision);
}
