import type { Stored } from '../platform/envelope.js';
import type { OpenRecord } from '../platform/record.js';
import { stageOf } from '../irritants/irritant-stage.facts.js';
import type { Irritant } from '../irritants/irritant.facts.js';
import type { Stage } from '../irritants/irritant.events.js';
import type { Moment } from './as-of.js';
import { reachedStates } from './replay.js';

export interface StageReached {
  readonly seq: number;
  readonly event: Stored;
  readonly to: Stage;
}

/** The events of an irritant that moved its stage, the first of them its raising. */
export async function* stagesOf(
  record: OpenRecord,
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
