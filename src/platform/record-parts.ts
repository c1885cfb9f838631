import type { EventStore } from '#libs/event-store';
import { ReadModels } from '#libs/projections';
import type { Projections } from '#libs/projections';
import { Credentials } from './access/credentials.js';
import { SignIns } from './access/sign-ins.js';
import { broughtBackTo, eraseAgain, revokeAgain } from './commands/taken-away.js';
import type { Clock } from './record/clock.js';
import type { Ids } from './record/ids.js';
import type { Removals } from './record/removals.js';
import type { StoreContact } from './record/store-contact.js';

/** What was erased leaves the store again where an older copy brought it back, and the read models are then begun anew. */
export async function readModelsBeside(
  store: EventStore,
  removals: Removals | undefined,
  { directory, readOnly = false }: { readonly directory?: string | undefined; readonly readOnly?: boolean },
): Promise<ReadModels> {
  const broughtBack = await broughtBackTo(store, removals);
  const anew = broughtBack.length > 0;
  const place = directory === undefined ? {} : { directory, anew };
  const readModels = ReadModels.open(readOnly ? { temporary: true } : place);
  await eraseAgain(store, broughtBack);
  return readModels;
}

interface AccessOptions {
  readonly ids: Ids;
  readonly clock: Clock;
  readonly keysUnaskedMs?: number;
}

interface AccessParts {
  readonly store: EventStore;
  readonly contact: StoreContact | undefined;
  readonly projections: Projections;
  readonly removals: Removals | undefined;
}

/** Keys and sign-ins. What was revoked stays so, also where an older copy of the store was put in place. */
export async function accessTo(
  { ids, clock, keysUnaskedMs }: AccessOptions,
  { store, contact, projections, removals }: AccessParts,
): Promise<{ readonly credentials: Credentials; readonly signIns: SignIns }> {
  const unasked = contact && { contact, projections, unaskedMs: keysUnaskedMs };
  const credentials = new Credentials(store, ids, clock, unasked, removals);
  if (removals !== undefined) await revokeAgain(removals, store, credentials);
  return { credentials, signIns: new SignIns(store, ids, clock, projections, unasked) };
}
