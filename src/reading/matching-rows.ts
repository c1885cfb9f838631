import type { Slice } from '../platform/record/slice.js';
import { madeOnce } from '../platform/shapes/made-once.js';
import { rowsOf } from './list-rows.js';
import type { Row, WantedRows } from './list-rows.js';
import { lookingFor } from './looking.js';
import { idsHaving, matchingAll } from './matching.js';
import type { Looked } from './looking.js';
import type { Matching } from './matching.js';
import type { Part, ReadModel } from './read-model.js';
import { rowsByWindow } from './rows-by-window.js';

/** Of how many entries is asked at once whether they have words that many have. */
export const askedMost = 200;

/**
 * The lists as of the place that they have reached: what goes on over several turns finds what stood where it began. Those
 * of an effective date are its own.
 */
export function held(model: ReadModel): ReadModel {
  const { effectiveAt, knownOrdinal } = model.at.moment;
  if (effectiveAt !== undefined) return model;
  const parts = madeOnce((slice: Slice): Part => ({ ...model.partOf(slice), upTo: knownOrdinal }));
  return { ...model, partOf: parts };
}

const conditionsOf = (matching: readonly Matching[]) => matching.map(({ condition }) => condition);

/** The rows of a list that have all the terms: at once where one of them is rare, or else some entries at a time. */
export async function matchingRows(
  slice: Slice,
  looked: Looked,
  wanted: WantedRows,
  atOnce: number,
): Promise<readonly Row[]> {
  const matching = matchingAll(slice, looked);
  if (matching === undefined) return [];
  const { model } = looked;
  const now = model.partOf(slice);
  if (matching.every(({ isOfFew }) => isOfFew)) return rowsOf(now, conditionsOf(matching), wanted);
  const isHeld = now.upTo !== undefined || model.at.moment.effectiveAt !== undefined;
  const then = isHeld ? looked : lookingFor({ ...looked, model: held(model) });
  const part = then.model.partOf(slice);
  const { true: few = [], false: many = [] } = Object.groupBy(
    isHeld ? matching : (matchingAll(slice, then) ?? []),
    ({ isOfFew }) => `${isOfFew}`,
  );
  return rowsByWindow(part, conditionsOf(few), wanted, atOnce, async (rows) => {
    const having = idsHaving(part, rows, conditionsOf(many));
    return rows.filter(({ id }) => having.has(id));
  });
}
