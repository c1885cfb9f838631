import type {
  claiming,
  confirmingClaim,
  denyingClaim,
  withdrawingClaim,
} from '../../kernel/claims.commands.js';
import { ownWordProblem } from './own-word.problems.js';
import { rule } from './rule.js';
import type { RefusalKind } from './rule.js';

type ClaimRefusal = (
  typeof claiming | typeof confirmingClaim | typeof denyingClaim | typeof withdrawingClaim
)['refuses'][number];

/** What is wrong with an act on a claim, whichever slice has it. */
export const claimProblems = {
  CLAIM_UNKNOWN: rule(
    'There is no such claim here',
    'Nothing with this id is claimed on this entry.',
    'Take the claimId from "claims".',
  ),
  OWN_CLAIM: rule(
    'The claim is your own',
    'A joint fact needs both sides: nobody answers its own claim.',
    'Wait for the other side, or withdraw the claim.',
  ),
  NOT_OWN_CLAIM: rule(
    "The claim is the other side's",
    'Only the party that made a claim withdraws it.',
    'Deny it instead.',
  ),
  CLAIM_WITHDRAWN: rule(
    'The claim is withdrawn',
    'A withdrawn claim is not answered.',
    'Claim it anew if it still holds.',
  ),
  CLAIM_ALREADY_CONFIRMED: rule(
    'The claim is confirmed',
    'What both sides have confirmed is an understanding, and neither takes it back alone.',
    'State a new position, or make a new claim.',
  ),
  TEXT_MISMATCH: rule(
    'Another text',
    'The hash named is not that of the text in question.',
    'Read the text again and name its hash.',
  ),
  TEXT_REQUIRED: rule(
    'Own words are missing',
    'A confirmation in own words, or in part, says which words.',
    'Give them in "text".',
  ),
  RESTATED_UNKNOWN: rule(
    'Nothing to restate',
    'What is said to be restated was never stated by this party here.',
    'State it without "restates".',
  ),
  ...ownWordProblem,
} as const satisfies Record<ClaimRefusal, RefusalKind>;
