import { looksAt } from '#libs/decider';
import type { Asked, Reaction } from '#libs/decider';
import type { Taken } from '../record/place.js';
import { isOut, standingsIn } from '../record/dropping.js';
import { reachesBack } from '../record/taking.js';
import type { Stored } from '../record/envelope.js';
import type { EventRegistry } from '../record/event-registry.js';
import { lookUpAt, placeOf } from '../record/place.js';
import { asTheyWere, readingTo, restingOnFallen } from './redrawing.js';
import type { Again } from './redrawing.js';
import { basisStreamOf, fallsBearing, mayRestOn } from './resting-basis.js';
import type { Slice } from '../record/slice.js';

/** What a reaction asks of another stream now, and did not ask before something fell where it looked. */
export interface Freed extends Again {
  readonly target: Slice;
  /** The falls after which the same may have been drawn. */
  readonly falls: readonly string[];
}

interface Due {
  readonly target: Slice;
  readonly reaction: Reaction;
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
): Generator<Due> {
  // What takes the fall itself for a cause asks by that.
  const all = registry.slices.flatMap((target) =>
    target.reactions
      .filter((one) => looksAt(one, slice.name) && !one.concerns(fall))
      .map((reaction) => ({ target, reaction })),
  );
  const isCause = (one: Stored) => one.revision > since && all.some(({ reaction }) => reaction.concerns(one));
  if (!events.some(isCause)) return;
  for (const { cause, state, before } of asTheyWere(slice, events, standingsIn(events))) {
    if (cause.revision <= since) continue;
    const ordinal = record.byId(cause.id)?.ordinal ?? -1;
    const counts = (one: { ordinal: number; event: { type: string } }) =>
      one.ordinal <= ordinal || reachesBack(one.event);
    const lookUp = lookUpAt(registry, { record, ordinal: upto }, counts);
    for (const { target, reaction } of all.filter((one) => one.reaction.concerns(cause))) {
      const place = placeOf(registry, before, target, lookUp);
      for (const asked of reaction.react(cause, state as never, place))
        yield { target, reaction, cause, asked };
    }
  }
}

function keyOf({ reaction, cause, asked: { id, command } }: Due): string {
  return JSON.stringify([reaction.name, cause.id, id, command.type, command.data]);
}

/** Those of the reactions that were none before, and rest on nothing that has fallen. */
function onlyNew(
  registry: EventRegistry,
  now: readonly Due[],
  before: Iterable<Due>,
  taken: Taken,
): readonly Freed[] {
  if (now.length === 0) return [];
  const known = new Set([...before].map(keyOf));
  const readTo = readingTo(registry, taken);
  const restsOnFallen = restingOnFallen(taken, readTo);
  return now
    .filter((one) => !known.has(keyOf(one)) && !restsOnFallen(one.asked))
    .map((one) => ({
      ...one,
      ordinal: taken.record.byId(one.cause.id)?.ordinal ?? -1,
      falls: fallsBearing(registry, readTo(one.cause.stream), readTo),
    }));
}

/** Whether the event had dropped out, and counts again because what took it out has fallen. */
function isBack({ id }: Stored, before: readonly Stored[], after: readonly Stored[]): boolean {
  return isOut(standingsIn(before), id) && !isOut(standingsIn(after), id);
}

/**
 * What fell may have kept an act of its stream from what follows from it in others, where nothing has fallen for it: an
 * account that was nobody's, before which a matter had to be raised.
 */
function freedHere(
  registry: EventRegistry,
  slice: Slice,
  events: readonly Stored[],
  { fall, gone }: { readonly fall: Stored; readonly gone: ReadonlySet<string> },
  taken: Taken,
): readonly Freed[] {
  const unfallen = events.slice(0, -1);
  const first = events.find((one) => gone.has(one.id) || isBack(one, unfallen, events))?.revision ?? Infinity;
  const from = { fall, since: first - 1 };
  const now = [...reactions(registry, slice, events, from, taken)];
  return onlyNew(registry, now, reactions(registry, slice, unfallen, from, taken), taken);
}

/**
 * What fell may have kept the acts of a stream that names its own as basis from what follows from them: a termination
 * that was nobody's, while which fulfilment was reported under the text.
 */
function freedIn(registry: EventRegistry, stream: string, fall: Stored, taken: Taken): readonly Freed[] {
  const events = readingTo(registry, taken)(stream);
  if (basisStreamOf(registry, events) !== fall.stream) return [];
  const slice = registry.ofStream(stream);
  const whole = { fall, since: -1 };
  const now = [...reactions(registry, slice, events, whole, taken)];
  const earlier = { ...taken, ordinal: taken.ordinal - 1 };
  return onlyNew(registry, now, reactions(registry, slice, events, whole, earlier), taken);
}

/**
 * What the acts of a stream in which something fell, and of those that name it as their basis, ask of others only now, in
 * the order of the record. `events` are those of the stream up to the fall.
 */
export async function freedBy(
  registry: EventRegistry,
  slice: Slice,
  events: readonly Stored[],
  gone: ReadonlySet<string>,
  taken: Taken,
  read: Parameters<typeof mayRestOn>[3],
): Promise<readonly Freed[]> {
  const fall = events.at(-1);
  if (fall === undefined) return [];
  const resting = await mayRestOn(registry, slice, events, read);
  return [
    ...freedHere(registry, slice, events, { fall, gone }, taken),
    ...resting.flatMap((stream) => freedIn(registry, stream, fall, taken)),
  ].toSorted((one, other) => one.ordinal - other.ordinal);
}
