import { Conflict } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { isAboutWords } from '../platform/commands/after-consequences.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import type { Stored } from '../platform/record/envelope.js';
import type { Principal } from '../platform/record/principal.js';

/**
 * Whoever made the file had not seen what others have recorded since it was sent, and a row says nothing of that: an assent
 * would be to words that nobody who gave it has read. What follows by rule is nobody's word; but words may read otherwise
 * by it.
 */
export function unseenIn(
  events: readonly Stored[],
  { party }: Pick<Principal, 'party'>,
  sentAt: string,
): Problem | undefined {
  const unseen = events.find((one) => {
    if (one.recordedAt <= sentAt) return false;
    return one.act.capacity === 'derived' ? isAboutWords(one, events) : one.act.recorderParty !== party;
  });
  if (unseen === undefined) return undefined;
  const { act, revision } = unseen;
  const others = `${act.recorderParty ?? 'A secretariat'} has acted on it`;
  const what = act.capacity === 'derived' ? 'Words of it are no more what they were' : others;
  return new Problem(platformProblems.STALE_REVISION, {
    detail: `${what} since the file was sent (revision ${revision}): read that, and send the row again if it still holds.`,
  });
}

/** Somebody else acted on the same entry in between. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof Conflict || (error instanceof Problem && error.kind.code === 'STALE_REVISION');
}
