import { GivingWay } from '../platform/record/giving-way.js';
import type { Condition } from './condition.js';
import { rowsOf } from './list-rows.js';
import type { Row, WantedRows } from './list-rows.js';
import type { Part } from './read-model.js';

/**
 * The rows of a page where each has to be asked something that takes long: in the order of the list, some at a time, until the
 * page is full, with others having their turn in between. The part has to name a place, for the present goes on.
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
  for (let after = wanted.after; ;) {
    const some = rowsOf(part, conditions, { ...wanted, limit: atOnce, after });
    found.push(...(await having(some)));
    after = some.at(-1)?.place;
    if (some.length <= atOnce || found.length > wanted.limit) return found;
    await others.turn();
  }
}
