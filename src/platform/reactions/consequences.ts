import type { Reaction } from '#libs/decider';
import { takesOut } from '../record/taking.js';
import type { Stored } from '../record/envelope.js';
import type { Ids } from '../record/ids.js';
import type { Taken } from '../record/place.js';
import type { Slice } from '../record/slice.js';

export interface Target {
  readonly slice: Slice;
  readonly id: string;
  readonly events: readonly Stored[];
}

/**
 * The same cause and target give the same id, so that a consequence is there once, however often it is drawn; drawn
 * anew after something fell, it is another one.
 */
export function consequenceId(
  ids: Ids,
  reaction: Reaction,
  causeId: string,
  targetId: string,
  anew?: string,
): string {
  return ids.drawnFrom('policy', reaction.name, causeId, targetId, ...(anew === undefined ? [] : [anew]));
}

/** The events of a stream by which something has fallen there. */
export function fallsIn(events: readonly Stored[]): readonly string[] {
  return events.filter(takesOut).map((one) => one.id);
}

/**
 * What a reaction drew in the target from one cause: at first, and anew after each time that something fell there, or in
 * the stream of the cause, whose falls are given.
 */
export function drawnBy(
  ids: Ids,
  { id, events }: Omit<Target, 'slice'>,
  reaction: Reaction,
  causeId: string,
  falls: readonly string[],
): readonly Stored[] {
  const all = [undefined, ...fallsIn(events), ...falls];
  const drawn = new Set(all.map((anew) => consequenceId(ids, reaction, causeId, id, anew)));
  return events.filter((one) => one.causationId === causeId && drawn.has(one.id));
}

/** The events of a stream without what has fallen in it by this place in the record, or by something later. */
export function unfallenSince(events: readonly Stored[], { ordinal, record }: Taken): readonly Stored[] {
  // What a reaction lets fall stands later in the record than what brought that about.
  const isEarlier = ({ id, causationId = id }: Stored) =>
    (record.byId(causationId)?.ordinal ?? Infinity) < ordinal;
  return events.filter((one) => !takesOut(one) || isEarlier(one));
}

/**
 * Events are taken in their order. Where a later one has had its consequence in the target, this one was taken before
 * it: what did not follow then must not follow from what the target has become since.
 */
export function isPast(
  ids: Ids,
  { slice, id: targetId, events }: Target,
  { ordinal, record }: Taken,
): boolean {
  // What fell there because of a later event is such a consequence too: a link that fell must not be back.
  const isConsequence = ({ id, type, causationId: by }: Stored) =>
    by !== undefined &&
    (type === 'MilestoneLifted' ||
      slice.reactions.some((one) => consequenceId(ids, one, by, targetId) === id));
  const latest = events.findLast((one) => one.act.capacity === 'derived' && isConsequence(one));
  return latest?.causationId !== undefined && (record.byId(latest.causationId)?.ordinal ?? -1) > ordinal;
}
