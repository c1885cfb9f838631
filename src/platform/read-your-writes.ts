import { parsePosition, PositionInvalid } from '#libs/event-store';
import type { Position } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { platformProblems } from './platform.problems.js';
import type { OpenRecord } from './record.js';

const waitMs = 2_000;

/** Waits until the read models have reached the position of one's own write. */
export async function waitForPosition(record: OpenRecord, minPosition: string | undefined): Promise<void> {
  if (minPosition === undefined) return;
  if (epochOf(minPosition) !== (await record.store.identity()).epoch) {
    throw new Problem(platformProblems.EPOCH_CHANGED, {
      detail:
        'minPosition is of another life of this record, or of another one: no wait brings the read models there. Read without it.',
      errors: [{ parameter: 'minPosition', detail: 'is of another epoch than the record' }],
    });
  }
  if ((await record.projections.waitFor(minPosition as Position, { timeoutMs: waitMs })) === 'reached')
    return;
  throw new Problem(platformProblems.PROJECTION_LAGGING, {
    detail: 'The read models have not reached that position within two seconds.',
    headers: { 'Retry-After': '1' },
  });
}

function epochOf(text: string): string {
  try {
    return parsePosition(text).epoch;
  } catch (error) {
    if (!(error instanceof PositionInvalid)) throw error;
    throw new Problem(platformProblems.PARAMETER_INVALID, {
      detail: 'minPosition is no position: take it from the Event-Position header of your write.',
      errors: [{ parameter: 'minPosition', detail: 'is no position' }],
    });
  }
}
