import { rule } from '../platform/rule.js';
import type { RefusalKind } from '../platform/rule.js';
import type { CommitmentRefusal } from './commitment-terms.decider.js';

export const commitmentProblems = {
  NOT_AN_OBLIGOR: rule(
    'Not an obligor',
    'A party undertakes, reports and answers for its own conduct only.',
    'Name it in "obligors", or let the obligor act.',
  ),
  NO_OTHER_BENEFICIARY: rule(
    'It would be owed to nobody else',
    'What an obligor undertakes is owed to another party than itself.',
    'Name the other party in "beneficiaries".',
  ),
  BASIS_NOT_JOINT: rule(
    'The basis is not both sides’ word',
    'Nobody binds the other side by its own word: an obligor other than the acting party is bound by an agreed proposal on the matter, or by a completed exchange that both say covers it and that nobody terminated.',
    'Name such a basis, let both sides say that the exchange covers the irritant, or let each side undertake its own part.',
  ),
  CONDITIONS_REQUIRED: rule(
    'The conditions are missing',
    'A conditional commitment says under which conditions it is owed.',
    'Give them in "conditions".',
  ),
  CONDITIONS_UNEXPECTED: rule(
    'Conditions of an unconditional commitment',
    'Only a conditional commitment has conditions.',
    'Leave "conditions" out, or set "mode" to conditional.',
  ),
  IRRITANT_SUSPENDED: rule(
    'The irritant is suspended',
    'A suspension refuses new steps, claims and proposals, never statements.',
    'Each side lifts its own suspension with "resume".',
  ),
  NOT_A_BENEFICIARY: rule(
    'Not a beneficiary',
    'Only a party to which another one owes something judges its fulfilment, alleges a breach of it, or waives it.',
    'Let the beneficiary act, or record it in its name.',
  ),
  NOTHING_REPORTED: rule(
    'Nothing is reported',
    'An acknowledgement or a dispute answers a report of the other side that is still open.',
    'Wait for a report of fulfilment, or allege a breach.',
  ),
  NO_BREACH_ALLEGED: rule(
    'No breach is alleged',
    'Only an allegation that stands is answered or withdrawn.',
    'Read "allegations" of the commitment again.',
  ),
  NOT_YOUR_ALLEGATION: rule(
    "The allegation is the other side's",
    'Only the party that alleged a breach withdraws that.',
    'Answer the allegation instead.',
  ),
  COMMITMENT_ENDED: rule(
    'The commitment has ended',
    'What is discharged or waived takes no further acts; for a beneficiary, its own waiver is the end.',
    'Undertake a new commitment.',
  ),
} as const satisfies Record<CommitmentRefusal, RefusalKind>;
