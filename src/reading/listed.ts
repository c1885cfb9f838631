import { setImmediate } from 'node:timers/promises';
import { streamOf } from '../platform/record/fold.js';
import type { Slice } from '../platform/record/slice.js';
import { AtMoment } from './at-moment.js';
import { foldedDocument } from './holdings.js';
import type { Row } from './list-rows.js';
import { eventsAtOnce } from './read-model.js';

/** A row with what it shows, as far as the tables have it. */
export interface Shown {
  readonly id: string;
  readonly dialogueId: string | undefined;
  /** Undefined where the entry has changed since the moment. */
  readonly document: string | undefined;
}

/** In the same step in which they were found: a past moment's tables are gone after it, and the present goes on. */
export function withDocuments(rows: readonly Row[]): readonly Shown[] {
  const documents = new Map<string, Omit<Shown, 'id'>>();
  for (const [{ tables, upTo = Number.MAX_SAFE_INTEGER }, shown] of Map.groupBy(rows, ({ part }) => part)) {
    const found = tables
      .prepare(
        `SELECT entry.id, dialogue, document FROM json_each(?) AS one CROSS JOIN {entries} AS entry ON entry.id = one.value WHERE updated_ordinal <= ?`,
      )
      .all(JSON.stringify(shown.map(({ id }) => id)), upTo);
    for (const { id, dialogue, document } of found)
      documents.set(String(id), { dialogueId: textOr(dialogue), document: String(document) });
  }
  return rows.map(({ id }) => ({ id, dialogueId: undefined, document: undefined, ...documents.get(id) }));
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** An entry as a list shows it: its representation as JSON, as the list keeps it, so that nobody reads it to write it again. */
export interface Listed {
  readonly text: string;
  /** Absent where it belongs to none. */
  readonly dialogueId: string | undefined;
}

/** Of what has changed since, a prefix is folded; others have their turn in between. */
export async function shownIn(
  rows: readonly Shown[],
  at: AtMoment,
  slice: Slice,
): Promise<readonly Listed[]> {
  const listed: Listed[] = [];
  let folded = 0;
  for (const { id, dialogueId, document } of rows) {
    if (document !== undefined) {
      listed.push({ text: document, dialogueId });
      continue;
    }
    // Of a long page nothing is kept but its entries.
    const alone = new AtMoment(at.record, {}, {}, at.moment);
    const then = foldedDocument(alone, slice, id);
    if (then !== undefined)
      listed.push({
        text: JSON.stringify(then),
        dialogueId: textOr((then as { readonly dialogueId?: unknown }).dialogueId),
      });
    folded += alone.prefix(streamOf(slice, id)).length;
    if (folded < eventsAtOnce) continue;
    folded = 0;
    await setImmediate();
  }
  return listed;
}
