import { withClaimed, withConfirmed, withDenied, withWithdrawn } from '../kernel/claims.facts.js';
import type { Claims } from '../kernel/claims.facts.js';
import type { Handlers } from './irritant-handlers.facts.js';
import { consulted } from './irritant-stage.facts.js';
import type { Staged } from './irritant-stage.facts.js';

/** What is said by one side and answered by the other: a confirmation, also in part, is an answer on the matter. */
export const claimHandlers: Handlers<
  Claims & Staged,
  'UnderstandingClaimed' | 'UnderstandingConfirmed' | 'UnderstandingDenied' | 'UnderstandingClaimWithdrawn'
> = {
  UnderstandingClaimed: withClaimed,
  UnderstandingConfirmed: (irritant, fact) => {
    const confirmed = withConfirmed(irritant, fact);
    return confirmed === undefined ? irritant : consulted(confirmed.on, fact, confirmed.words);
  },
  UnderstandingDenied: withDenied,
  UnderstandingClaimWithdrawn: withWithdrawn,
};
