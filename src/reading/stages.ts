import { countedIn } from '../platform/record/amendments.js';
import { inPlace } from '../platform/record/counting.js';
import type { Stored } from '../platform/record/envelope.js';
import { streamOf } from '../platform/record/fold.js';
import type { RecordRead } from '../platform/record/reading.js';
import { stageOf } from '../irritants/irritant-stage.facts.js';
import type { Irritant } from '../irritants/irritant.facts.js';
import type { Stage } from '../irritants/irritant.events.js';
import { prefixOf } from './as-of.js';
import type { Moment } from './as-of.js';
import { reachedStates } from './replay.js';

export interface StageReached {
  readonly seq: number;
  readonly event: Stored;
  readonly to: Stage;
}

/** The events of an irritant that moved its stage, the first of them its raising. */
export async function* stagesOf(
  record: RecordRead,
  irritantId: string,
  moment: Moment,
): AsyncGenerator<StageReached> {
  const irritants = record.registry.get('irritants');
  let before: Stage | undefined;
  for await (const { seq, event, folded } of reachedStates(record, irritants, irritantId, moment)) {
    const to = folded === undefined ? undefined : stageOf(folded.state as Irritant);
    if (to !== undefined && to !== before) yield { seq, event, to };
    before = to;
  }
}

/**
 * The stages of an irritant as they count at the moment, with the event that led to each: one that fell with what was
 * taken back was never reached, and what was said between an agreement and its milestone came after both.
 */
export function countedStagesOf(
  record: RecordRead,
  irritantId: string,
  moment: Moment,
): readonly Omit<StageReached, 'seq'>[] {
  const irritants = record.registry.get('irritants');
  const prefix = prefixOf(record, streamOf(irritants, irritantId), moment.knownOrdinal).map(
    (one) => one.event,
  );
  const moves: Omit<StageReached, 'seq'>[] = [];
  let state: unknown = irritants.initial;
  for (const event of inPlace(countedIn(irritants, prefix).counted).filter(moment.counts)) {
    state = irritants.evolve(state, event);
    if (state === null) continue;
    const to = stageOf(state as Irritant);
    if (to !== moves.at(-1)?.to) moves.push({ event, to });
  }
  return moves;
}
