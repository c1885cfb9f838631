import type { EventStore } from '#libs/event-store';
import { allCredentials } from './all-credentials.js';
import { isOfNegotiator, wasGood } from './credential.js';
import type { Principal } from '../record/principal.js';
import type { Maker } from './stored-key.js';

/**
 * How the first key of a party's negotiators came about: every later one takes a negotiator, so this is what the party's
 * voice rests on. Ids are pseudonymous; of a party without keys, the issuer whose token it joined by.
 */
export interface FirstKey {
  readonly madeBy: Maker['as'] | 'issuer';
  readonly principalId?: string;
  readonly keyId?: string;
  /** When the key was made, or the token issued, where it says so. */
  readonly at?: string;
  readonly issuer?: string;
}

/** Undefined where no key and no token is known, as for whoever acts within the process itself. */
export async function firstKeyOf(
  store: EventStore,
  { party, token }: Principal,
): Promise<FirstKey | undefined> {
  const first = (await allCredentials(store)).find((one) => isOfNegotiator(one, party) && wasGood(one));
  if (first !== undefined) {
    const { as, principalId } = first.madeBy;
    const by = principalId === undefined ? {} : { principalId };
    return { madeBy: as, ...by, keyId: first.id, at: first.issuedAt };
  }
  if (token === undefined) return undefined;
  const { issuer, issuedAt } = token;
  return { madeBy: 'issuer', issuer, ...(issuedAt === undefined ? {} : { at: issuedAt }) };
}
