import { setImmediate } from 'node:timers/promises';
import { represent, streamOf } from '../platform/record/fold.js';
import { titleOf } from '../platform/record/findable.js';
import { dialogueOf } from '../platform/record/references.js';
import type { Slice } from '../platform/record/slice.js';
import { AtMoment } from './at-moment.js';
import { allOf } from './condition.js';
import type { Condition } from './condition.js';
import { eventsAtOnce } from './read-model.js';
import type { Part } from './read-model.js';

/** An entry that was found, by the place of its last event in the record. */
export interface Place {
  readonly slice: Slice;
  readonly part: Part;
  readonly id: string;
  readonly ordinal: number;
}

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

interface Narrowing {
  readonly dialogue: string | undefined;
  readonly after: number | undefined;
  readonly limit: number;
}

/** What changed last first: of entries as they are, or of the versions that they had. */
export function placesIn(
  slice: Slice,
  part: Part,
  matching: readonly Condition[],
  { dialogue, after, limit }: Narrowing,
): readonly Place[] {
  const { upTo, tables, only } = part;
  const place = upTo === undefined ? 'updated_ordinal' : 'ordinal';
  const [where, ...values] = allOf([
    ...only,
    ...(dialogue === undefined ? [] : [['dialogue = ?', dialogue] as const]),
    ...(after === undefined ? [] : [[`${place} < ?`, after] as const]),
    ...(upTo === undefined ? [] : [['ordinal <= ? AND (until IS NULL OR until > ?)', upTo, upTo] as const]),
    ...matching,
  ]);
  const list = upTo === undefined ? '{entries}' : '{versions}';
  const rows = tables
    .prepare(`SELECT id, ${place} AS ordinal FROM ${list} WHERE ${where} ORDER BY ${place} DESC LIMIT ?`)
    .all(...values, limit);
  return rows.map(({ id, ordinal }) => ({ slice, part, id: String(id), ordinal: Number(ordinal) }));
}

/** What documents of lists say of a title, as whoever reads their rows asks for it. */
export const titleBySql = `CASE json_extract(document, '$.titled.isNeutral') WHEN 0 THEN json_extract(document, '$.titled.by') END`;

/** By the list of their slices, in the step in which they were found; of those that changed since the moment nothing is there. */
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

/** Of what has changed since, a prefix is folded; others have their turn in between. */
export class FoldedHits {
  #folded = 0;

  constructor(private readonly at: AtMoment) {}

  async described(slice: Slice, id: string): Promise<Described> {
    const { record, moment } = this.at;
    // Nothing is kept but what is shown.
    const alone = new AtMoment(record, {}, {}, moment);
    const folded = alone.found(slice, id);
    const prefix = alone.prefix(streamOf(slice, id));
    const document = represent(folded) as Titled & Record<string, unknown>;
    this.#folded += prefix.length;
    if (this.#folded >= eventsAtOnce) {
      this.#folded = 0;
      await setImmediate();
    }
    const { key = null, titled, synthetic = false } = document;
    return {
      key,
      dialogueId: dialogueOf(slice, id, document) ?? null,
      title: titleOf(folded, document),
      titleBy: titled?.isNeutral === false ? (titled.by ?? null) : null,
      synthetic,
      seq: prefix.at(-1)?.seq ?? -1,
    };
  }
}
