import { GivingWay } from '../platform/record/giving-way.js';
import type { Condition } from './condition.js';
import { rowsOf } from './list-rows.js';
import type { Row, WantedRows } from './list-rows.js';
import type { Part } from './read-model.js';

function* inWindows<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}

const lookedAtMost = 12_800;

/**
 * How many are to be looked for next: more each time, since each look at what is seen of several dialogues, or has a label,
 * sorts all of it.
 */
function nextSize(size: number): number {
  return Math.max(size, Math.min(size * 8, lookedAtMost));
}

/**
 * The rows of a page where each has to be asked something that takes long: in the order of the list, `atOnce` at a time, until
 * the page is full, with others having their turn in between. The part has to name a place, for the present goes
 * on, or have tables of its own.
 */
export async function rowsByWindow<R>(
  part: Part,
  conditions: readonly Condition[],
  wanted: WantedRows,
  atOnce: number,
  having: (rows: readonly Row[]) => Promise<readonly R[]>,
): Promise<readonly R[]> {
  const others = new GivingWay();
  const found: R[] = [];
  let { after } = wanted;
  for (let size = atOnce; ; size = nextSize(size)) {
    const some = rowsOf(part, conditions, { ...wanted, limit: size, after });
    for (const window of inWindows(some, atOnce)) {
      found.push(...(await having(window)));
      if (found.length > wanted.limit) return found;
      await others.turn();
    }
    if (some.length <= size) return found;
    after = some.at(-1)?.place;
  }
}
