import type { CommandDeclarations } from '#libs/decider';

/** An allegation binds too: while it stands, no irritant that the commitment names can be resolved. */
export const commitmentCommands = {
  UndertakeCommitment: {
    event: 'CommitmentUndertaken',
    path: null,
    standing: 'binding',
    summary: 'Undertake a commitment',
    assigned: { synthetic: 'synthetic' },
    reads: 'irritants',
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
  ReportFulfilment: {
    event: 'FulfilmentReported',
    path: 'report-fulfilment',
    standing: 'binding',
    summary: 'Report that one’s own part is fulfilled, or kept so far',
    example: { reason: { en: 'The accounts were opened on 2 June.' } },
  },
  AcknowledgeFulfilment: {
    event: 'FulfilmentAcknowledged',
    path: 'acknowledge-fulfilment',
    standing: 'binding',
    summary: 'Acknowledge what the other side reported',
    example: {},
  },
  DisputeFulfilment: {
    event: 'FulfilmentDisputed',
    path: 'dispute-fulfilment',
    standing: 'binding',
    summary: 'Dispute what the other side reported',
    example: { reason: { en: 'One account is still closed.' } },
  },
  AllegeBreach: {
    event: 'BreachAlleged',
    path: 'allege-breach',
    standing: 'binding',
    summary: 'Allege that the other side breaches the commitment',
    example: { reason: { en: 'An account was closed on 1 July.' } },
  },
  AnswerBreach: {
    event: 'BreachAnswered',
    path: 'answer-breach',
    standing: 'binding',
    summary: 'Answer an allegation of the other side',
    example: { reason: { en: 'The account was closed by mistake and is open again.' } },
  },
  WithdrawBreach: {
    event: 'BreachWithdrawn',
    path: 'withdraw-breach',
    standing: 'binding',
    summary: 'Withdraw one’s own allegation',
    example: { reason: { en: 'The account is open again.' } },
  },
  ExtendCommitment: {
    event: 'CommitmentExtended',
    path: 'extend',
    standing: 'binding',
    summary: 'Name a new date, which holds once the other side has named it too',
    example: { due: '2025-09-30' },
  },
  WaiveCommitment: {
    event: 'CommitmentWaived',
    path: 'waive',
    standing: 'binding',
    summary: 'Release the other side from what it owes',
    example: { reason: { en: 'It is no longer needed.' } },
  },
} as const satisfies CommandDeclarations;
