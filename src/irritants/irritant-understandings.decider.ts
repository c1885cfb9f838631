import { claim, confirmClaim, denyClaim, withdrawClaim } from '../kernel/claims.decider.js';
import type { Confirmed } from '../kernel/claims.events.js';
import type { Claim } from '../kernel/claims.facts.js';
import { closed } from './irritant-stances.decider.js';
import type { Rules } from './irritant-terms.decider.js';

/** Confirmed in full, some claims reach a milestone; that of an agreement only as the very same text. */
function milestoneOf({ kind, claimId, textHash }: Claim, mode: Confirmed['mode']) {
  if (mode === 'partial') return undefined;
  if (kind === 'roadmap-to-be-developed') return { type: 'RoadmapAgreedInPrinciple', data: { claimId } };
  if (kind === 'agreement-in-principle') return { type: 'AgreedInPrinciple', data: { claimId } };
  return kind === 'agreement' && mode === 'same-text'
    ? { type: 'Agreed', data: { by: { kind: 'claim', id: claimId }, contentHash: textHash } }
    : undefined;
}

/** Claims as everywhere: but a closed irritant takes none, and what both hold on an open one may move its stage. */
export const understandingRules: Rules<
  'ClaimUnderstanding' | 'ConfirmUnderstanding' | 'DenyUnderstanding' | 'WithdrawUnderstandingClaim'
> = {
  ClaimUnderstanding: (command, irritant) => claim(command, irritant, { closed: closed(irritant) }),
  ConfirmUnderstanding: (command, irritant) =>
    confirmClaim(command, irritant, { closed: closed(irritant), reaches: milestoneOf }),
  DenyUnderstanding: (command, irritant) => denyClaim(command, irritant, { closed: closed(irritant) }),
  WithdrawUnderstandingClaim: (command, irritant) =>
    withdrawClaim(command, irritant, { closed: closed(irritant) }),
};
