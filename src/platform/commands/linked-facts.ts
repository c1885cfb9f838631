import type { Elsewhere, LookUp } from '#libs/decider';
import { streamOf } from '../record/fold.js';
import type { EventRegistry } from '../record/event-registry.js';
import { sliceOfKind } from '../record/named-facts.js';
import { elsewhere } from '../record/place.js';
import type { Once } from '../record/once.js';

interface Linking {
  readonly id?: string;
  readonly linkages?: readonly { readonly irritantId: string }[];
  readonly linkedFrom?: readonly string[];
  readonly instruments?: readonly { readonly kind: string; readonly id: string }[];
}

interface Entry {
  readonly slice: string;
  readonly id: string;
}

/** What the facts of an irritant point to: those that linkages join with it, and its own instruments. */
function pointedTo(
  registry: EventRegistry,
  { linkages = [], linkedFrom = [], instruments = [] }: Linking,
): readonly Entry[] {
  return [
    ...[...linkages.map((one) => one.irritantId), ...linkedFrom].map((id) => ({ slice: 'irritants', id })),
    ...instruments.flatMap(({ kind, id }) => {
      const slice = sliceOfKind(registry, kind);
      return slice === undefined ? [] : [{ slice: slice.name, id }];
    }),
  ];
}

/** An irritant, all that linkages join with it, however far, and the instruments of each, as they stand now. */
export async function linkedFacts(world: Once, { id }: Linking): Promise<LookUp> {
  const known = new Map<string, Elsewhere | undefined>();
  const open: Entry[] = id === undefined ? [] : [{ slice: 'irritants', id }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const stream = streamOf(world.registry.get(next.slice), next.id);
    if (known.has(stream)) continue;
    const folded = await world.folded(next.slice, next.id);
    if (folded === undefined) continue;
    known.set(stream, elsewhere(stream, folded));
    if (next.slice === 'irritants') open.push(...pointedTo(world.registry, folded.state as Linking));
  }
  return (slice, wanted) => known.get(streamOf(world.registry.get(slice), wanted));
}
