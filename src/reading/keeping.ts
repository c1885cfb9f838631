import { keepingOf } from '../dialogues/dialogue.view.js';
import type { DialogueFacts } from '../dialogues/dialogue.events.js';
import { fold, foldNext, streamOf } from '../platform/record/fold.js';
import type { Folded } from '../platform/record/fold.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Slice } from '../platform/record/slice.js';
import { prefixOf } from './as-of.js';

/** In whose hand the record of a dialogue is; null where its stream can't be read. */
export type Kept = ReturnType<typeof keepingOf> | null;

function keptIn(folded: Pick<Folded, 'state'> | undefined): Kept {
  return folded === undefined ? null : keepingOf(folded.state as DialogueFacts);
}

/** The dialogue that an entry belongs to; a dialogue is its own. */
export function dialogueIn({ state }: Pick<Folded, 'state'>): string {
  return (state as { readonly dialogueId: string }).dialogueId;
}

/** From the read model where nothing changed since; it may be ahead of the moment, and so says nothing of it. */
function keptAsListed(record: RecordRead, dialogueId: string, knownOrdinal: number): Kept | undefined {
  const { tables, ordinal } = record.projections.view('dialogues');
  if (ordinal < knownOrdinal) return undefined;
  const row = tables
    .prepare(
      `SELECT json_extract(document, '$.kept') AS kept FROM {entries} WHERE id = ? AND updated_ordinal <= ?`,
    )
    .get(dialogueId, knownOrdinal);
  return row === undefined ? undefined : (JSON.parse(String(row['kept'])) as Kept);
}

/**
 * How the dialogue was kept as the record stood at that place. Joining claims no time of its own, so an effective date
 * changes nothing of it, and a final answer stays what it was whoever joins later.
 */
export function keptAt(record: RecordRead, dialogueId: string, knownOrdinal: number): Kept {
  const listed = keptAsListed(record, dialogueId, knownOrdinal);
  if (listed !== undefined) return listed;
  const slice = record.registry.get('dialogues');
  const prefix = prefixOf(record, streamOf(slice, dialogueId), knownOrdinal).map((one) => one.event);
  return keptIn(fold(slice, prefix));
}

/** The same for many entries of one moment, each dialogue looked up once. */
export function keptBy(record: RecordRead, knownOrdinal: number): (dialogueId: string) => Kept {
  const known = new Map<string, Kept>();
  return (dialogueId) => {
    const kept = known.get(dialogueId) ?? keptAt(record, dialogueId, knownOrdinal);
    known.set(dialogueId, kept);
    return kept;
  };
}

/** The dialogue of an entry, whose log its stream is of whatever can't be read of it. */
export function dialogueOf(record: RecordRead, slice: Slice, id: string): string {
  return record.projections.record.logOf(streamOf(slice, id)) ?? '';
}

/** How it was kept after each seq, for those who go through a history in order. */
export function keptAlong(
  record: RecordRead,
  slice: Slice,
  id: string,
  knownOrdinal: number,
): (seq: number) => Kept {
  const dialogues = record.registry.get('dialogues');
  const prefix = prefixOf(record, streamOf(dialogues, dialogueOf(record, slice, id)), knownOrdinal);
  let reached = 0;
  let folded: Folded | undefined;
  return (seq) => {
    for (let next = prefix[reached]; next !== undefined && next.seq <= seq; next = prefix[reached]) {
      reached += 1;
      const upTo = reached;
      folded = foldNext(dialogues, folded, next.event, () => prefix.slice(0, upTo).map((one) => one.event));
    }
    return keptIn(folded);
  };
}

/** An entry of a dialogue with how that is kept; a dialogue says so itself. */
export function withKept<D extends object>(entry: D, keptOf: (dialogueId: string) => Kept): D {
  const { dialogueId, kept } = entry as { readonly dialogueId?: unknown; readonly kept?: unknown };
  return kept !== undefined || typeof dialogueId !== 'string'
    ? entry
    : { ...entry, kept: keptOf(dialogueId) };
}
