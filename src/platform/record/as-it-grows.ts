import type { Stored } from './envelope.js';

/** What is known of a stream up to an event. */
interface Reached<T> {
  readonly known: T;
  count: number;
  last: Stored;
}

/** Whether, from a place on, none is left out or put in, as the revisions tell. */
function isWholeFrom(start: number, events: readonly Stored[]): boolean {
  for (let at = start; at < events.length; at += 1) if (events[at]?.revision !== at) return false;
  return true;
}

/**
 * What is learned of a stream one event at a time, so that a longer prefix costs what is new in it, and not its length. It is
 * kept with the first event. A list with events left out or put in, or a prefix shorter than one that was seen, is looked
 * through by itself.
 */
export function learnedAsItGrows<T>(
  nothing: () => T,
  learn: (known: T, event: Stored) => void,
): (events: readonly Stored[]) => T {
  const reached = new WeakMap<Stored, Reached<T>>();
  return (events) => {
    const [first] = events;
    const last = events.at(-1);
    if (first === undefined || last === undefined) return nothing();
    const before = reached.get(first);
    const isSame = before !== undefined && events[before.count - 1] === before.last;
    const isWhole = isWholeFrom(isSame ? before.count : 0, events);
    const goesOn = isWhole && isSame;
    const known = goesOn ? before.known : nothing();
    for (let at = goesOn ? before.count : 0; at < events.length; at += 1) {
      const event = events[at];
      if (event !== undefined) learn(known, event);
    }
    const isShorter = before !== undefined && events.length < before.count;
    if (isWhole && !isShorter) reached.set(first, { known, count: events.length, last });
    return known;
  };
}
