import { Problem, problemSlug } from '#libs/problem-details';
import type { RecordRead } from '../platform/record/reading.js';
import { cursorAt, reachedPlace } from './feed-place.js';
import type { Place } from './feed-place.js';
import type { FeedReader } from './feed-reader.js';

/** Little is read before it is taken, so that a slow reader holds little. */
const bounds = { items: 50, characters: 64 * 1024 };
/** How long a client shall wait before it connects again. */
const retryMs = 1_000;

export interface Streaming {
  readonly record: RecordRead;
  readonly reader: FeedReader;
  readonly heartbeatMs: number;
  /** Aborted once the reader has gone, or the server ends. */
  readonly ending: AbortSignal;
  /** Throws where the principal may not read on. Asked before anything is told. */
  readonly stillMay: () => Promise<void>;
}

function ended(because: string): string {
  return `event: end\ndata: ${JSON.stringify({ because })}\n\n`;
}

/** A line of the stream format that no event comes of, with the place: who reads on from it need not look again. */
function heartbeat(cursor: string | undefined): string {
  return cursor === undefined ? ': here\n\n' : `: here\nid: ${cursor}\n\n`;
}

async function* told({ record, reader, heartbeatMs, ending, stillMay }: Streaming, place: Place) {
  let after = await reachedPlace(record, place, heartbeatMs, ending);
  while (after === undefined && !ending.aborted) {
    await stillMay();
    yield heartbeat(undefined);
    after = await reachedPlace(record, place, heartbeatMs, ending);
  }
  while (after !== undefined && !ending.aborted) {
    await stillMay();
    const page = await reader.page(after, bounds);
    for (const event of page.events) {
      // A slow reader takes a page over a long time: a grant may have been withdrawn, and words been erased.
      await stillMay();
      if (ending.aborted) return;
      if (!reader.mayTell(event)) continue;
      yield `id: ${cursorAt(record, event.ordinal) ?? ''}\ndata: ${reader.text(event)}\n\n`;
    }
    after = page.reached;
    if (page.more || (await reader.changed(after, heartbeatMs, ending)) || ending.aborted) continue;
    await stillMay();
    yield heartbeat(cursorAt(record, after));
  }
}

/**
 * The feed as server-sent events (HTML, section 9.2): each event's `id` is the cursor after it, so `Last-Event-ID` goes on
 * there. It ends by itself only where the principal may not read on, or the server ends.
 */
export async function* feedStream(streaming: Streaming, place: Place): AsyncGenerator<string> {
  yield `retry: ${retryMs}\n\n`;
  try {
    yield* told(streaming, place);
    yield ended('shutting-down');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    yield ended(problemSlug(error.kind.code));
  }
}
