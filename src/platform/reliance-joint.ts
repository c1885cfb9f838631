import { isDeepStrictEqual } from 'node:util';
import type { Amending } from './amending-terms.js';
import type { Stored } from './envelope.js';
import { fold } from './fold.js';

/** The stream as it would be read once the event is taken back. */
function without(events: readonly Stored[], last: Stored, target: Stored): readonly Stored[] {
  const taking: Stored = {
    ...last,
    id: 'taken-back',
    type: 'EventRetracted',
    revision: last.revision + 1,
    data: { target: target.id },
    content: {},
  };
  return [...events, taking];
}

/**
 * What holds for both sides and would be otherwise without the event, each by its name; and what would follow from the
 * words that are left and has not. None where a retraction makes and undoes nothing.
 */
export function changesForBoth({ slice, events, state }: Amending, target: Stored): readonly string[] {
  const last = events.at(-1);
  const after = last === undefined ? undefined : fold(slice, without(events, last, target));
  if (after === undefined) return [];
  const [was, is] = [slice.joint(state), slice.joint(after.state)];
  const changed = Object.keys({ ...was, ...is }).filter((name) => !isDeepStrictEqual(was[name], is[name]));
  const following = [state, after.state].map((one) => (slice.follows?.(one) ?? []).map(({ type }) => type));
  const [due = [], dueWithout = []] = following;
  return [...changed, ...dueWithout.filter((type) => !due.includes(type))];
}
