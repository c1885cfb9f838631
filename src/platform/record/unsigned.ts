import { actPurpose, formatParameters, keyidOf } from '#libs/ledger';
import type { Stored } from './envelope.js';
import type { Talks } from './evidence.js';

/** Whether the signature is there, and by a key of the party that was in force, by the dialogue as it stood before. */
export function isByKeyOf(
  party: string,
  { signature }: Pick<Stored, 'signature'>,
  { keys = [] }: Pick<Talks, 'keys'>,
): boolean {
  // What was put into the store by hand may have any shape; what names no key is by none that is in force.
  const keyid = signature && keyidOf(signature);
  return keys.some((one) => one.party === party && one.purpose === actPurpose && one.thumbprint === keyid);
}

/**
 * Whether the party of a direct act had asked for signatures and it has none, or its key is not in force, by the dialogue as
 * it stood before: on a cluster another server had judged it a moment earlier.
 */
export function isUnsigned(act: Stored, talks: Pick<Talks, 'keys' | 'signing'>): boolean {
  const { party, capacity } = act.act;
  if (party === null || capacity !== 'direct') return false;
  const isToBeSigned = act.signature !== undefined || talks.signing?.includes(party) === true;
  return isToBeSigned && !isByKeyOf(party, act, talks);
}

/** The act as its party will sign it, by any of its keys: whoever asks what it would come to has not signed it yet. */
export function asIfSigned(event: Stored, { keys = [] }: Pick<Talks, 'keys'>): Stored {
  const { party, capacity } = event.act;
  const key = keys.find((one) => one.party === party && one.purpose === actPurpose);
  if (event.signature !== undefined || capacity !== 'direct' || key === undefined) return event;
  const input = formatParameters({ created: 0, expires: 0, keyid: key.thumbprint });
  return { ...event, signature: { act: '', seen: '', input, signature: '' } };
}
