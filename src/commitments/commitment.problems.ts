import { ownWordProblem } from '../platform/problems/own-word.problems.js';
import { rule } from '../platform/problems/rule.js';
import type { RefusalKind } from '../platform/problems/rule.js';
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
    'A commitment is in force for an obligor by its own word, or by a text that both agreed and that names it; what another says alone is only asserted. Fulfilment is reported and a breach alleged of what is in force.',
    'Wait until the obligor undertakes it or a text is agreed, or, as that obligor, undertake it first.',
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
  REPORT_UNKNOWN: rule(
    'There is no such report here',
    'The other side has made no report of fulfilment under this id.',
    'Take the reportId from "reports".',
  ),
  SEVERAL_REPORTS: rule(
    'Several reports are open',
    'An answer is to one report; only where one alone is open it need not be named.',
    'Name one of those in "detail" as "reportId".',
  ),
  IN_FORCE: rule(
    'In force for the obligor',
    'Only what is asserted, and not in force, is declined.',
    'Let the beneficiary release the obligor, or terminate the text that puts it in force.',
  ),
  OWN_ASSERTION: rule(
    'The assertion is your own',
    'An obligor declines what others say that it owes.',
    'Leave it: what is only asserted binds nobody.',
  ),
  ...ownWordProblem,
  TERMS_DIFFER: rule(
    'The agreed text says otherwise',
    'A text puts a commitment in force only on the terms of that commitment: obligor, beneficiary, mode and date.',
    'Agree on a text with those terms, assert another commitment, or let the obligor undertake it.',
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
