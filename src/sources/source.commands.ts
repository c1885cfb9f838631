import type { CommandDeclarations } from '#libs/decider';

export const sourceCommands = {
  RegisterSource: {
    event: 'SourceRegistered',
    path: null,
    weight: 'record-keeping',
    summary: 'Register a source, held or only cited',
    refuses: [
      'PRESS_HAS_NO_ISSUER',
      'ISSUER_REQUIRED',
      'JOINT_TEXT_NEEDS_ISSUERS',
      'BYTES_NOT_HELD',
      'BYTES_OF_ANOTHER_SOURCE',
      'BYTES_OF_A_CITED_SOURCE',
    ],
    example: {
      dialogueId: '01960b3a-0000-7000-8000-000000000001',
      kind: 'statement',
      issuers: ['RU'],
      lang: 'ru',
      date: '2025-04-10',
      held: false,
      title: 'Statement of the Ministry of Foreign Affairs',
      citation: 'Ministry of Foreign Affairs, 10 April 2025',
    },
  },
} as const satisfies CommandDeclarations;
