import { foldAt } from '../reading/as-of.js';
import type { Moment } from '../reading/as-of.js';
import { represent } from '../platform/record/fold.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Slice } from '../platform/record/slice.js';

interface Row {
  readonly id: string;
  readonly document: string;
  readonly updatedOrdinal: number;
}

/** What has not changed since the moment is as it was then; with an effective date, anything may be otherwise. */
function isAsThen({ updatedOrdinal }: Row, { effectiveAt, knownOrdinal }: Moment): boolean {
  return effectiveAt === undefined && updatedOrdinal <= knownOrdinal;
}

/**
 * Everything of one slice in a dialogue, in the order in which it was begun: from the read model, or folded as of the
 * moment where one is asked for.
 */
export function documentsOf(
  record: RecordRead,
  slice: Slice,
  dialogueId: string,
  moment: Moment | undefined,
): { readonly documents: readonly object[]; readonly ordinal: number } {
  const { tables, ordinal } = record.projections.view(slice.name);
  const rows = tables
    .prepare(
      `SELECT id, document, updated_ordinal AS updatedOrdinal FROM {entries}
       WHERE dialogue = ? AND created_ordinal <= ? ORDER BY created_ordinal`,
    )
    .all(dialogueId, moment?.knownOrdinal ?? ordinal) as unknown as readonly Row[];
  const documents = rows.flatMap((row) => {
    const { id, document } = row;
    if (moment === undefined || isAsThen(row, moment)) return [JSON.parse(document) as object];
    const folded = foldAt(record, slice, id, moment);
    return folded === undefined ? [] : [JSON.parse(JSON.stringify(represent(folded))) as object];
  });
  return { documents, ordinal: moment?.knownOrdinal ?? ordinal };
}
