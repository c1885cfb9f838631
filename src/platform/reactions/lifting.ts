import type { Decided } from '#libs/decider';
import { countedIn } from '../record/amendments.js';
import type { Taken } from '../record/place.js';
import { isOut, standingsIn } from '../record/dropping.js';
import type { Stored } from '../record/envelope.js';
import type { EventRegistry } from '../record/event-registry.js';
import { idOf, streamOf } from '../record/fold.js';
import { isLink } from '../record/is-link.js';
import { pointedTo } from '../record/pointing.js';
import { namedBy, namesIn } from '../record/references.js';
import type { Slice } from '../record/slice.js';

/** What the last event of a prefix took out of its own stream. */
export interface Gone {
  /** A first event that lost its author is among them: what rested on its act goes as well. */
  readonly ids: ReadonlySet<string>;
  /** All that is out of the stream by now. */
  readonly out: ReadonlySet<string>;
  /** The matters that the stream still names. */
  readonly stillNamed: readonly string[];
}

export function goneBy(registry: EventRegistry, slice: Slice, prefix: readonly Stored[]): Gone {
  const before = standingsIn(prefix.slice(0, -1));
  const { dropped, unauthored } = standingsIn(prefix);
  const out = new Set([...dropped, ...unauthored]);
  const ids = new Set([...out].filter((id) => !isOut(before, id)));
  const stillNamed = namesIn(registry, countedIn(slice, prefix).counted, registry.part('matter'));
  return { ids, out, stillNamed };
}

/** The sources that a party has said in these events are not its own, where that bars them. */
function disowned(registry: EventRegistry, events: readonly Stored[]): readonly string[] {
  const disavowals = events.filter(({ type }) => type === 'AttributionDisavowed');
  return disavowals.flatMap((one) =>
    namedBy(registry, one).map(({ slice, id }) => streamOf(registry.get(slice), id)),
  );
}

/**
 * Where something may rest on what has gone from this stream: what it names, and of a matter also what linkages join with
 * it by way of others, for they take effect together.
 */
export function reachedFrom(
  prefix: readonly Stored[],
  registry: EventRegistry,
  { ordinal, record }: Taken,
): readonly string[] {
  const own = prefix[0]?.stream ?? '';
  const isMatter = registry.ofStream(own).part === 'matter';
  const found = new Set([own]);
  const reached = (events: readonly Stored[]) => [
    ...pointedTo(registry, events),
    ...disowned(registry, events),
  ];
  const open = reached(prefix);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    if (!isMatter) continue;
    open.push(...reached(registry.streamAt(record, next, { uptoOrdinal: ordinal })));
  }
  found.delete(own);
  return [...found];
}

/**
 * The events of another stream that fall with what has gone from another stream. What only links to that stream stays for
 * as long as anything there names the matter, and falls with the last that does, whichever brought it about.
 */
function fallingWith({ ids, out, stillNamed }: Gone, events: readonly Stored[]): readonly string[] {
  const standings = standingsIn(events);
  // What has been lifted may be back by what this rests on alone, so that it has to be lifted by each cause.
  const mayBeBack = (id: string) => standings.takers.get(id)?.type === 'MilestoneLifted';
  const isNamed = stillNamed.includes(idOf(events[0]?.stream ?? ''));
  const isFalling = (event: Stored) => {
    const { restsOn = [] } = event;
    return isLink(event)
      ? !isNamed && restsOn.some((one) => out.has(one))
      : restsOn.some((one) => ids.has(one));
  };
  const isThere = ({ id }: Stored) => !isOut(standings, id) || mayBeBack(id);
  return events.filter((one) => isThere(one) && isFalling(one)).map(({ id }) => id);
}

/** By which they fall; where what brought that about is found void, this is lifted in its turn, and they are back. */
export function liftedWith(gone: Gone, cause: Stored, events: readonly Stored[]): Decided | undefined {
  const milestones = fallingWith(gone, events);
  const data = { milestones, cause: cause.id };
  return milestones.length === 0
    ? undefined
    : { type: 'MilestoneLifted', data, content: {}, restsOn: [cause.id] };
}
