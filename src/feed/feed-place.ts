import { parsePosition } from '#libs/event-store';
import type { Position } from '#libs/event-store';
import type { RecordRead } from '../platform/record/reading.js';
import { lagging, unreached } from '../reading/moment.js';
import { unlessEnded } from './unless-ended.js';

/** A place in the record after which to go on; `beyond` where another server has read further than this one. */
export type Place = { readonly after: number } | { readonly beyond: Position };

function endOf({ projections: { record } }: RecordRead): Position | undefined {
  return record.positionAt(record.headOrdinal);
}

/**
 * The place that a cursor names: a moment of the record, so the moment of a list and the `Event-Position` of a write are
 * taken as well. Throws `epoch-changed` for one of another life of the record.
 */
export function placeOf(record: RecordRead, cursor: string | undefined, parameter: string): Place {
  if (cursor === undefined) return { after: -1 };
  const end = endOf(record);
  if (end === undefined && record.projections.status()[0]?.state !== 'live') {
    throw lagging(unreached);
  }
  // A record in which there is nothing has given no moment out, so none opens there.
  const position = record.moments.open(cursor, end === undefined ? '' : parsePosition(end).epoch, parameter);
  if (end === undefined || position > end) return { beyond: position };
  return { after: record.projections.record.ordinalAtPosition(position) };
}

/** The place once this server has come as far; undefined where it has not in that time, or an end was made of the waiting. */
export async function reachedPlace(
  record: RecordRead,
  place: Place,
  ms: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  if ('after' in place) return place.after;
  const { beyond } = place;
  const hasReached = () => (endOf(record) ?? '') >= beyond;
  const comes = () => record.projections.until(() => signal.aborted || hasReached(), ms);
  if (!hasReached() && (ms === 0 || (await unlessEnded(signal, comes)) !== true)) return undefined;
  return record.projections.record.ordinalAtPosition(beyond);
}

/** The cursor after that place; undefined before the first event of all. */
export function cursorAt({ moments, projections }: RecordRead, ordinal: number): string | undefined {
  const position = projections.record.positionAt(ordinal);
  return position === undefined ? undefined : moments.sealed(position);
}
