import { schemaOf } from '../platform/record/amendment-events.js';
import type { Stored } from '../platform/record/envelope.js';
import type { Slice } from '../platform/record/slice.js';

/** Which earlier event each event of a stream answers, and by which later ones it was answered. */
export interface Answers {
  readonly of: ReadonlyMap<string, Stored>;
  readonly by: ReadonlyMap<string, readonly Stored[]>;
}

/** What the event names of its own stream, by the fields that are declared to: a claim, a note, a step, the hash of a text. */
function mattersOf(slice: Slice, { type, data }: Stored): readonly string[] {
  const fields = Object.entries(schemaOf(slice, type)?.data ?? {});
  return fields.flatMap(([name, field]) => {
    const value = data[name];
    const isOwn = field.kind === 'hash' || (field.kind === 'id' && field.of === undefined);
    return isOwn && typeof value === 'string' ? [value] : [];
  });
}

function isOfAnother({ act: { party: one } }: Stored, { act: { party: other } }: Stored): boolean {
  return one !== null && other !== null && one !== other;
}

/**
 * A word answers what another party said where it rests on that, and either ends it or names the same matter: a denial
 * its claim, an assent the version whose hash it gives, an acknowledgement the raising. What amends an entry is told as
 * that, and what the record draws answers nobody.
 */
function answeredBy(slice: Slice, event: Stored, earlier: ReadonlyMap<string, Stored>): Stored | undefined {
  const { restsOn = [], ends = [] } = event;
  const ofOthers = restsOn.flatMap((id) => earlier.get(id) ?? []).filter((one) => isOfAnother(one, event));
  // Most events rest on nothing of others, and need no look at their fields.
  if (ofOthers.length === 0) return undefined;
  const matters = new Set(mattersOf(slice, event));
  return ofOthers
    .filter((one) => ends.includes(one.id) || mattersOf(slice, one).some((named) => matters.has(named)))
    .toSorted((one, other) => one.revision - other.revision)
    .at(-1);
}

/** Events of one stream, in its order. */
export function answersIn(slice: Slice, events: readonly Stored[]): Answers {
  const earlier = new Map<string, Stored>();
  const of = new Map<string, Stored>();
  const by = new Map<string, Stored[]>();
  for (const event of events) {
    const answered = answeredBy(slice, event, earlier);
    if (answered !== undefined) {
      of.set(event.id, answered);
      const answers = by.get(answered.id) ?? [];
      answers.push(event);
      by.set(answered.id, answers);
    }
    earlier.set(event.id, event);
  }
  return { of, by };
}
