import { fallsIn } from './consequences.js';
import type { Stored } from '../record/envelope.js';
import type { EventRegistry } from '../record/event-registry.js';
import { namedIrritants, streamOfInstrument } from '../record/named-facts.js';
import type { Slice } from '../record/slice.js';

/** The stream of the agreement that a stream names as its basis, at which policies look beside its own. */
export function basisStreamOf(registry: EventRegistry, [first]: readonly Stored[]): string | undefined {
  const { basis } = (first?.data ?? {}) as {
    readonly basis?: { readonly kind: string; readonly id: string };
  };
  return basis === undefined || typeof basis !== 'object' ? undefined : streamOfInstrument(registry, basis);
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
 * The streams that may name this one as their basis: the commitments linked to the irritants that it names. Read from
 * the store, for a link may be younger than the place in the record.
 */
export async function mayRestOn(
  registry: EventRegistry,
  { isInstrument }: Slice,
  prefix: readonly Stored[],
  read: (stream: string) => Promise<{ readonly events: readonly Stored[] } | undefined>,
): Promise<readonly string[]> {
  if (isInstrument !== true) return [];
  const found = new Set<string>();
  for (const id of namedIrritants(prefix)) {
    for (const { type, data } of (await read(`irritant-${id}`))?.events ?? []) {
      if (type !== 'InstrumentLinked' || data['kind'] !== 'commitment') continue;
      const stream = streamOfInstrument(registry, { kind: 'commitment', id: String(data['id']) });
      if (stream !== undefined) found.add(stream);
    }
  }
  return [...found];
}
