import { choice, event, means, nonce, optional } from '#libs/decider';
import type { Infer } from '#libs/decider';
import * as common from './fields.js';

export const claimKinds = [
  'roadmap-to-be-developed',
  'agreement-in-principle',
  'agreement',
  'commitment',
  'factual',
  'said-by-other-side',
  'other',
] as const;

/** One side's assertion of a joint fact, on an irritant or on the dialogue as a whole; and what is said to it. */
export const claimed = event(
  {
    claimId: common.claimId,
    kind: means(choice(...claimKinds), 'Which kind of understanding it is.'),
    roundId: optional(common.roundId),
    exchangeId: optional(common.exchangeId),
    restates: optional(common.restates),
    textHash: common.textHash,
  },
  { text: common.words, nonce },
  { sealed: true },
);
export const claimConfirmed = event(
  {
    claimId: common.claimId,
    textHash: optional(common.textHash),
    mode: means(
      choice('same-text', 'own-words', 'partial'),
      'How it is confirmed: the very text, in own words, or a part of it.',
    ),
  },
  { ...common.remark, nonce: optional(nonce) },
  { sealed: true },
);
export const claimDenied = event({ claimId: common.claimId }, common.remark);
export const claimWithdrawn = event({ claimId: common.claimId }, common.why);

export type Claimed = Infer<(typeof claimed)['data']>;
export type Confirmed = Infer<(typeof claimConfirmed)['data']>;
