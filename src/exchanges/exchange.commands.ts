import type { CommandDeclarations } from '#libs/decider';

const irritantId = '01960b3a-0000-7000-8000-000000000005';

export const exchangeCommands = {
  OpenExchange: {
    event: 'ExchangeReported',
    path: null,
    standing: 'binding',
    summary: 'Report an exchange of notes',
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
    assigned: { dialogueId: 'dialogue', synthetic: 'synthetic' },
    example: { subject: { en: 'Banking' } },
  },
  PresentNote: {
    event: 'NotePresented',
    path: 'present-note',
    standing: 'binding',
    summary: 'Record that a note was presented',
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
    assigned: { noteId: 'new-id' },
    example: { form: 'note-verbale', textHeld: false },
  },
  AssertCoverage: {
    event: 'ExchangeCoverageAsserted',
    path: 'assert-coverage',
    standing: 'binding',
    summary: 'Say that the exchange concerns an irritant',
    example: { irritantId },
  },
  AssertLegalCharacter: {
    event: 'LegalCharacterAsserted',
    path: 'assert-legal-character',
    standing: 'statement',
    summary: 'Say whether the notes bind',
    example: { character: 'binding' },
  },
  RecordEffect: {
    event: 'EffectRecorded',
    path: 'record-effect',
    standing: 'statement',
    summary: 'Record an effect of the exchange',
    example: { effect: 'entered-into-force', date: '2025-04-10' },
  },
  TerminateExchange: {
    event: 'ExchangeTerminated',
    path: 'terminate',
    standing: 'binding',
    summary: 'Record that a side terminated what was exchanged',
    example: { reason: { en: 'Notice was given.' } },
  },
} as const satisfies CommandDeclarations;
