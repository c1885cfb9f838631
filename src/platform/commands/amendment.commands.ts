import type { CommandDeclarations } from '#libs/decider';

const target = '01960b3a-0000-7000-8000-000000000003';

/** The commands that every aggregate takes: each amends one earlier event, its target. */
export const amendmentCommands = {
  CorrectEvent: {
    event: 'EventCorrected',
    path: 'correct',
    standing: 'record-keeping',
    summary: 'Correct the words of an earlier event, or when it happened',
    recurs: true,
    takenBackBy: 'correct it anew (POST …/correct)',
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
    takenBackBy: 'retract the request (POST …/retract), while the words are there',
    example: { target, basis: 'personal-data', reason: { en: 'It names a private person.' } },
  },
  EndorseAttribution: {
    event: 'AttributionEndorsed',
    path: 'endorse',
    standing: 'own-word',
    beforeJoining: true,
    undated: true,
    summary: 'Endorse an act that somebody else recorded in our name',
    example: { target },
  },
  DisavowAttribution: {
    event: 'AttributionDisavowed',
    path: 'disavow',
    standing: 'own-word',
    beforeJoining: true,
    undated: true,
    summary: 'Disavow an act that somebody else recorded in our name',
    example: { target, ground: 'not-what-we-said', reason: { en: 'We said that talks would continue.' } },
  },
  RepudiateAct: {
    event: 'ActRepudiated',
    path: 'repudiate',
    standing: 'own-word',
    undated: true,
    summary: 'Say that a direct act under our name was not our own',
    takenBackBy: 'conclude that the act stands (POST …/conclude-act-review)',
    example: { target, reason: { en: 'The key was stolen on 3 June.' } },
  },
  ConcludeActReview: {
    event: 'ActReviewConcluded',
    path: 'conclude-act-review',
    standing: 'own-word',
    undated: true,
    summary: 'Say whether a repudiated act stands or is void',
    takenBackBy: 'conclude otherwise (POST …/conclude-act-review), while the review is open',
    example: { target, outcome: 'void' },
  },
} as const satisfies CommandDeclarations;
