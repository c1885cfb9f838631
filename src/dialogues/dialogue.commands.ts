import type { CommandDeclarations } from '#libs/decider';

export const dialogueCommands = {
  OpenDialogue: {
    event: 'DialogueOpened',
    path: null,
    standing: 'record-keeping',
    summary: 'Open a dialogue between two parties',
    example: {
      parties: ['RU', 'US'],
      keyPrefix: 'RUUS',
      series: 'Istanbul track',
      name: { en: 'Missions dialogue, Istanbul track' },
    },
  },
  JoinDialogue: {
    event: 'PartyJoined',
    path: 'join',
    standing: 'own-word',
    beforeJoining: true,
    undated: true,
    summary: 'Join the dialogue: from then on the party speaks for itself',
    example: {},
  },
  NameParty: {
    event: 'PartyNamed',
    path: 'name-party',
    standing: 'binding',
    recurs: true,
    summary: 'Say what the party calls itself',
    example: { name: { en: 'Russian Federation' } },
  },
  SuspendDialogue: {
    event: 'DialogueSuspended',
    path: 'suspend',
    standing: 'binding',
    summary: 'Suspend the dialogue',
    example: { reason: { en: 'Pending instructions.' } },
  },
  ResumeDialogue: {
    event: 'DialogueResumed',
    path: 'resume',
    standing: 'binding',
    summary: "Lift one's own suspension",
    example: {},
  },
  RecordPartyAlias: {
    event: 'PartyAliasRecorded',
    path: 'record-party-alias',
    standing: 'record-keeping',
    summary: 'Record another name of a party',
    partyIsData: true,
    example: { party: 'RU', alias: 'Russian Federation' },
  },
  AssertThirdPartyRole: {
    event: 'ThirdPartyRoleAsserted',
    path: 'assert-third-party-role',
    standing: 'commentary',
    summary: 'Record the role that somebody gives a third party',
    example: {
      thirdParty: 'TR',
      role: 'host',
      sources: [{ sourceId: '01960b3a-0000-7000-8000-000000000004' }],
    },
  },
  RecordCommentary: {
    event: 'CommentaryRecorded',
    path: 'record-commentary',
    standing: 'commentary',
    summary: 'Record what a third party or the press said',
    example: {
      speaker: 'An official in Ankara',
      quote: { en: 'We hope that the next round comes soon.' },
      sources: [{ sourceId: '01960b3a-0000-7000-8000-000000000004' }],
    },
  },
} as const satisfies CommandDeclarations;
