import { claimConfirmed, claimed, claimWithdrawn } from '../../kernel/claims.events.js';
import type { claimsView } from '../../kernel/claims.view.js';
import { array, described, oneOfWords, ref } from './json-schema.js';
import type { Published } from './json-schema.js';
import { told, toldWithData } from './said-shapes.js';

const ClaimShape = toldWithData(
  claimed,
  {
    state: oneOfWords(['unanswered', 'confirmed', 'partly-confirmed', 'denied', 'withdrawn']),
  },
  {
    answer: told(
      claimConfirmed,
      {},
      { mode: oneOfWords(['same-text', 'own-words', 'partial']), textHash: ref('Sha256') },
    ),
    partial: described(
      told(claimConfirmed),
      'The confirmation in part, where a later answer to the rest is shown in `answer`.',
    ),
    withdrawn: described(
      told(claimWithdrawn),
      'Its own side’s withdrawal: of all of it, or of the rest of what is confirmed in part.',
    ),
  },
);

/** The claims of an entry, with what was answered to each. */
export const claimsShape: Published<typeof claimsView> = { claims: array(ClaimShape) };

/** By what an answer to a claim is told from another word that is awaited. */
export const inPartShape = described(
  { const: true },
  'Only the rest of the claim, which is confirmed in part.',
);
