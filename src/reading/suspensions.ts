import { toldView } from '#libs/decider';
import type { Dialogue } from '../dialogues/dialogue.decider.js';
import { fold, streamOf, wordsOf } from '../platform/record/fold.js';
import type { RecordRead } from '../platform/record/reading.js';
import { prefixOf } from './as-of.js';
import type { Moment } from './as-of.js';

/**
 * The suspensions of the dialogue that stood when the first event of the stream was recorded. They are read from the
 * dialogue as it counts at the moment asked for, and stored nowhere else: a suspension that was taken out since never
 * stood, and one that was endorsed since stood as the party's own.
 */
export function suspensionsAtBeginning(
  record: RecordRead,
  stream: string,
  dialogueId: string,
  { knownOrdinal, counts }: Pick<Moment, 'knownOrdinal' | 'counts'>,
) {
  const began = record.projections.record.ordinalOf(stream, 0n) ?? -1;
  const slice = record.registry.get('dialogues');
  const placed = prefixOf(record, streamOf(slice, dialogueId), knownOrdinal);
  const before = new Set(placed.filter(({ ordinal }) => ordinal < began).map(({ event }) => event.id));
  const folded = fold(
    slice,
    placed.map(({ event }) => event),
    (event) => before.has(event.id) && counts(event),
  );
  if (folded === undefined) return [];
  return (folded.state as Dialogue).suspensions.map((one) => toldView(one, wordsOf(folded)));
}
