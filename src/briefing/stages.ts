import { inPlace } from '../platform/record/counting.js';
import type { Stored } from '../platform/record/envelope.js';
import { streamOf } from '../platform/record/fold.js';
import { stageByWordOf, stageOf } from '../irritants/irritant-stage.facts.js';
import type { Irritant } from '../irritants/irritant.facts.js';
import type { Stage } from '../irritants/irritant.events.js';
import type { AtMoment } from '../reading/at-moment.js';
import { reachedStates } from '../reading/replay.js';

export interface StageReached {
  readonly seq: number;
  readonly event: Stored;
  readonly to: Stage;
  /** The side by whose word alone; absent where both have spoken. */
  readonly byWordOf?: string;
}

/** The events of an irritant that moved its stage, the first of them its raising. */
export async function* stagesOf(at: AtMoment, irritantId: string): AsyncGenerator<StageReached> {
  const irritants = at.record.registry.part('matter');
  let before: Stage | undefined;
  for await (const { seq, event, folded } of reachedStates(at, irritants, irritantId)) {
    const state = folded?.state as Irritant | undefined;
    const to = state === undefined ? undefined : stageOf(state);
    const byWordOf = state === undefined ? undefined : stageByWordOf(state);
    if (to !== undefined && to !== before)
      yield { seq, event, to, ...(byWordOf === undefined ? {} : { byWordOf }) };
    before = to;
  }
}

/**
 * The stages of an irritant as they count at the moment, with the event that led to each: one that fell with what was
 * taken back was never reached, and what was said between an agreement and its milestone came after both.
 */
export function countedStagesOf(at: AtMoment, irritantId: string): readonly Omit<StageReached, 'seq'>[] {
  const irritants = at.record.registry.part('matter');
  const moves: Omit<StageReached, 'seq'>[] = [];
  let state: unknown = irritants.initial;
  for (const event of inPlace(at.counted(streamOf(irritants, irritantId)))) {
    state = irritants.evolve(state, event);
    if (state === null) continue;
    const to = stageOf(state as Irritant);
    if (to !== moves.at(-1)?.to) moves.push({ event, to });
  }
  return moves;
}
