import { among, on, onItem, text } from './asking.js';
import type { Ask } from './asking.js';
import type { Side } from './stage.js';

interface Claim {
  readonly claimId: string;
  readonly party: string;
  readonly state: string;
}

export type Whose = (one: { readonly party: string }, side: Side) => boolean;
export const theirs: Whose = (one, side) => one.party !== side;
export const own: Whose = (one, side) => one.party === side;

/** What is claimed of a matter, or of the dialogue as a whole, and what the other side says to it. */
export function claimAsks(slice: 'irritants' | 'dialogues', prefix: '' | 'Dialogue') {
  const onClaim = (name: string, whose: Whose, body?: Parameters<typeof onItem<Claim>>[3]): Ask => {
    const fits = (one: Claim, side: Side) => whose(one, side) && one.state === 'unanswered';
    return onItem<Claim>([slice, name], ['claims', 'claimId'], fits, body);
  };
  return {
    claim: on(slice, `Claim${prefix}Understanding`, ({ twist }) => ({
      kind: among(['roadmap-to-be-developed', 'agreement-in-principle', 'agreement', 'factual'], twist),
      text,
    })),
    confirm: onClaim(`Confirm${prefix}Understanding`, theirs, ({ twist }) =>
      twist % 5 === 4 ? { mode: 'partial', text } : { mode: 'same-text' },
    ),
    deny: onClaim(`Deny${prefix}Understanding`, theirs),
    withdraw: onClaim(`Withdraw${prefix}UnderstandingClaim`, own),
  };
}
