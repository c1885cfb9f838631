import type { Position } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';
import type { RecordRead } from './reading.js';

const waitMs = 2_000;

/** Waits until the read models have reached the moment of one's own write. */
export async function waitForPosition(
  record: Pick<RecordRead, 'moments' | 'projections' | 'store'>,
  minPosition: string | undefined,
): Promise<void> {
  if (minPosition === undefined) return;
  const { epoch } = await record.store.identity();
  const position: Position = record.moments.open(minPosition, epoch, 'minPosition');
  if ((await record.projections.waitFor(position, { timeoutMs: waitMs })) === 'reached') return;
  throw new Problem(platformProblems.PROJECTION_LAGGING, {
    detail: 'The read models have not reached that position within two seconds.',
    headers: { 'Retry-After': '1' },
  });
}
