import { rest } from '#libs/decider';
import type { Stored } from './envelope.js';
import { latestOf, optionalOccurred } from './recording.js';

/** What an amendment amends. */
export function targetOf(event: Stored): string {
  return (event.data as { target: string }).target;
}

/**
 * By event, the revision at which its time may last have changed: by a correction, or by what takes one back, repudiates
 * it or finds it void, and by whatever amends that in its turn.
 */
function changesOfTime(events: readonly Stored[]): Map<string, number> {
  const dated = new Map<string, string>();
  const changed = new Map<string, number>();
  for (const one of events) {
    if (one.type === 'EventCorrected' && one.data['occurred'] !== undefined) {
      dated.set(one.id, targetOf(one));
      changed.set(targetOf(one), one.revision);
    }
    const { target = '' } = one.data as { readonly target?: string };
    const restored = dated.get(target);
    if (restored === undefined) continue;
    dated.set(one.id, restored);
    changed.set(restored, one.revision);
  }
  return changed;
}

/**
 * Consequences follow when the time of what they rest on was corrected after them, by the rule that dated them. One that
 * rests on another stream stays as it was recorded: nothing here tells when that happened.
 */
export function redated(events: readonly Stored[]): readonly Stored[] {
  const changed = changesOfTime(events);
  if (changed.size === 0) return events;
  const reached = new Map<string, Stored>();
  return events.map((one) => {
    const dated = followed(one, reached, changed);
    reached.set(dated.id, dated);
    return dated;
  });
}

function followed(event: Stored, reached: ReadonlyMap<string, Stored>, changed: Map<string, number>): Stored {
  const { restsOn } = event.data as { restsOn?: readonly string[] };
  if (event.act.capacity !== 'derived' || restsOn === undefined) return event;
  const rests = restsOn.flatMap((id) => reached.get(id) ?? []);
  const change = Math.max(-1, ...restsOn.map((id) => changed.get(id) ?? -1));
  if (rests.length < restsOn.length || change < event.revision) return event;
  changed.set(event.id, change);
  return { ...event, ...optionalOccurred(latestOf(rests.map(rest), event.recordedAt)) };
}
