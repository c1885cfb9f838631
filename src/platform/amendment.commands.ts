import type { CommandDeclarations } from '#libs/decider';

const target = '01960b3a-0000-7000-8000-000000000003';

/** The commands that every aggregate takes: they amend the record and move no stage. */
export const amendmentCommands = {
  CorrectEvent: {
    event: 'EventCorrected',
    path: 'correct',
    standing: 'record-keeping',
    summary: 'Correct the words of an earlier event, or when it happened',
    example: { target, content: { text: { en: 'The corrected words.' } } },
  },
  RetractEvent: {
    event: 'EventRetracted',
    path: 'retract',
    standing: 'record-keeping',
    summary: 'Retract an earlier event that one recorded',
    example: { target, reason: { en: 'Entered on the wrong irritant.' } },
  },
  RequestErasure: {
    event: 'ErasureRequested',
    path: 'request-erasure',
    standing: 'record-keeping',
    summary: 'Ask that the words of an event be erased',
    example: { target, basis: 'personal-data', reason: { en: 'It names a private person.' } },
  },
} as const satisfies CommandDeclarations;
