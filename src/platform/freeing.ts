import type { Asked, Policy } from '#libs/decider';
import type { Taken } from './consequences.js';
import { standingsIn, takesOut } from './dropping.js';
import type { Stored } from './envelope.js';
import type { EventRegistry } from './event-registry.js';
import { idOf } from './fold.js';
import { lookUpAt } from './place.js';
import { asTheyWere, readingTo, restingOnFallen } from './redrawing.js';
import type { Again } from './redrawing.js';
import type { Slice } from './slice.js';

/** What a policy asks of another stream now, and did not ask before something fell in the stream of its cause. */
export interface Freed extends Again {
  readonly target: Slice;
}

interface Reaction {
  readonly target: Slice;
  readonly policy: Policy;
  readonly cause: Stored;
  readonly asked: Asked;
}

/** What each act of a stream asks of others as it found its own stream, in the order of the stream. */
function* reactions(
  registry: EventRegistry,
  slice: Slice,
  events: readonly Stored[],
  { fall, since }: { readonly fall: Stored; readonly since: number },
  { record, ordinal: upto }: Taken,
): Generator<Reaction> {
  // What takes the fall itself for a cause asks by that.
  const all = registry.slices.flatMap((target) =>
    target.policies
      .filter((one) => one.of.includes(slice.name) && !one.concerns(fall))
      .map((policy) => ({ target, policy })),
  );
  const isCause = (one: Stored) => one.revision > since && all.some(({ policy }) => policy.concerns(one));
  if (!events.some(isCause)) return;
  for (const { cause, state, named } of asTheyWere(slice, events, standingsIn(events))) {
    if (cause.revision <= since) continue;
    const ordinal = record.byId(cause.id)?.ordinal ?? -1;
    const counts = (one: { ordinal: number; event: { type: string } }) =>
      one.ordinal <= ordinal || takesOut(one.event);
    const lookUp = lookUpAt(registry, { record, ordinal: upto }, counts);
    const place = { slice: slice.name, id: idOf(cause.stream), named, lookUp };
    for (const { target, policy } of all.filter((one) => one.policy.concerns(cause))) {
      for (const asked of policy.react(cause, state as never, place)) yield { target, policy, cause, asked };
    }
  }
}

function keyOf({ policy, cause, asked: { id, command } }: Reaction): string {
  return JSON.stringify([policy.name, cause.id, id, command.type, command.data]);
}

/**
 * What fell may have kept an act of its stream from what follows from it in others, where nothing has fallen for it: an
 * account that was nobody's, before which a matter had to be raised. `events` are those of the stream up to the fall.
 */
export function freedBy(
  registry: EventRegistry,
  slice: Slice,
  events: readonly Stored[],
  gone: ReadonlySet<string>,
  taken: Taken,
): readonly Freed[] {
  const fall = events.at(-1);
  if (fall === undefined) return [];
  const since = events.find((one) => gone.has(one.id))?.revision ?? Infinity;
  const now = [...reactions(registry, slice, events, { fall, since }, taken)];
  if (now.length === 0) return [];
  const unfallen = events.slice(0, -1);
  const before = new Set([...reactions(registry, slice, unfallen, { fall, since }, taken)].map(keyOf));
  const restsOnFallen = restingOnFallen(taken, readingTo(registry, taken));
  return now
    .filter((one) => !before.has(keyOf(one)) && !restsOnFallen(one.asked))
    .map((one) => ({ ...one, ordinal: taken.record.byId(one.cause.id)?.ordinal ?? -1 }));
}
