import { GivingWay } from '../platform/record/giving-way.js';
import { represent } from '../platform/record/fold.js';
import type { Slice } from '../platform/record/slice.js';
import type { AtMoment } from './at-moment.js';

interface Row {
  readonly id: string;
  readonly document: string;
  readonly updatedOrdinal: number;
}

/** As lists give it, folded; undefined where it was not there yet. */
export function foldedDocument(at: AtMoment, slice: Slice, id: string): object | undefined {
  const folded = at.folded(slice, id);
  return folded === undefined ? undefined : (JSON.parse(JSON.stringify(represent(folded))) as object);
}

/**
 * Everything of one slice in a dialogue, in the order in which it was begun: from the read model what has not changed
 * since the moment, for it is as it was then, and folded what has; with an effective date anything may be otherwise.
 */
export async function documentsOf(
  at: AtMoment,
  slice: Slice,
  dialogueId: string,
): Promise<readonly object[]> {
  const { effectiveAt, knownOrdinal } = at.moment;
  const rows = at.record.projections
    .view(slice.name)
    .tables.prepare(
      `SELECT id, document, updated_ordinal AS updatedOrdinal FROM {entries}
       WHERE dialogue = ? AND created_ordinal <= ? ORDER BY created_ordinal`,
    )
    .all(dialogueId, knownOrdinal) as unknown as readonly Row[];
  const documents: object[] = [];
  const others = new GivingWay();
  for (const { id, document, updatedOrdinal } of rows) {
    const isShown = effectiveAt === undefined && updatedOrdinal <= knownOrdinal;
    const one = isShown ? (JSON.parse(document) as object) : foldedDocument(at, slice, id);
    if (one !== undefined) documents.push(one);
    await others.turn();
  }
  return documents;
}
