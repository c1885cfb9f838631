import { represent } from '../platform/record/fold.js';
import { titleOf } from '../platform/record/findable.js';
import { streamOf } from '../platform/record/fold.js';
import { GivingWay } from '../platform/record/giving-way.js';
import { dialogueOf } from '../platform/record/references.js';
import type { Slice } from '../platform/record/slice.js';
import { AtMoment } from './at-moment.js';
import { allOf } from './condition.js';
import type { Condition } from './condition.js';
import { idsHaving } from './matching.js';
import type { Matching } from './matching.js';
import type { Part } from './read-model.js';
import { inWindows, nextSize } from './rows-by-window.js';

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
  readonly windowSize: number;
}

/** Of how many entries is asked at once whether they have what is looked for. */
export const windowMost = 200;

interface Candidate {
  readonly id: string;
  readonly ordinal: number;
}

/**
 * The entries of one list that match, what changed last first, as many as are wanted: of those that have a rare term, or else
 * of all in their order. Others have their turn in between: of terms that never meet the whole list is asked.
 */
export async function placesIn(
  slice: Slice,
  part: Part,
  matching: readonly Matching[],
  narrowing: Narrowing,
): Promise<readonly Place[]> {
  const others = new GivingWay();
  const few = matching.filter(({ isOfFew }) => isOfFew).map(({ condition }) => condition);
  const asked = matching.filter(({ isOfFew }) => !isOfFew).map(({ condition }) => condition);
  const windows = few.length > 0 ? amongFew(part, few, narrowing) : inOrder(part, narrowing);
  const found: Place[] = [];
  for (const candidates of windows) {
    const having = asked.length === 0 ? undefined : idsHaving(part, candidates, asked);
    for (const { id, ordinal } of candidates)
      if (having?.has(id) !== false) found.push({ slice, part, id, ordinal });
    if (found.length >= narrowing.limit) break;
    await others.turn();
  }
  return found.slice(0, narrowing.limit);
}

/** The last event of an entry up to the moment, in a list that goes on. */
const lastUpTo = '(SELECT max(ordinal) FROM {versions} WHERE id = entry.id AND ordinal <= ?)';

function* amongFew(
  { tables, only, upTo }: Part,
  few: readonly Condition[],
  { dialogue, after, windowSize }: Narrowing,
): Generator<readonly Candidate[]> {
  const [where, ...values] = allOf([
    ...few,
    ...only,
    ...(upTo === undefined ? [] : [['created_ordinal <= ?', upTo] as const]),
    ...(dialogue === undefined ? [] : [['dialogue = ?', dialogue] as const]),
  ]);
  const place = upTo === undefined ? 'updated_ordinal' : lastUpTo;
  const rows = tables
    .prepare(`SELECT id, ${place} AS ordinal FROM {entries} AS entry WHERE ${where}`)
    .all(...(upTo === undefined ? [] : [upTo]), ...values) as unknown as Candidate[];
  const sorted = rows
    .filter(({ ordinal }) => after === undefined || ordinal < after)
    .toSorted((one, other) => other.ordinal - one.ordinal);
  yield* inWindows(sorted, windowSize);
}

function* inOrder(
  { tables, only, upTo }: Part,
  { dialogue, after, windowSize }: Narrowing,
): Generator<readonly Candidate[]> {
  const place = upTo === undefined ? 'updated_ordinal' : 'ordinal';
  const list = upTo === undefined ? '{entries}' : '{versions}';
  let before = after ?? Number.MAX_SAFE_INTEGER;
  for (let size = windowSize; ; size = nextSize(size)) {
    const [where, ...values] = allOf([
      [`${place} < ?`, before],
      ...only,
      ...(upTo === undefined ? [] : [['ordinal <= ? AND (until IS NULL OR until > ?)', upTo, upTo] as const]),
      ...(dialogue === undefined ? [] : [['dialogue = ?', dialogue] as const]),
    ]);
    const some = tables
      .prepare(
        `SELECT id, ${place} AS ordinal FROM ${list} AS entry WHERE ${where} ORDER BY ${place} DESC LIMIT ?`,
      )
      .all(...values, size) as unknown as Candidate[];
    yield* inWindows(some, windowSize);
    if (some.length < size) return;
    before = some.at(-1)?.ordinal ?? before;
  }
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
