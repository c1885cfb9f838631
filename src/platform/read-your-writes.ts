import { parsePosition, PositionInvalid } from '#libs/event-store';
import type { Position } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { platformProblems } from './platform.problems.js';
import type { OpenRecord } from './record.js';

const waitMs = 2_000;

/** Waits until the read models have reached the position of one's own write. */
export async function waitForPosition(record: OpenRecord, minPosition: string | undefined): Promise<void> {
  if (minPosition === undefined) return;
  if (!(await isOfStore(record, minPosition))) {
    throw new Problem(platformProblems.PARAMETER_INVALID, {
      detail:
        'minPosition is not a position of this store: take it from the Event-Position header of your write.',
      errors: [{ parameter: 'minPosition', detail: 'is not a position of this store' }],
    });
  }
  if ((await record.projections.waitFor(minPosition as Position, { timeoutMs: waitMs })) === 'reached')
    return;
  throw new Problem(platformProblems.PROJECTION_LAGGING, {
    detail: 'The read models have not reached that position within two seconds.',
    headers: { 'Retry-After': '1' },
  });
}

async function isOfStore(record: OpenRecord, text: string): Promise<boolean> {
  try {
    return parsePosition(text).epoch === (await record.store.identity()).epoch;
  } catch (error) {
    if (error instanceof PositionInvalid) return false;
    throw error;
  }
}
