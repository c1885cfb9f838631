import { withTablesApart } from '#libs/projections';
import { listSchema } from '../platform/lists/lists.projection.js';
import { GivingWay } from '../platform/record/giving-way.js';
import type { Slice } from '../platform/record/slice.js';
import { rowsOf } from './list-rows.js';
import type { Row, WantedRows } from './list-rows.js';
import { withDocuments } from './listed.js';
import type { Shown } from './listed.js';
import { fillOne } from './read-model.js';
import type { ReadModel } from './read-model.js';
import { rowsByWindow } from './rows-by-window.js';

/** How many entries are folded before they are looked through. */
export const foldedAtOnce = 100;

export interface EffectiveRow extends Shown {
  readonly place: number;
}

/**
 * The rows of a page as of an effective date. By it an entry is there or not, and has other labels and another document; the
 * place in the list, by which it was begun or changed last, is the record's all the same. So the entries are folded in the
 * order of the list, some at a time, until the page is full: nothing more is held, and others have their turn.
 */
export async function effectiveRows(
  { at, partOf }: ReadModel,
  slice: Slice,
  wanted: WantedRows,
  atOnce: number,
): Promise<readonly EffectiveRow[]> {
  const others = new GivingWay();
  const part = { ...partOf(slice), upTo: at.moment.knownOrdinal };
  // When it was recorded, and where, is asked of the list as it is known.
  const asked = {
    ...wanted,
    after: undefined,
    beyond: undefined,
    elsewhere: undefined,
    updatedSince: undefined,
  };
  const known = { ...wanted, filters: [] };
  return rowsByWindow(part, [], known, atOnce, (some) =>
    withTablesApart([{ name: slice.name, schema: listSchema }], async (apart) => {
      const [tables] = [...apart.values()];
      if (tables === undefined) throw new Error(`There are no tables for ${slice.name}.`);
      for (const { id } of some) {
        fillOne(at, slice, id, tables);
        await others.turn();
      }
      return shownIn(rowsOf({ tables, only: [] }, [], { ...asked, limit: some.length }));
    }),
  );
}

function shownIn(rows: readonly Row[]): readonly EffectiveRow[] {
  const documents = withDocuments(rows);
  return rows.flatMap(({ place }, at) => {
    const shown = documents[at];
    return shown === undefined ? [] : [{ ...shown, place }];
  });
}
