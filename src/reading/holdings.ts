import { keptJson } from '#libs/projections';
import { GivingWay } from '../platform/record/giving-way.js';
import { represent } from '../platform/record/fold.js';
import type { Slice } from '../platform/record/slice.js';
import type { AtMoment } from './at-moment.js';

interface Row {
  readonly id: string;
  readonly document: string;
  readonly createdOrdinal: number;
  readonly updatedOrdinal: number;
}

/** Many documents are read a piece at a time: all at once, nobody else has a turn meanwhile. */
const pageRows = 100;

/** Those of the dialogue that were begun behind a place and up to another, the first of them. */
function rowsAfter(at: AtMoment, slice: Slice, dialogueId: string, after: number): readonly Row[] {
  return at.record.projections
    .view(slice.name)
    .tables.prepare(
      `SELECT id, document, created_ordinal AS createdOrdinal, updated_ordinal AS updatedOrdinal FROM {entries}
       WHERE dialogue = ? AND created_ordinal > ? AND created_ordinal <= ?
       ORDER BY created_ordinal LIMIT ${pageRows}`,
    )
    .all(dialogueId, after, at.moment.knownOrdinal) as unknown as readonly Row[];
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
  const documents: object[] = [];
  const others = new GivingWay();
  let rows = rowsAfter(at, slice, dialogueId, -1);
  while (rows.length > 0) {
    for (const { id, document, updatedOrdinal } of rows) {
      const isShown = effectiveAt === undefined && updatedOrdinal <= knownOrdinal;
      const one = isShown ? keptJson<object>(document) : foldedDocument(at, slice, id);
      if (one !== undefined) documents.push(one);
      await others.turn();
    }
    const last = rows.at(-1)?.createdOrdinal ?? knownOrdinal;
    rows = rows.length < pageRows ? [] : rowsAfter(at, slice, dialogueId, last);
  }
  return documents;
}
