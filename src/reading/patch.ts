import { createPatch } from 'rfc6902';
import type { Operation } from 'rfc6902';

type Pointer = Parameters<NonNullable<Parameters<typeof createPatch>[2]>>[2];

/**
 * The RFC 6902 patch from one representation to the next. Lists are compared place by place: they grow at their end,
 * and the shortest patch of two long lists costs the square of their length.
 */
export function patchBetween(before: object, after: object): Operation[] {
  return createPatch(before, after, byPlace);
}

function byPlace(before: unknown, after: unknown, at: Pointer): Operation[] | undefined {
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  const shared = Math.min(before.length, after.length);
  const changed = after
    .slice(0, shared)
    .flatMap((item: unknown, index) => within(before[index], item, `${at.toString()}/${index}`));
  const added = after.slice(shared).map((value: unknown, index): Operation => ({
    op: 'add',
    path: `${at.toString()}/${shared + index}`,
    value,
  }));
  const removed = before.slice(shared).map((_value, index): Operation => ({
    op: 'remove',
    path: `${at.toString()}/${before.length - 1 - index}`,
  }));
  return [...changed, ...added, ...removed];
}

function within(before: unknown, after: unknown, path: string): Operation[] {
  return createPatch([before], [after], (one, other, at) =>
    at.toString() === '' ? undefined : byPlace(one, other, at),
  ).map((operation) => ({ ...operation, path: `${path}${operation.path.slice('/0'.length)}` }));
}
