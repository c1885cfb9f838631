import type { EventStore } from '#libs/event-store';
import type { Projections } from '#libs/projections';
import type { Credentials } from '../access/credentials.js';
import { heldIn } from '../record/beside.js';
import type { Removals } from '../record/removals.js';

/**
 * Words that the journal knows as erased leave the store again where an older copy of it brought them back. No event is
 * added for it. Before the record is followed, so that no read model takes them in.
 */
export async function eraseAgain(removals: Removals, store: EventStore): Promise<void> {
  for (const { stream, revision, id } of removals.erased)
    for await (const event of heldIn(store, stream, { from: revision, limit: 1 }))
      if (event.id === id && event.content !== null) await store.eraseContent(stream, revision);
}

/** Read models that lay beside the older copy may have kept the words. */
export function forgetAgain(removals: Removals, projections: Pick<Projections, 'forget' | 'record'>): void {
  for (const { id } of removals.erased) {
    const content = projections.record.byId(id)?.event.content;
    if (content !== null && content !== undefined) projections.forget(id);
  }
}

/** Both know the same keys as revoked from here on. */
export async function revokeAgain(
  removals: Removals,
  credentials: Pick<Credentials, 'list' | 'revoke'>,
): Promise<void> {
  for (const { id, revokedAt } of await credentials.list())
    if ((revokedAt !== null) !== removals.revoked.has(id)) await credentials.revoke(id);
}
