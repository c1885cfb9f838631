import { fallsIn } from './consequences.js';
import type { Stored } from '../record/envelope.js';
import type { EventRegistry } from '../record/event-registry.js';
import { streamOf } from '../record/fold.js';
import { linkedIn, streamOfInstrument } from '../record/links.js';
import { basedOn, namedBy, namesIn } from '../record/references.js';
import type { Slice } from '../record/slice.js';

/** The stream of the agreement that a stream names as its basis, at which reactions look beside its own. */
export function basisStreamOf(registry: EventRegistry, [first]: readonly Stored[]): string | undefined {
  const basis = first && namedBy(registry, first).find((one) => one.isByKind);
  return basis && streamOf(registry.get(basis.slice), basis.id);
}

/** The falls after which what the acts of a stream ask may be something else: its own, and those of its basis. */
export function fallsBearing(
  registry: EventRegistry,
  events: readonly Stored[],
  readTo: (stream: string) => readonly Stored[],
): readonly string[] {
  const basis = basisStreamOf(registry, events);
  return [...fallsIn(events), ...(basis === undefined ? [] : fallsIn(readTo(basis)))];
}

/**
 * The streams that may name this one as their basis: those of a kind that does, linked to the matters that it names. Read
 * from the store, for a link may be younger than the place in the record.
 */
export async function mayRestOn(
  registry: EventRegistry,
  slice: Slice,
  prefix: readonly Stored[],
  read: (stream: string) => Promise<{ readonly events: readonly Stored[] } | undefined>,
): Promise<readonly string[]> {
  const kinds = basedOn(registry, slice).map((one) => one.prefix);
  if (kinds.length === 0) return [];
  const matter = registry.part('matter');
  const found = new Set<string>();
  for (const id of namesIn(registry, prefix, matter)) {
    const { events = [] } = (await read(streamOf(matter, id))) ?? {};
    for (const one of linkedIn(events).filter(({ kind }) => kinds.includes(kind))) {
      const stream = streamOfInstrument(registry, one);
      if (stream !== undefined) found.add(stream);
    }
  }
  return [...found];
}
