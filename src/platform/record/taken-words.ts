import type { Stored } from './envelope.js';
import { targetOf } from './redating.js';
import { commandFor } from './slice.js';
import type { Slice } from './slice.js';

/** Whether an event that takes up words of these types has taken up those of the target as they are, for another party than its own. */
export function isTakingUp(one: Stored, target: Stored, takesUp: readonly string[] | undefined): boolean {
  return (
    takesUp?.includes(target.type) === true &&
    one.act.party !== null &&
    one.act.party !== target.act.party &&
    [...(one.restsOn ?? []), ...(one.ends ?? [])].includes(target.id)
  );
}

/** By event, the revision of the first word of the other side that has taken it up as it is, and counts. */
function takenUpIn(
  slice: Slice,
  byId: ReadonlyMap<string, Stored>,
  dropped: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const byType = new Map<string, readonly string[] | undefined>();
  const taken = new Map<string, number>();
  for (const one of byId.values()) {
    if (!byType.has(one.type)) byType.set(one.type, commandFor(slice, one.type)?.takesUp);
    const takesUp = byType.get(one.type);
    if (takesUp === undefined || dropped.has(one.id)) continue;
    for (const id of [...(one.restsOn ?? []), ...(one.ends ?? [])]) {
      const target = byId.get(id);
      if (target !== undefined && !taken.has(id) && isTakingUp(one, target, takesUp))
        taken.set(id, one.revision);
    }
  }
  return taken;
}

/**
 * The corrections by which nothing reads otherwise: of words that are sealed, and of those that the other side had taken up
 * before it, where its answer counts. No request records one; but an answer that was out by then counts again where what
 * had taken it out was no act of its party.
 */
export function idleCorrections(
  slice: Slice,
  events: readonly Stored[],
  dropped: ReadonlySet<string>,
): readonly string[] {
  const corrections = events.filter((one) => one.type === 'EventCorrected' && !dropped.has(one.id));
  if (corrections.length === 0) return [];
  const byId = new Map(events.map((one) => [one.id, one]));
  const taken = takenUpIn(slice, byId, dropped);
  const isIdle = (one: Stored) => {
    const target = byId.get(targetOf(one));
    if (target === undefined) return false;
    const isTaken = (taken.get(target.id) ?? Infinity) < one.revision;
    return slice.schemas[target.type]?.sealed === true || (one.content['content'] !== undefined && isTaken);
  };
  return corrections.filter(isIdle).map(({ id }) => id);
}
