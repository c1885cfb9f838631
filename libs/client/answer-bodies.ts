import { timerOf } from './patience.js';
import { NotUnderstood } from './problems.js';

/** Nobody answers more at once than this; what is larger comes as a stream. */
const answerBytesMax = 64 * 1024 * 1024;

/** What comes, bit by bit; who stops reading ends the connection. Not every browser can iterate over a stream itself. */
export async function* chunksOf({ body }: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body?.getReader();
  if (reader === undefined) return;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** All that came; throws where it is cut off, and where it has no end. */
export async function wholeBody(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of chunksOf(response)) {
    size += part.byteLength;
    if (size > answerBytesMax)
      throw new NotUnderstood('The request', response.status, 'more than 64 MiB came.');
    parts.push(part);
  }
  const bytes = new Uint8Array(size);
  let place = 0;
  for (const part of parts) {
    bytes.set(part, place);
    place += part.byteLength;
  }
  return bytes;
}

/** What comes bit by bit, for as long as bits come; `end` is called once, when nothing more does. */
export function watched(
  response: Response,
  silentMs: number,
  ending: AbortController,
  end: () => void,
): Response {
  const chunks = chunksOf(response);
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const silence = timerOf(() => ending.abort(new Error('The stream fell silent.')), silentMs);
      try {
        const read = await chunks.next();
        if (read.done !== true) controller.enqueue(read.value);
        else {
          end();
          controller.close();
        }
      } catch (error) {
        end();
        throw error;
      } finally {
        clearTimeout(silence);
      }
    },
    async cancel() {
      end();
      ending.abort();
      await chunks.return(undefined).catch(() => undefined);
    },
  });
  return new Response(stream, response);
}
