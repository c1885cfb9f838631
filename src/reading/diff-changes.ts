import { represent } from '../platform/record/fold.js';
import type { Slice } from '../platform/record/slice.js';
import type { AtMoment } from './at-moment.js';
import { patchBetween } from './patch.js';

/** The two moments of knowledge, as the question names them and in the order of the record. */
export interface Between {
  readonly from: AtMoment;
  readonly to: AtMoment;
  readonly earlier: AtMoment;
  readonly later: AtMoment;
}

function valueAt(document: unknown, path: string): unknown {
  const keys = path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    document,
  );
}

/** The representation at the moment, as it is sent; undefined where it was not there. */
export function documentAt(at: AtMoment, slice: Slice, id: string): object | undefined {
  const folded = at.folded(slice, id);
  return folded === undefined ? undefined : (JSON.parse(JSON.stringify(represent(folded))) as object);
}

/** What changed of one entry, field by field; undefined is what is not there. */
export function changesBetween(before: object | undefined, after: object | undefined) {
  return patchBetween(before ?? {}, after ?? {}).map(({ op, path }) => ({
    op,
    pointer: path,
    before: valueAt(before, path) ?? null,
    after: op === 'remove' ? null : (valueAt(after, path) ?? null),
  }));
}
