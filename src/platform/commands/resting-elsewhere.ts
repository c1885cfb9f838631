import { restingUpon, standingsIn } from '../record/dropping.js';
import type { Stored } from '../record/envelope.js';
import { pointedTo } from '../record/pointing.js';
import type { Streams } from '../record/streams.js';

/** What rests on an event in other streams than its own, and is not dropped there. */
export interface RestingElsewhere {
  readonly events: readonly Stored[];
  /** Those among them that their party has endorsed. */
  readonly endorsed: ReadonlySet<string>;
}

/**
 * Everything that rests on the event in other streams, however many of them lie in between: an act of two streams away
 * would fall with it as well. Only where something rests on it is what that stream points to looked at too.
 */
export async function restingElsewhere(
  once: Pick<Streams, 'events' | 'registry'>,
  stream: string,
  own: readonly Stored[],
  targetId: string,
): Promise<RestingElsewhere> {
  const ids = new Set([targetId, ...restingUpon(own, [targetId])]);
  const read = new Map<string, readonly Stored[]>([[stream, own]]);
  const found = new Map<string, Stored>();
  const endorsed = new Set<string>();
  /** Whether anything of the stream rests on what is known so far, and was not known itself. */
  const gather = (events: readonly Stored[]): boolean => {
    const standings = standingsIn(events);
    const resting = [...restingUpon(events, ids)].filter((id) => !ids.has(id) && !standings.dropped.has(id));
    const byId = new Map(events.map((one) => [one.id, one]));
    for (const id of resting) {
      ids.add(id);
      const event = byId.get(id);
      if (event !== undefined) found.set(id, event);
      if (standings.endorsed.has(id)) endorsed.add(id);
    }
    return resting.length > 0;
  };
  const open = new Set(pointedTo(once.registry, own));
  for (const next of open) {
    if (read.has(next)) continue;
    const events = await once.events(next);
    read.set(next, events);
    // What was read before may rest on what is found now.
    let isFurther = gather(events);
    if (!isFurther) continue;
    for (const one of pointedTo(once.registry, events)) open.add(one);
    while (isFurther) isFurther = [...read.values()].map(gather).some((one) => one);
  }
  return { events: [...found.values()], endorsed };
}
