import { quoted, who } from '#libs/decider';
import type { SummariesOf } from '#libs/decider';
import type { commitmentEvents } from './commitment.events.js';

export const commitmentSummaries: SummariesOf<typeof commitmentEvents> = {
  CommitmentUndertaken: (e) =>
    `${e.data.obligors.join(' and ')} undertook a commitment${quoted(e.content.text)}`,
  FulfilmentReported: (e) => `${who(e)} reported fulfilment${quoted(e.content.reason)}`,
  FulfilmentAcknowledged: (e) => `${who(e)} acknowledged fulfilment${quoted(e.content.reason)}`,
  FulfilmentDisputed: (e) => `${who(e)} disputed fulfilment${quoted(e.content.reason)}`,
  BreachAlleged: (e) => `${who(e)} alleged a breach${quoted(e.content.reason)}`,
  BreachAnswered: (e) => `${who(e)} answered the allegation${quoted(e.content.reason)}`,
  BreachWithdrawn: (e) => `${who(e)} withdrew the allegation${quoted(e.content.reason)}`,
  CommitmentExtended: (e) =>
    `${who(e)} named ${e.data.due} as the new date of the commitment${quoted(e.content.reason)}`,
  CommitmentWaived: (e) => `${who(e)} waived the commitment${quoted(e.content.reason)}`,
  CommitmentDischarged: () => 'The commitment is discharged',
};
