import type { RecordReader } from '#libs/projections';
import { countedUpTo, countsAfter, hasLateConsequences } from '../record/counting.js';
import { takesOut } from '../record/taking.js';
import type { Stored } from '../record/envelope.js';
import { fold } from '../record/fold.js';
import type { Taken } from '../record/place.js';
import type { Slice } from '../record/slice.js';
import type { LoadedStream, Streams } from '../record/streams.js';

/** What a cause found in the stream of its consequence. */
export interface Found {
  readonly state: unknown;
  /** The revision of the last event that it found; absent where no act has landed there since. */
  readonly after?: number;
}

/**
 * The stream as it was when the cause was recorded, without what has fallen since: whether something follows, and from
 * what place on it counts, is the same however much later it is drawn.
 */
export function asFound(
  slice: Slice,
  { events, folded }: LoadedStream,
  cause: Stored,
  { record }: Taken,
): Found {
  const next = firstActSince(events, cause, record);
  if (next === undefined) return { state: folded?.state ?? null };
  const after = next.revision - 1;
  const there = countedUpTo(events, after);
  const fallen = events.filter((one) => takesOut(one) && !there.includes(one));
  const state = fold(slice, [...there, ...fallen])?.state ?? null;
  return { state, after };
}

/** What follows from earlier causes was there too, in the order of those; of the first event alone, none came before. */
function firstActSince(
  events: readonly Stored[],
  cause: Stored,
  record: Pick<RecordReader, 'byId'>,
): Stored | undefined {
  const ordinalOf = ({ id }: Stored) => record.byId(id)?.ordinal ?? Infinity;
  const since = ordinalOf(cause);
  let first: Stored | undefined;
  for (const one of events.slice(1).toReversed()) {
    if (one.act.capacity === 'derived') continue;
    if (ordinalOf(one) < since) break;
    first = one;
  }
  return first;
}

/** A prefix, with the consequences of earlier causes that were drawn only after its last event and count before that. */
export async function asItCounts(
  streams: Streams,
  slice: Slice,
  prefix: readonly Stored[],
): Promise<readonly Stored[]> {
  const last = prefix.at(-1);
  if (last === undefined || !hasLateConsequences(slice)) return prefix;
  const { events } = await streams.stream(last.stream);
  const since = events.slice(prefix.length);
  return [...prefix, ...since.filter((one) => (countsAfter(one) ?? Infinity) < last.revision)];
}
