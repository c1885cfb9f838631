import { chunksOf } from './answer-bodies.js';
import { eventsOf } from './event-stream.js';
import { atLeast, grownPause } from './patience.js';
import { NoAnswer, NotUnderstood } from './problems.js';
import { sent } from './sending.js';
import type { Connection } from './writing.js';

export interface FeedOptions {
  /** Where to go on: the `cursor` of the last item that you dealt with. From the beginning of the record without it. */
  readonly after?: string;
  readonly dialogue?: string;
  readonly types?: readonly string[];
  /** Ends the iteration: it throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** After how long without a sign of life a connection counts as broken; the server gives one every 15 s. In milliseconds. */
  readonly silentMs?: number;
}

export interface FeedItem<Event> {
  readonly event: Event;
  /** Keep it together with what you made of the event: the feed goes on after it. */
  readonly cursor: string;
}

/**
 * Everything that is recorded, in its order, each event once, for as long as it is read. Connections that break are made
 * anew, and go on after the last event that was given.
 *
 * @throws EpochChanged where the record was restored: begin the copy anew.
 * @throws EntenteProblem where one may not read on; NoAnswer where the server can't be reached within the patience.
 */
export async function* feedOf<Event>(
  connection: Connection,
  options: FeedOptions,
): AsyncGenerator<FeedItem<Event>> {
  const { patience, wait } = connection.sender;
  if (options.silentMs !== undefined) atLeast('silentMs', options.silentMs, 1);
  let { after } = options;
  for (let fruitless = 0; fruitless < patience.attempts; fruitless += 1) {
    if (fruitless > 0) await wait(grownPause(patience, fruitless), options.signal);
    let signs = 0;
    for await (const { type, data, id } of streamOf(connection, { ...options, after })) {
      // The first sign is that of every connection.
      signs += 1;
      if (signs > 1 || id !== undefined) fruitless = 0;
      if (type !== 'message') continue;
      if (id !== undefined && data === undefined) after = id;
      if (id === undefined || data === undefined) continue;
      const event = parsed<Event>(data);
      after = id;
      yield { event, cursor: id };
    }
  }
  throw new NoAnswer(
    'GET /v1/feed',
    false,
    undefined,
    new Error('Every connection ended before anything came.'),
  );
}

function parsed<Event>(data: string): Event {
  try {
    return JSON.parse(data) as Event;
  } catch {
    throw new NotUnderstood('GET /v1/feed', 200, 'an event that is no JSON came.');
  }
}

type Asked = Omit<FeedOptions, 'after'> & { readonly after: string | undefined };

/** One connection, until it ends, breaks or falls silent: who reads on from where it came to loses nothing. */
async function* streamOf(
  connection: Connection,
  { after, dialogue, types, signal, silentMs = 45_000 }: Asked,
) {
  const address = connection.address('/v1/feed', { after, dialogue, type: types });
  const headers = { Accept: 'text/event-stream' };
  const response = await sent(connection.sender, { method: 'GET', address, headers, signal, silentMs });
  try {
    yield* eventsOf(textOf(response));
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof Broken)) throw error;
  }
}

/** The connection is no more. What the server says is another matter. */
class Broken extends Error {}

async function* textOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const chunks = chunksOf(response);
  try {
    for (;;) {
      const read = await chunks.next().catch((cause: unknown) => {
        throw new Broken('The stream broke off.', { cause });
      });
      if (read.done === true) return;
      yield decoder.decode(read.value, { stream: true });
    }
  } finally {
    await chunks.return(undefined);
  }
}
