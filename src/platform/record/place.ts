import type { Elsewhere, LookUp, Origin } from '#libs/decider';
import type { RecordReader, Sequenced } from '#libs/projections';
import type { EventRegistry } from './event-registry.js';
import { fold, idOf, streamOf } from './fold.js';
import type { Folded } from './fold.js';
import { namedIrritants } from './named-facts.js';
import type { Stored } from './envelope.js';

/** The place in the record at which a policy takes an event. */
export interface Taken {
  readonly ordinal: number;
  readonly record: RecordReader;
}

/** What a stream holds, for whoever looks it up from another one. */
export function elsewhere(stream: string, { revision, state, unreadableSince }: Folded): Elsewhere {
  return { stream, revision, facts: state, isWhole: unreadableSince === undefined };
}

/** What other streams hold at the place in the record at which an event is taken; `counts` leaves out more of it. */
export function lookUpAt(
  registry: EventRegistry,
  { ordinal, record }: Taken,
  counts: (one: Sequenced) => boolean,
): LookUp {
  const known = new Map<string, ReturnType<LookUp>>();
  return (name, id) => {
    const slice = registry.get(name);
    const stream = streamOf(slice, id);
    if (known.has(stream)) return known.get(stream);
    const events = record
      .ofStream(stream, { uptoOrdinal: ordinal })
      .filter(counts)
      .map((one) => registry.read(one.event));
    const folded = fold(slice, events);
    const found = folded === undefined ? undefined : elsewhere(stream, folded);
    known.set(stream, found);
    return found;
  };
}

/** Where an event stands, for the policies that look at it. */
export function placeOf(registry: EventRegistry, events: readonly Stored[], taken: Taken): Origin {
  const stream = events[0]?.stream ?? '';
  return {
    slice: registry.ofStream(stream).name,
    id: idOf(stream),
    named: namedIrritants(events),
    lookUp: lookUpAt(registry, taken, () => true),
  };
}
