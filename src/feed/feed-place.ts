import { parsePosition } from '#libs/event-store';
import type { Position } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { platformProblems } from '../platform/problems/platform.problems.js';
import type { RecordRead } from '../platform/record/reading.js';

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
    const detail = 'The read models of this server have not read anything yet.';
    throw new Problem(platformProblems.PROJECTION_LAGGING, { detail, headers: { 'Retry-After': '1' } });
  }
  // A record in which there is nothing has given no moment out, so none opens there.
  const position = record.moments.open(cursor, end === undefined ? '' : parsePosition(end).epoch, parameter);
  if (end === undefined || position > end) return { beyond: position };
  return { after: record.projections.record.ordinalAtPosition(position) };
}

/** The place once this server has come as far; undefined where it has not in that time. */
export async function reachedPlace(
  record: RecordRead,
  place: Place,
  ms: number,
): Promise<number | undefined> {
  if ('after' in place) return place.after;
  const { beyond } = place;
  const hasReached = () => (endOf(record) ?? '') >= beyond;
  if (!hasReached() && (ms === 0 || !(await record.projections.until(hasReached, ms)))) return undefined;
  return record.projections.record.ordinalAtPosition(beyond);
}

/** The cursor after that place; undefined before the first event of all. */
export function cursorAt({ moments, projections }: RecordRead, ordinal: number): string | undefined {
  const position = projections.record.positionAt(ordinal);
  return position === undefined ? undefined : moments.sealed(position);
}
