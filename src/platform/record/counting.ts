import type { Stored } from './envelope.js';
import type { Slice } from './slice.js';

/**
 * Where acts landed between a consequence and its cause: the revision of the last event that was there before the cause.
 * Absent where nothing came in between.
 */
export function countsAfter({ data }: Pick<Stored, 'data'>): number | undefined {
  return data['countsAfter'] as number | undefined;
}

/** Whether events of the slice can count as of an earlier place than they stand at. */
export function hasLateConsequences({ schemas }: Pick<Slice, 'schemas'>): boolean {
  return Object.values(schemas).some(({ data }) => Object.hasOwn(data, 'countsAfter'));
}

/**
 * In the order in which they count: a consequence stands where its cause found the stream, so that what was said in
 * between is judged as said after it, however late the consequence was drawn.
 */
export function inPlace(events: readonly Stored[]): readonly Stored[] {
  if (!events.some((one) => countsAfter(one) !== undefined)) return events;
  const place = (one: Stored) => countsAfter(one) ?? one.revision;
  const isLate = (one: Stored) => Number(countsAfter(one) !== undefined);
  return events.toSorted(
    (one, other) => place(one) - place(other) || isLate(one) - isLate(other) || one.revision - other.revision,
  );
}

/** What counts up to the revision: of what is stored later, the consequences whose place is not. */
export function countedUpTo(events: readonly Stored[], revision: number): readonly Stored[] {
  return events.filter((one) => (countsAfter(one) ?? one.revision) <= revision);
}
