import type { Term } from '#libs/full-text';
import type { Slice } from '../platform/record/slice.js';
import { allOf } from './condition.js';
import { inWording } from './in-wording.js';
import type { ReadModel } from './read-model.js';
import { among, standingOfEntries } from './standing.js';

/** The wordings of one list that have a term: their rows as JSON, or that they are too many to be gathered. */
export type Gathered = { readonly rows: string; readonly count: number } | 'many';

interface Naming {
  readonly naming: readonly Slice[];
  readonly model: ReadModel;
  readonly gathered: (slice: Slice, term: Term) => Gathered;
}

/** Who has a name with the term in it. */
export function bearersOf(term: Term, { naming, model, gathered }: Naming): readonly string[] {
  const bearers = naming.flatMap((slice) => {
    const rows = gathered(slice, term);
    if (rows !== 'many' && rows.count === 0) return [];
    const part = model.partOf(slice);
    const [where, ...values] = allOf([
      standingOfEntries(part),
      rows === 'many' ? inWording(term, part.tables) : among('row', rows.rows),
    ]);
    return part.tables
      .prepare(`SELECT DISTINCT bearer FROM {wordings} AS word WHERE bearer IS NOT NULL AND ${where}`)
      .all(...values)
      .map(({ bearer }) => String(bearer));
  });
  return [...new Set(bearers)];
}
