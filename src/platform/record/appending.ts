import { Conflict, OutcomeUnknown, Unavailable } from '#libs/event-store';
import type { Appended, EventStore, Expected, NewEvent } from '#libs/event-store';
import { fold } from './fold.js';
import { hasRecorded } from './request-recorded.js';
import type { LoadedStream, StoredStreams } from './stored-streams.js';

/** How often an append whose outcome is unknown is sent again, with the same ids at the same revision. */
const resendsMax = 3;

/**
 * The one way by which a request, or a command of the program, appends. Sends the same ids at the same revision again while
 * nobody knows whether they were stored. Once nobody knew, that the store can't be reached says nothing of what it had
 * taken before; nor is it known then which of them was stored.
 */
export async function appendTo(
  store: Pick<EventStore, 'append'>,
  stream: string,
  events: readonly [NewEvent, ...NewEvent[]],
  expected: Expected,
): Promise<Appended> {
  let unknown: OutcomeUnknown | undefined;
  for (let sent = 1; ; sent += 1) {
    try {
      const { recordedAt, ...appended } = await store.append(stream, events, { expected });
      hasRecorded();
      return recordedAt === undefined || sent > 1 ? appended : { ...appended, recordedAt };
    } catch (error) {
      if (error instanceof OutcomeUnknown) {
        hasRecorded();
        unknown = error;
      } else if (unknown === undefined || !(error instanceof Unavailable)) throw error;
      if (sent > resendsMax) throw unknown;
    }
  }
}

/** Work that reads, decides and appends at the revision it read: a conflict means that it must read again. */
export async function retrying<T>(work: () => Promise<T>, attemptsMax = 50): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Conflict) || attempt >= attemptsMax) throw error;
    }
  }
}

/** To a stream of the record, unless it holds what this version can't read. */
export async function appendSurely(
  { registry, store }: StoredStreams,
  stream: string,
  events: readonly [NewEvent, ...NewEvent[]],
  expected: Expected,
): Promise<Appended> {
  registry.refuseUnreadable(stream, events);
  return appendTo(store, stream, events, expected);
}

export interface Appending {
  readonly stream: string;
  /** What the act was decided on. */
  readonly before: LoadedStream;
  readonly events: readonly [NewEvent, ...NewEvent[]];
}

/**
 * What was appended is recorded, whatever becomes of the reading that the answer is made of. It is shown as it was with
 * that, and without what others have recorded since: whoever repeats the request is answered the same.
 */
export async function shown(
  streams: StoredStreams,
  { stream, before, events: appending }: Appending,
  appended: Appended,
): Promise<LoadedStream> {
  const told = streams.appended(stream, before, appending, appended);
  if (told !== undefined) return told;
  const { revision } = appended;
  try {
    const now = await streams.reaching(stream, Number(revision));
    const events = now.events.slice(0, Number(revision) + 1);
    if (events.length === now.events.length) return now;
    return { events, folded: fold(streams.registry.ofStream(stream), events) };
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    throw new OutcomeUnknown('It was recorded, and the store does not show it now.', { cause: error });
  }
}
