import { actPurpose, keyidOf } from '#libs/ledger';
import type { Stored } from './envelope.js';
import type { Talks } from './evidence.js';

/**
 * Whether the party of a direct act had asked for signatures and it has none, or its key is not in force, by the dialogue as
 * it stood before: on a cluster another server had judged it a moment earlier.
 */
export function isUnsigned(
  { act: { party, capacity }, signature }: Stored,
  { signing = [], keys = [] }: Pick<Talks, 'keys' | 'signing'>,
): boolean {
  if (party === null || capacity !== 'direct') return false;
  if (signature === undefined) return signing.includes(party);
  // What was put into the store by hand may have any shape; what names no key is by none that is in force.
  const keyid = keyidOf(signature);
  return !keys.some((one) => one.party === party && one.purpose === actPurpose && one.thumbprint === keyid);
}
