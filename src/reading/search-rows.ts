import { titleOf } from '../platform/record/findable.js';
import { represent, streamOf } from '../platform/record/fold.js';
import { dialogueOf } from '../platform/record/references.js';
import type { Slice } from '../platform/record/slice.js';
import { AtMoment } from './at-moment.js';
import type { Part } from './read-model.js';

/** What a hit shows of its entry as it was at the moment. */
export interface Described {
  readonly key: string | null;
  readonly dialogueId: string | null;
  readonly title: string | null;
  /** The party whose wording alone the title is; null where it is nobody's, or where both use it. */
  readonly titleBy: string | null;
  /** It belongs to an exercise, and nothing in it happened. */
  readonly synthetic: boolean;
  /** The last event of the entry. */
  readonly seq: number;
}

/** What documents of lists say of a title, as whoever reads their rows asks for it. */
export const titleBySql = `CASE json_extract(document, '$.titled.isNeutral') WHEN 0 THEN json_extract(document, '$.titled.by') END`;

/** Of those that have changed since the moment nothing is there. */
export function describedIn(part: Part, ids: readonly string[]): ReadonlyMap<string, Described> {
  const { tables, upTo = Number.MAX_SAFE_INTEGER } = part;
  const rows = tables
    .prepare(
      `SELECT id, dialogue AS dialogueId, title, json_extract(document, '$.key') AS key, ${titleBySql} AS titleBy,
         json_extract(document, '$.synthetic') AS synthetic, seq
       FROM {entries} WHERE id IN (SELECT value FROM json_each(?)) AND updated_ordinal <= ?`,
    )
    .all(JSON.stringify(ids), upTo);
  return new Map(
    rows.map(({ id, synthetic, ...row }) => [
      String(id),
      { ...row, synthetic: synthetic === 1 } as unknown as Described,
    ]),
  );
}

interface Titled {
  readonly key?: string;
  readonly titled?: { readonly isNeutral: boolean; readonly by?: string | null };
  readonly synthetic?: boolean;
}

/** What has changed since the moment is folded up to it. */
export function describedThen({ record, moment }: AtMoment, slice: Slice, id: string): Described {
  // Nothing is kept but what is shown.
  const alone = new AtMoment(record, {}, {}, moment);
  const folded = alone.found(slice, id);
  const document = represent(folded) as Titled & Record<string, unknown>;
  const { key = null, titled, synthetic = false } = document;
  return {
    key,
    dialogueId: dialogueOf(slice, id, document) ?? null,
    title: titleOf(folded, document),
    titleBy: titled?.isNeutral === false ? (titled.by ?? null) : null,
    synthetic,
    seq: alone.prefix(streamOf(slice, id)).at(-1)?.seq ?? -1,
  };
}
