import type { Tables } from '#libs/projections';
import { changesName, matterChanged, mattersChanged } from '../platform/lists/changes.projection.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Slice } from '../platform/record/slice.js';
import type { Condition } from './condition.js';
import { lagging } from './moment.js';

/** So many events are looked through for what they changed; of more, each entry is asked whether one of them is of it. */
const fewEvents = 20_000;

/** What came of others than the entry's own stream between two places of the record. */
export interface ChangedElsewhere {
  /** The ids, as JSON; undefined where they are too many to be looked through. */
  readonly ids: string | undefined;
  /** Of an entry by its id, in the database of these tables. */
  readonly one: (here: Tables, id: string) => Condition;
}

/**
 * What changed of entries without an event of their own: of a matter, what its instruments say and whatever names it.
 * Undefined for all others, which nothing else is shown of. Throws `projection-lagging` where that is not known yet.
 */
export function changedElsewhere(
  { projections, registry }: RecordRead,
  slice: Slice,
  after: number | undefined,
  upTo: number,
): ChangedElsewhere | undefined {
  if (after === undefined || slice !== registry.part('matter')) return undefined;
  const { tables, ordinal } = projections.view(changesName);
  if (ordinal < upTo) throw lagging('What changed of the irritants is not known up to that moment yet.');
  const all = () => JSON.stringify(mattersChanged(tables, after, upTo));
  const ids = upTo - after <= fewEvents ? all() : undefined;
  return {
    ids,
    one: (here, id) => {
      if (ids === undefined && here.db === tables.db) return matterChanged(tables, id, after, upTo);
      return [`${id} IN (SELECT value FROM json_each(?))`, ids ?? all()];
    },
  };
}
