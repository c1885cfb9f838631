import type { Stored } from './envelope.js';
import { streamOf } from './fold.js';
import { isLink } from './is-link.js';
import type { Slice } from './slice.js';

/** By its kind, which is the prefix of a slice. */
export interface Linked {
  readonly kind: string;
  readonly id: string;
}

/** What was ever linked by these events, each entry once: a link that was taken back is among them. */
export function linkedIn(events: readonly Stored[]): readonly Linked[] {
  const links = events.filter(isLink).map(({ data }) => [String(data['id']), String(data['kind'])] as const);
  return [...new Map(links)].map(([id, kind]) => ({ kind, id }));
}

/** The slice behind a kind of instrument; undefined for a kind that is none. */
export function sliceOfKind(
  { slices }: { readonly slices: readonly Slice[] },
  kind: string,
): Slice | undefined {
  return slices.find((one) => one.isInstrument === true && one.prefix === kind);
}

/** The stream of an instrument that is linked; undefined for a kind that is none. */
export function streamOfInstrument(
  registry: { readonly slices: readonly Slice[] },
  { kind, id }: Linked,
): string | undefined {
  const slice = sliceOfKind(registry, kind);
  return slice === undefined ? undefined : streamOf(slice, id);
}
