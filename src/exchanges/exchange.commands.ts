import type { CommandDeclarations } from '#libs/decider';

const terminated = 'terminate the exchange (POST /v1/exchanges/{id}/terminate)';
const irritantId = '01960b3a-0000-7000-8000-000000000005';

export const exchangeCommands = {
  OpenExchange: {
    event: 'ExchangeReported',
    path: null,
    standing: 'binding',
    summary: 'Report an exchange of notes',
    takenBackBy: terminated,
    assigned: { synthetic: 'synthetic' },
    example: {
      dialogueId: '01960b3a-0000-7000-8000-000000000001',
      subject: { en: 'Uninterrupted banking of the missions' },
    },
  },
  ReportExchange: {
    event: 'ExchangeReported',
    path: 'report',
    standing: 'binding',
    summary: 'Report the same exchange as the other side',
    takenBackBy: terminated,
    assigned: { dialogueId: 'dialogue', synthetic: 'synthetic' },
    example: { subject: { en: 'Banking' } },
  },
  PresentNote: {
    event: 'NotePresented',
    path: 'present-note',
    standing: 'binding',
    summary: 'Record that a note was presented',
    recurs: true,
    takenBackBy: terminated,
    assigned: { noteId: 'new-id' },
    example: { form: 'note-verbale', from: 'RU', to: 'US', textHeld: false },
  },
  ReceiveNote: {
    event: 'NoteReceived',
    path: 'notes/{noteId}/receive',
    standing: 'binding',
    summary: 'Record that a note was received',
    example: {},
  },
  ReplyToNote: {
    event: 'NoteReplied',
    path: 'notes/{inReplyTo}/reply',
    standing: 'binding',
    summary: 'Record the reply to a note',
    recurs: true,
    takenBackBy: terminated,
    assigned: { noteId: 'new-id' },
    example: { form: 'note-verbale', textHeld: false },
  },
  AssertCoverage: {
    event: 'ExchangeCoverageAsserted',
    path: 'assert-coverage',
    standing: 'binding',
    summary: 'Say that the exchange concerns an irritant',
    takenBackBy: terminated,
    example: { irritantId },
  },
  AssertLegalCharacter: {
    event: 'LegalCharacterAsserted',
    path: 'assert-legal-character',
    standing: 'statement',
    summary: 'Say whether the notes bind',
    recurs: true,
    takenBackBy: 'say anew what they are (POST /v1/exchanges/{id}/assert-legal-character)',
    example: { character: 'binding' },
  },
  RecordEffect: {
    event: 'EffectRecorded',
    path: 'record-effect',
    standing: 'statement',
    summary: 'Record an effect of the exchange',
    recurs: true,
    example: { effect: 'entered-into-force', date: '2025-04-10' },
  },
  TerminateExchange: {
    event: 'ExchangeTerminated',
    path: 'terminate',
    standing: 'binding',
    summary: 'Terminate, for one’s own side, what was exchanged',
    takenBackBy: 'report a new exchange (POST /v1/exchanges)',
    example: { reason: { en: 'Notice was given.' } },
  },
} as const satisfies CommandDeclarations;
