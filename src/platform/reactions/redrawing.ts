import type { Asked, Reaction } from '#libs/decider';
import { isAmendment } from '../record/amendment-events.js';
import { countedIn } from '../record/amendments.js';
import { inPlace } from '../record/counting.js';
import { drawnBy } from './consequences.js';
import type { Taken } from '../record/place.js';
import { isOut, standingsIn } from '../record/dropping.js';
import { reachesBack } from '../record/taking.js';
import type { Standings } from '../record/dropping.js';
import type { Stored } from '../record/envelope.js';
import type { EventRegistry } from '../record/event-registry.js';
import { fold, streamOf } from '../record/fold.js';
import type { Ids } from '../record/ids.js';
import { lookUpAt, placeOf } from '../record/place.js';
import { fallsBearing } from './resting-basis.js';
import type { Slice } from '../record/slice.js';

/** What a reaction asked of the stream in which something has fallen, and its cause as it counts now. */
export interface Again {
  readonly reaction: Reaction;
  readonly cause: Stored;
  readonly asked: Asked;
  readonly ordinal: number;
}

/** The stream in which something has fallen. */
interface Fallen {
  readonly slice: Slice;
  readonly id: string;
  /** Its events up to the fall. */
  readonly events: readonly Stored[];
  readonly standings: Standings;
  /** The consequences that have fallen now. */
  readonly consequences: readonly Stored[];
}

/** Which causes in one other stream are asked again: all that a reaction knows, or only some. */
type Causes = Map<Reaction, (cause: Stored) => boolean>;

const endorsed = 'AttributionEndorsed';

function endorses(cause: Stored, ids: readonly string[]): boolean {
  return cause.type === endorsed && ids.includes(String(cause.data['target']));
}

/**
 * By stream of origin. Where a consequence fell, another cause of the same may have been silent beside it, so all are
 * asked; what stands may be better by now, for what an endorsement asked for may have been impossible then.
 */
function originsOf(
  registry: EventRegistry,
  { slice, id, events, standings, consequences }: Fallen,
  ids: Ids,
  { record }: Taken,
  readTo: ReadTo,
) {
  const origins = new Map<string, Causes>();
  for (const one of events) {
    const found = one.causationId === undefined ? undefined : record.byId(one.causationId)?.event;
    const hasFallen = consequences.includes(one);
    if (found === undefined || (!hasFallen && standings.dropped.has(one.id))) continue;
    const { restsOn = [] } = one.data as { readonly restsOn?: readonly string[] };
    if (!hasFallen && restsOn.length === 0) continue;
    const falls = fallsBearing(registry, readTo(found.stream), readTo);
    const reaction = slice.reactions.find((each) =>
      drawnBy(ids, { id, events }, each, found.id, falls).includes(one),
    );
    if (reaction === undefined || reaction.followsFalls === true) continue;
    const causes: Causes = origins.get(found.stream) ?? new Map();
    const others = causes.get(reaction);
    causes.set(reaction, (cause) => hasFallen || others?.(cause) === true || endorses(cause, restsOn));
    // What ended nothing while it was not there ends it now.
    const ending = slice.reactions.find((each) => each.name === reaction.endedBy);
    if (hasFallen && ending !== undefined) causes.set(ending, () => true);
    origins.set(found.stream, causes);
  }
  return origins;
}

/** What each event of a stream found there, without what has fallen since: its state then, and itself as it counts. `before` grows. */
export function* asTheyWere(slice: Slice, all: readonly Stored[], standings: Standings) {
  const falls = all.filter(reachesBack);
  const before: Stored[] = [];
  let state: unknown = slice.initial;
  for (const event of inPlace(all)) {
    if (event.unreadable !== undefined) return;
    if (reachesBack(event) || standings.dropped.has(event.id)) continue;
    before.push(event);
    // What amends reaches back, and a first event may have lost its author.
    const isAnew = before.length === 1 || isAmendment(event);
    const cause = isAnew
      ? countedIn(slice, [...before, ...falls]).counted.find((one) => one.id === event.id)
      : event;
    state = isAnew ? (fold(slice, [...before, ...falls])?.state ?? null) : slice.evolve(state, event);
    if (cause !== undefined) yield { cause, state, before };
  }
}

type ReadTo = (stream: string) => readonly Stored[];

/** Streams as they stand at the place in the record; each is read once. */
export function readingTo(registry: EventRegistry, { ordinal, record }: Taken): ReadTo {
  const known = new Map<string, readonly Stored[]>();
  return (stream) => {
    const found = known.get(stream) ?? registry.streamAt(record, stream, { uptoOrdinal: ordinal });
    known.set(stream, found);
    return found;
  };
}

/** Whether what is asked would rest on something that has fallen, in whatever stream. */
export function restingOnFallen({ record }: Taken, readTo: ReadTo): (asked: Asked) => boolean {
  const isGone = (eventId: string) => {
    const found = record.byId(eventId)?.event.stream;
    return found !== undefined && isOut(standingsIn(readTo(found)), eventId);
  };
  return ({ command }) => {
    const { restsOn = [] } = command.data as { readonly restsOn?: readonly string[] };
    return [...restsOn, ...command.rests.map((one) => one.id)].some(isGone);
  };
}

/**
 * What reactions asked of a stream in which something has fallen, as each cause found its own stream, in the order of
 * the record. What has its consequence there, and what would rest on something that has fallen, is not asked again.
 */
export function askedAgain(
  registry: EventRegistry,
  ids: Ids,
  fallen: Fallen,
  taken: Taken,
): readonly Again[] {
  const { slice, id, events, standings } = fallen;
  const { record } = taken;
  const readTo = readingTo(registry, taken);
  const restsOnFallen = restingOnFallen(taken, readTo);
  const again: Again[] = [];
  for (const [stream, causes] of originsOf(registry, fallen, ids, taken, readTo)) {
    const origin = registry.ofStream(stream);
    const all = readTo(stream);
    const falls = fallsBearing(registry, all, readTo);
    const isThere = (reaction: Reaction, cause: Stored) =>
      drawnBy(ids, { id, events }, reaction, cause.id, falls).some((one) => !standings.dropped.has(one.id));
    if (
      !all.some((one) => [...causes].some(([reaction, isWanted]) => reaction.concerns(one) && isWanted(one)))
    )
      continue;
    for (const { cause, state, before } of asTheyWere(origin, all, standingsIn(all))) {
      const isAsked = (reaction: Reaction) =>
        causes.get(reaction)?.(cause) === true && reaction.concerns(cause) && !isThere(reaction, cause);
      const wanted = slice.reactions.filter(isAsked);
      if (wanted.length === 0) continue;
      const ordinal = record.byId(cause.id)?.ordinal ?? -1;
      const lookUp = lookUpAt(registry, taken, (one) => one.ordinal <= ordinal || reachesBack(one.event));
      const place = placeOf(registry, before, slice, lookUp);
      for (const reaction of wanted) {
        const asked = reaction.react(cause, state as never, place);
        const here = asked.filter((one) => streamOf(slice, one.id) === streamOf(slice, id));
        again.push(
          ...here
            .filter((one) => !restsOnFallen(one))
            .map((one) => ({ reaction, cause, asked: one, ordinal })),
        );
      }
    }
  }
  return again.toSorted((one, other) => one.ordinal - other.ordinal);
}
