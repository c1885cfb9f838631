import type { CommandDeclarations } from '#libs/decider';

const waived = 'release the other side from it (POST /v1/commitments/{id}/waive)';
const askedFor =
  'none of one’s own: the side to which it is owed releases the obligor (POST /v1/commitments/{id}/waive)';

/** An allegation binds too: while it stands, no irritant that the commitment names can be resolved. */
export const commitmentCommands = {
  AssertCommitment: {
    event: 'CommitmentAsserted',
    path: null,
    standing: 'statement',
    summary: 'Say who should owe whom what',
    assigned: { synthetic: 'synthetic', textHash: 'hash-of-text' },
    takenBackBy: waived,
    example: {
      dialogueId: '01960b3a-0000-7000-8000-000000000001',
      obligors: ['US'],
      beneficiaries: ['RU'],
      mode: 'once',
      due: '2025-06-30',
      basis: { kind: 'exchange', id: '01960b3a-0000-7000-8000-000000000009' },
      irritantIds: ['01960b3a-0000-7000-8000-000000000005'],
      text: { en: 'The accounts of the missions are opened again.' },
    },
  },
  UndertakeCommitment: {
    event: 'CommitmentUndertaken',
    path: 'undertake',
    standing: 'binding',
    summary: 'Undertake, as an obligor, what is asserted',
    bindsAtOnce: true,
    takenBackBy: askedFor,
    example: { statement: { en: 'The accounts will be opened.' } },
  },
  DeclineCommitment: {
    event: 'CommitmentDeclined',
    path: 'decline',
    standing: 'binding',
    summary: 'Decline, as an obligor, what is only asserted',
    takenBackBy: 'undertake it (POST /v1/commitments/{id}/undertake)',
    example: { reason: { en: 'Nothing of the kind was agreed.' } },
  },
  ReportFulfilment: {
    event: 'FulfilmentReported',
    path: 'report-fulfilment',
    standing: 'binding',
    summary: 'Report that one’s own part is fulfilled, or kept so far',
    assigned: { reportId: 'new-id' },
    recurs: true,
    example: { reason: { en: 'The accounts were opened on 2 June.' } },
  },
  AcknowledgeFulfilment: {
    event: 'FulfilmentAcknowledged',
    path: 'acknowledge-fulfilment',
    standing: 'binding',
    summary: 'Acknowledge what the other side reported',
    assigned: { reportId: 'given-or-decided' },
    example: {},
  },
  DisputeFulfilment: {
    event: 'FulfilmentDisputed',
    path: 'dispute-fulfilment',
    standing: 'binding',
    summary: 'Dispute what the other side reported',
    assigned: { reportId: 'given-or-decided' },
    takenBackBy: 'acknowledge the report (POST /v1/commitments/{id}/acknowledge-fulfilment)',
    example: { reason: { en: 'One account is still closed.' } },
  },
  AllegeBreach: {
    event: 'BreachAlleged',
    path: 'allege-breach',
    standing: 'binding',
    summary: 'Allege that the other side breaches what it has undertaken',
    assigned: { breachId: 'new-id' },
    recurs: true,
    takenBackBy: 'withdraw the allegation (POST /v1/commitments/{id}/breaches/{breachId}/withdraw)',
    example: { reason: { en: 'An account was closed on 1 July.' } },
  },
  AnswerBreach: {
    event: 'BreachAnswered',
    path: 'breaches/{breachId}/answer',
    standing: 'binding',
    summary: 'Answer an allegation of the other side',
    recurs: true,
    example: { reason: { en: 'The account was closed by mistake and is open again.' } },
  },
  WithdrawBreach: {
    event: 'BreachWithdrawn',
    path: 'breaches/{breachId}/withdraw',
    standing: 'binding',
    summary: 'Withdraw one’s own allegation',
    takenBackBy: 'allege the breach anew (POST /v1/commitments/{id}/allege-breach)',
    example: { reason: { en: 'The account is open again.' } },
  },
  ExtendCommitment: {
    event: 'CommitmentExtended',
    path: 'extend',
    standing: 'binding',
    summary: 'Name a new date, which holds once the other side has named it too',
    takenBackBy: 'name another date, which holds once both have named it (POST /v1/commitments/{id}/extend)',
    example: { due: '2025-09-30' },
  },
  WaiveCommitment: {
    event: 'CommitmentWaived',
    path: 'waive',
    standing: 'binding',
    summary: 'Release the other side from what it owes',
    bindsAtOnce: true,
    takenBackBy:
      'none of one’s own: assert it anew (POST /v1/commitments), for the other side to undertake once more',
    example: { reason: { en: 'It is no longer needed.' } },
  },
} as const satisfies CommandDeclarations;
