import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

import { PositionForeign, StreamNotFound } from './errors.js';
import type {
  Filter,
  Msg,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  Recorded,
  SubscribeOptions,
} from './port.js';
import { formatPosition, parsePosition } from './position.js';
import type { WakeUps } from './wake-ups.js';

/** How many events one page holds at the most; a page is all that a slow reader keeps in memory. */
export const pageEvents = 1_000;

export interface Page {
  readonly events: readonly Recorded[];
  /** The place up to which the log was searched, inclusive: the next page starts after it. */
  readonly searchedTo: bigint;
  readonly reachedHead: boolean;
}

/** A log on this machine, numbered from 1 in its total order, that is read in bounded synchronous pages. */
export interface PagedLog {
  readonly epoch: string;
  /** The number of the newest event; 0 in an empty log. */
  head(): bigint;
  page(after: bigint, filter: Filter | undefined, limit: number): Page;
  /** The revision of the stream's last event; undefined where there is no stream. */
  streamHead(stream: string): bigint | undefined;
  /** The events from one revision to another, both inclusive, backwards where `from` is the greater. */
  streamPage(stream: string, from: bigint, to: bigint): readonly Recorded[];
}

/** The log is read as it stood when the iteration started. */
export async function* readStreamPages(
  log: PagedLog,
  stream: string,
  options: ReadStreamOptions = {},
): AsyncGenerator<Recorded, void, undefined> {
  const { backwards = false, signal, limit = Number.MAX_SAFE_INTEGER } = options;
  signal?.throwIfAborted();
  const head = log.streamHead(stream);
  if (head === undefined) throw new StreamNotFound(stream);
  const step = backwards ? -1n : 1n;
  let from = options.from ?? (backwards ? head : 0n);
  if (backwards && from > head) from = head;
  let to = options.to ?? (backwards ? 0n : head);
  if (!backwards && to > head) to = head;
  if (backwards && to < 0n) to = 0n;
  let left = limit;
  while (left > 0 && (backwards ? from >= to : from <= to)) {
    signal?.throwIfAborted();
    const pageEnd = from + step * BigInt(Math.min(left, pageEvents) - 1);
    const page = log.streamPage(stream, from, (backwards ? pageEnd > to : pageEnd < to) ? pageEnd : to);
    for (const event of page) {
      signal?.throwIfAborted();
      yield event;
    }
    // A revision may be said to be far beyond all others by a bit that is wrong: nobody is to look for those between.
    if (page.length === 0) return;
    left -= page.length;
    from = pageEnd + step;
    // Pages are read without waiting, so a long read must give the rest of the process its turn.
    if (page.length === pageEvents) await turnOfTheLoop();
  }
}

export async function* readAllPages(
  log: PagedLog,
  { after, filter, limit, signal }: ReadAllOptions,
): AsyncGenerator<Msg, void, undefined> {
  signal?.throwIfAborted();
  let at = placeOf(log, after);
  let left = limit;
  while (left > 0) {
    signal?.throwIfAborted();
    const page = log.page(at, filter, Math.min(left, pageEvents));
    for (const event of page.events) {
      signal?.throwIfAborted();
      yield { kind: 'event', event };
    }
    const checkpoint = checkpointOf(log, at, page);
    if (checkpoint !== undefined) yield checkpoint;
    at = page.searchedTo;
    left -= page.events.length;
    if (page.reachedHead) return;
    await turnOfTheLoop();
  }
}

/**
 * Live is reading again after a wake-up, so there is no handover from catching up to live in which to lose events. `latest`
 * gives the page that the log would give after that place, where all of it is at hand.
 */
export async function* followPages(
  log: PagedLog,
  wakeUps: WakeUps,
  { after, filter, signal }: SubscribeOptions,
  latest: (...asked: Parameters<PagedLog['page']>) => Page | undefined = () => undefined,
): AsyncGenerator<Msg, void, undefined> {
  const over = () => signal.aborted || wakeUps.ended;
  if (signal.aborted) return;
  let at = placeOf(log, after);
  let caughtUp = false;
  while (!over()) {
    const seen = wakeUps.count;
    const page = latest(at, filter, pageEvents) ?? log.page(at, filter, pageEvents);
    for (const event of page.events) {
      if (over()) return;
      yield { kind: 'event', event };
    }
    const checkpoint = checkpointOf(log, at, page);
    if (checkpoint !== undefined && !over()) yield checkpoint;
    at = page.searchedTo;
    if (!page.reachedHead) {
      await turnOfTheLoop();
      continue;
    }
    if (!caughtUp && !over()) {
      caughtUp = true;
      yield { kind: 'caughtUp' };
    }
    await wakeUps.after(seen, signal);
  }
}

/** A position `{X, 0}` lies before event X, so reading after it must deliver X again rather than lose it. */
function placeOf(log: PagedLog, after: Position | undefined): bigint {
  const head = log.head();
  if (after === undefined) return 0n;
  const { epoch, commit, prepare } = parsePosition(after);
  if (epoch !== log.epoch) {
    throw new PositionForeign(`The position is of epoch ${epoch}, but this store's epoch is ${log.epoch}.`);
  }
  if (commit > head) {
    throw new PositionForeign(
      `The position ${commit} is ahead of the newest event, ${head}: this store was put back to an earlier state.`,
    );
  }
  return prepare < commit ? commit - 1n : commit;
}

/** Where the search went on past the last matching event, a resume must not repeat that search. */
function checkpointOf(log: PagedLog, at: bigint, page: Page): Msg | undefined {
  if (page.searchedTo === at) return undefined;
  const position = formatPosition(log.epoch, page.searchedTo);
  return page.events.at(-1)?.position === position ? undefined : { kind: 'checkpoint', position };
}
