import { bracketed, its, ownId, placed, quoted, who } from '#libs/decider';
import type { NameOf, NamesOf, SummariesOf } from '#libs/decider';
import { onMatters } from '../kernel/matters.summaries.js';
import type { commitmentEvents } from './commitment.events.js';

const commitment = (e: { readonly stream: string }, nameOf: NameOf) => its('the commitment', e, nameOf);

/** Something of the commitment itself, such as a report, and of which commitment. */
function of(noun: string, id: string, e: { readonly stream: string }, nameOf: NameOf): string {
  return `${noun}${bracketed(nameOf(id))} of ${commitment(e, nameOf)}`;
}

export const commitmentSummaries: SummariesOf<typeof commitmentEvents> = {
  CommitmentAsserted: (e, nameOf) =>
    `${who(e)} says that ${e.data.obligors.join(' and ')} should owe ${e.data.beneficiaries.join(' and ')} a commitment (${e.data.mode}${e.data.due === undefined ? '' : `, due ${e.data.due}`})${e.data.basis === undefined ? '' : `, on the basis of the ${e.data.basis.kind}${bracketed(nameOf(e.data.basis.id, e.data.basis.kind))}`}${onMatters(e.data.irritantIds, nameOf)}${quoted(e, 'text')}`,
  CommitmentUndertaken: (e, nameOf) =>
    `${who(e)} undertook ${commitment(e, nameOf)}${quoted(e, 'statement')}`,
  CommitmentDeclined: (e, nameOf) =>
    `${who(e)} declined to owe ${commitment(e, nameOf)}${quoted(e, 'reason')}`,
  CommitmentAgreed: ({ data, ...e }, nameOf) =>
    `${its('The commitment', e, nameOf)} is in force for ${data.obligor}: version ${data.version} of the agreed ${data.by.kind}${bracketed(nameOf(data.by.id, data.by.kind))} names it`,
  CommitmentAgreementEnded: ({ data, ...e }, nameOf) =>
    `${its('The commitment', e, nameOf)} is not in force any more for ${data.obligors.join(' and ')} by the ${data.by.kind}${bracketed(nameOf(data.by.id, data.by.kind))} that named it`,
  FulfilmentReported: (e, nameOf) =>
    `${who(e)} reported fulfilment of ${commitment(e, nameOf)}${quoted(e, 'reason')}`,
  FulfilmentAcknowledged: (e, nameOf) =>
    `${who(e)} acknowledged ${of('the reported fulfilment', e.data.reportId, e, nameOf)}${quoted(e, 'reason')}`,
  FulfilmentDisputed: (e, nameOf) =>
    `${who(e)} disputed ${of('the reported fulfilment', e.data.reportId, e, nameOf)}${quoted(e, 'reason')}`,
  BreachAlleged: (e, nameOf) =>
    `${who(e)} alleged a breach of ${commitment(e, nameOf)}${quoted(e, 'reason')}`,
  BreachAnswered: (e, nameOf) =>
    `${who(e)} answered ${of('the alleged breach', e.data.breachId, e, nameOf)}${quoted(e, 'reason')}`,
  BreachWithdrawn: (e, nameOf) =>
    `${who(e)} withdrew ${of('the alleged breach', e.data.breachId, e, nameOf)}${quoted(e, 'reason')}`,
  CommitmentExtended: (e, nameOf) =>
    `${who(e)} named ${e.data.due} as the new date of ${commitment(e, nameOf)}${quoted(e, 'reason')}`,
  CommitmentWaived: (e, nameOf) => `${who(e)} waived ${commitment(e, nameOf)}${quoted(e, 'reason')}`,
  CommitmentDischarged: (e, nameOf) => `${its('The commitment', e, nameOf)} is discharged`,
  ConsequenceRefused: (e, nameOf) =>
    `A consequence${bracketed(nameOf(e.data.cause, 'event'))} for ${commitment(e, nameOf)} was refused (${e.data.policy}: ${e.data.code})`,
};

export const commitmentNames: NamesOf<typeof commitmentEvents> = {
  CommitmentAsserted: (e, seq) => [[ownId(e), placed(seq, e.content.text)]],
  FulfilmentReported: (e, seq) => [[e.data.reportId, placed(seq, e.content.reason)]],
  BreachAlleged: (e, seq) => [[e.data.breachId, placed(seq, e.content.reason)]],
};
