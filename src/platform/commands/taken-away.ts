import { Damaged } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import type { ErasedSince } from '#libs/event-store-sqlite';
import { Problem } from '#libs/problem-details';
import type { Projections } from '#libs/projections';
import { readableCredentials } from '../access/all-credentials.js';
import type { Credentials } from '../access/credentials.js';
import { platformProblems } from '../problems/platform.problems.js';
import { heldIn } from '../record/beside.js';
import type { Removals } from '../record/removals.js';

/** The events with words that the journal knows as erased, and that an older copy of the store brought back. */
export async function broughtBackTo(
  store: EventStore,
  removals: Removals | undefined,
): Promise<readonly ErasedSince[]> {
  const found: ErasedSince[] = [];
  for (const one of removals?.erased ?? []) if (await isThere(store, one)) found.push(one);
  return found;
}

/** What can't be read is none that can be erased again: the scrubber and the doctor tell of it. */
async function isThere(store: EventStore, one: ErasedSince): Promise<boolean> {
  try {
    for await (const { id, content } of heldIn(store, one.stream, { from: one.revision, limit: 1 }))
      if (id === one.id && content !== null) return true;
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
  }
  return false;
}

/**
 * Takes these words out of the store again; no event is added for it. Read models beside the older copy are deleted before,
 * for no event tells their lists and words of it, and they follow the record only after.
 */
export async function eraseAgain(store: EventStore, broughtBack: readonly ErasedSince[]): Promise<void> {
  for (const { stream, revision } of broughtBack) await store.eraseContent(stream, revision);
}

/** Read models that lay beside the older copy may have kept the words. */
export function forgetAgain(removals: Removals, projections: Pick<Projections, 'forget' | 'record'>): void {
  const kept: string[] = [];
  for (const { id } of removals.erased) {
    const content = projections.record.byId(id)?.event.content;
    if (content !== null && content !== undefined) kept.push(id);
  }
  if (kept.length > 0) projections.forget(...kept);
}

/**
 * Both know the same keys as revoked from here on, as far as they can be read. One that a damaged event is said to be of may
 * still be found by its stream, and would open again.
 */
export async function revokeAgain(
  removals: Pick<Removals, 'revoked'>,
  store: EventStore,
  credentials: Pick<Credentials, 'revoke'>,
): Promise<void> {
  const keys = await readableCredentials(store);
  const differing = keys.filter(({ id, revokedAt }) => (revokedAt !== null) !== removals.revoked.has(id));
  const read = new Set(keys.map(({ id }) => id));
  const unread = [...removals.revoked].filter((id) => !read.has(id));
  for (const id of [...differing.map(({ id }) => id), ...unread])
    await credentials.revoke(id).catch(passUnreadable);
}

/** A key that is not there, or can't be read, opens nothing. */
function passUnreadable(error: unknown): void {
  const isNone = error instanceof Problem && error.kind === platformProblems.NOT_FOUND;
  if (!isNone && !(error instanceof Damaged)) throw error;
}
