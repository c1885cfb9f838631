import type { Elsewhere, Entries, LookUp, Origin } from '#libs/decider';
import type { RecordReader, Sequenced } from '#libs/projections';
import type { EventRegistry } from './event-registry.js';
import { fold, idOf, streamOf } from './fold.js';
import type { Aggregate } from './fold.js';
import { namesIn } from './references.js';
import type { Stored } from './envelope.js';
import type { Slice } from './slice.js';

/** What is looked up in the record from one of its places. */
export type PassedRecord = Pick<RecordReader, 'byId' | 'logOf' | 'ofStream'>;

/** The place in the record at which a policy takes an event. */
export interface Taken {
  readonly ordinal: number;
  readonly record: PassedRecord;
}

/** What a stream holds, for whoever looks it up from another one. */
export function elsewhere<F>(stream: string, { revision, state, unreadableSince }: Aggregate): Elsewhere<F> {
  return { stream, revision, facts: state as F, isWhole: unreadableSince === undefined };
}

/** What other streams hold at the place in the record at which an event is taken; `counts` leaves out more of it. */
export function lookUpAt(
  registry: EventRegistry,
  { ordinal, record }: Taken,
  counts: (one: Sequenced) => boolean,
): LookUp {
  const known = new Map<string, Elsewhere | undefined>();
  const find = (slice: Slice, stream: string): Elsewhere | undefined => {
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
  return <F>(of: Entries<F>, id: string) => {
    const slice = registry.get(of.slice);
    return find(slice, streamOf(slice, id)) as Elsewhere<F> | undefined;
  };
}

/** Where the last of these events stands, for the policies of a slice that look at it. */
export function placeOf(
  registry: EventRegistry,
  events: readonly Stored[],
  target: Slice,
  lookUp: LookUp,
): Origin {
  const stream = events[0]?.stream ?? '';
  return {
    slice: registry.ofStream(stream).name,
    id: idOf(stream),
    lookUp,
    // Few policies ask for it.
    get named() {
      return namesIn(registry, events, target);
    },
  };
}
