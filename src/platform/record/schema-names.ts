import type { Slice } from './slice.js';

/** `irritant` → `Irritant`: the name of the schema of what the slice represents. */
export function schemaName({ prefix }: Pick<Slice, 'prefix'>): string {
  return prefix.charAt(0).toUpperCase() + prefix.slice(1);
}
