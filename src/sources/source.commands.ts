import type { CommandDeclarations } from '#libs/decider';
import { exampleIds } from '../kernel/example-ids.js';

export const sourceCommands = {
  RegisterSource: {
    event: 'SourceRegistered',
    path: null,
    weight: 'record-keeping',
    summary: 'Register a source, held or only cited',
    table: 'sources',
    refuses: [
      'PRESS_HAS_NO_ISSUER',
      'ISSUER_REQUIRED',
      'JOINT_TEXT_NEEDS_ISSUERS',
      'BYTES_NOT_HELD',
      'BYTES_OF_ANOTHER_SOURCE',
      'BYTES_OF_A_CITED_SOURCE',
    ],
    example: {
      dialogueId: exampleIds.dialogueId,
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
