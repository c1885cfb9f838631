import { rule } from '../platform/rule.js';
import type { RefusalKind } from '../platform/rule.js';
import type { CommitmentRefusal } from './commitment-terms.decider.js';

export const commitmentProblems = {
  NOT_AN_OBLIGOR: rule(
    'Not an obligor',
    'A party undertakes and reports its own conduct only.',
    'Let the obligor act, or assert a commitment that names the party in "obligors".',
  ),
  NO_OTHER_BENEFICIARY: rule(
    'It would be owed to nobody else',
    'What an obligor is to undertake is owed to another party than itself.',
    'Name the other party in "beneficiaries".',
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
  NOT_IN_FORCE: rule(
    'Not in force for the obligor',
    'A commitment is in force for an obligor by that obligor’s own word alone; what another says that it owes is only asserted. Fulfilment is reported and a breach alleged of what is in force.',
    'Wait until the obligor undertakes it, or, as that obligor, undertake it first.',
  ),
  NOT_A_BENEFICIARY: rule(
    'Not a beneficiary',
    'Only a party to which another one owes something judges its fulfilment, alleges a breach of it, or waives it.',
    'Let the beneficiary act.',
  ),
  NOTHING_REPORTED: rule(
    'Nothing is reported',
    'An acknowledgement or a dispute answers a report of the other side that is still open.',
    'Wait for a report of fulfilment, or allege a breach.',
  ),
  BREACH_UNKNOWN: rule(
    'There is no such allegation here',
    'No breach of this commitment is alleged under this id.',
    'Take the breachId from "allegations".',
  ),
  BREACH_CLOSED: rule(
    'The allegation does not stand any more',
    'Only an allegation that stands is answered or withdrawn: neither one that was withdrawn, nor one whose party has waived the commitment or acknowledged its fulfilment.',
    'Read "allegations" of the commitment again; a new breach is alleged anew.',
  ),
  OWN_ALLEGATION: rule(
    'The allegation is your own',
    'An allegation is answered by the side that did not make it.',
    'Withdraw it, or allege another breach.',
  ),
  NOT_YOUR_ALLEGATION: rule(
    "The allegation is the other side's",
    'Only the party that alleged a breach withdraws that.',
    'Answer the allegation instead.',
  ),
  COMMITMENT_ENDED: rule(
    'The commitment has ended',
    'What is discharged or waived takes no further acts; for a beneficiary, its own waiver is the end.',
    'Assert a new commitment.',
  ),
} as const satisfies Record<CommitmentRefusal, RefusalKind>;
