import { quoted, who } from '#libs/decider';
import type { SummariesOf } from '#libs/decider';
import type { commitmentEvents } from './commitment.events.js';

export const commitmentSummaries: SummariesOf<typeof commitmentEvents> = {
  CommitmentAsserted: (e) =>
    `${who(e)} says that ${e.data.obligors.join(' and ')} should owe ${e.data.beneficiaries.join(' and ')} a commitment${quoted(e, 'text')}`,
  CommitmentUndertaken: (e) => `${who(e)} undertook the commitment${quoted(e, 'statement')}`,
  CommitmentDeclined: (e) => `${who(e)} declined to owe it${quoted(e, 'reason')}`,
  CommitmentAgreed: (e) =>
    `It is in force for ${e.data.obligor}: version ${e.data.version} of an agreed ${e.data.by.kind} names it`,
  CommitmentAgreementEnded: (e) =>
    `It is not in force any more for ${e.data.obligors.join(' and ')} by the ${e.data.by.kind} that named it`,
  FulfilmentReported: (e) => `${who(e)} reported fulfilment${quoted(e, 'reason')}`,
  FulfilmentAcknowledged: (e) => `${who(e)} acknowledged fulfilment${quoted(e, 'reason')}`,
  FulfilmentDisputed: (e) => `${who(e)} disputed fulfilment${quoted(e, 'reason')}`,
  BreachAlleged: (e) => `${who(e)} alleged a breach${quoted(e, 'reason')}`,
  BreachAnswered: (e) => `${who(e)} answered the allegation${quoted(e, 'reason')}`,
  BreachWithdrawn: (e) => `${who(e)} withdrew the allegation${quoted(e, 'reason')}`,
  CommitmentExtended: (e) =>
    `${who(e)} named ${e.data.due} as the new date of the commitment${quoted(e, 'reason')}`,
  CommitmentWaived: (e) => `${who(e)} waived the commitment${quoted(e, 'reason')}`,
  CommitmentDischarged: () => 'The commitment is discharged',
  ConsequenceRefused: (e) => `A consequence was refused (${e.data.policy}: ${e.data.code})`,
};
