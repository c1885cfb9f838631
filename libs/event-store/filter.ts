import type { Filter } from './port.js';

/** An absent list restricts nothing; an empty one matches nothing, as it names no alternative. */
export function matchesFilter(
  filter: Filter | undefined,
  event: { readonly stream: string; readonly type: string },
): boolean {
  if (filter?.types !== undefined && !filter.types.includes(event.type)) return false;
  return filter?.streamPrefixes?.some((prefix) => event.stream.startsWith(prefix)) ?? true;
}
