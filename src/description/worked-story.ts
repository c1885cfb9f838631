/** The events of one small, invented story, from which every example of an answer is folded. */

export const idOf = (number: number) => `01960b3a-0000-7000-8000-${String(number).padStart(12, '0')}`;
const hash = (digit: string) => digit.repeat(64);
export const nonce = 'q83vASNFZ4mrze8BI0VniQ==';

export const ids = {
  dialogue: idOf(1),
  source: idOf(4),
  irritant: idOf(5),
  account: idOf(6),
  round: idOf(8),
  exchange: idOf(9),
  roadmap: idOf(10),
  commitment: idOf(11),
  claim: idOf(12),
  person: idOf(13),
  point: idOf(14),
  step: idOf(15),
  note: idOf(16),
  proposal: idOf(17),
  key: idOf(20),
};

interface Line {
  readonly by: 'RU' | 'US' | null;
  readonly type: string;
  readonly data?: object;
  readonly content?: object;
  readonly sourced?: true;
}

const { dialogue, irritant } = ids;
const inDialogue = { dialogueId: dialogue, synthetic: false };
const roadmapText = { version: 1, contentHash: hash('b') };

export const story: { readonly [slice: string]: readonly [string, readonly Line[]] } = {
  dialogues: [
    dialogue,
    [
      {
        by: 'RU',
        type: 'DialogueOpened',
        data: { parties: ['RU', 'US'], keyPrefix: 'RUUS', series: 'Istanbul track' },
        content: { name: { en: 'Missions dialogue, Istanbul track' } },
      },
      { by: null, type: 'IrritantKeyAssigned', data: { key: 'RUUS-1', number: 1, irritantId: irritant } },
      {
        by: 'RU',
        type: 'PartyAliasRecorded',
        data: { party: 'RU' },
        content: { alias: 'Russian Federation' },
      },
    ],
  ],
  irritants: [
    irritant,
    [
      {
        by: 'RU',
        type: 'IrritantRaised',
        data: {
          ...inDialogue,
          key: 'RUUS-1',
          raisers: ['RU'],
          respondents: ['US'],
          raisedBasis: 'stated',
          category: 'property',
        },
        content: { title: { en: 'Six diplomatic properties' } },
      },
      {
        by: 'US',
        type: 'IrritantAcknowledged',
        content: { statement: { en: 'The matter is noted and will be taken up, without prejudice.' } },
      },
      {
        by: 'RU',
        type: 'PositionStated',
        data: { stance: 'seeks-action' },
        content: { text: { en: 'Practical steps are urgent.' } },
      },
      {
        by: 'RU',
        type: 'UnderstandingClaimed',
        data: { claimId: ids.claim, kind: 'roadmap-to-be-developed', textHash: hash('a') },
        content: { text: { en: 'The sides agreed to develop a roadmap.' }, nonce },
      },
      { by: null, type: 'InstrumentLinked', data: { kind: 'round', id: ids.round } },
    ],
  ],
  rounds: [
    ids.round,
    [
      {
        by: 'RU',
        type: 'RoundScheduled',
        data: { ...inDialogue, number: 2, startsAt: '2025-04-10', hostParty: 'RU' },
        content: { venue: { en: 'Russian Consulate General, Istanbul' } },
      },
      {
        by: 'RU',
        type: 'AccountPublished',
        data: {
          accountId: ids.account,
          party: 'RU',
          sourceId: ids.source,
          lang: 'en',
          rendering: 'official',
        },
        sourced: true,
      },
      {
        by: 'RU',
        type: 'AccountPointRecorded',
        data: {
          accountId: ids.account,
          pointId: ids.point,
          irritantId: irritant,
          kind: 'agreed',
          assertsJoint: true,
        },
        content: { quote: { en: 'The sides exchanged notes.' } },
        sourced: true,
      },
      {
        by: 'RU',
        type: 'DelegationNamed',
        data: { party: 'US', accountId: ids.account, personId: ids.person, role: 'head' },
        content: { nameAsGiven: 'A. Example', titleAsGiven: 'Deputy Assistant Secretary', lang: 'en' },
        sourced: true,
      },
    ],
  ],
  exchanges: [
    ids.exchange,
    [
      {
        by: 'RU',
        type: 'ExchangeReported',
        data: inDialogue,
        content: { subject: { en: 'Uninterrupted banking of the missions' } },
      },
      {
        by: 'RU',
        type: 'NotePresented',
        data: { noteId: ids.note, form: 'note-verbale', from: 'RU', to: 'US', textHeld: false },
      },
    ],
  ],
  sources: [
    ids.source,
    [
      {
        by: 'RU',
        type: 'SourceRegistered',
        data: { kind: 'statement', issuers: ['RU'], lang: 'ru', date: '2025-04-10', held: false },
        content: {
          title: 'Statement of the Ministry of Foreign Affairs',
          citation: 'Ministry of Foreign Affairs, 10 April 2025',
        },
      },
    ],
  ],
  proposals: [
    ids.proposal,
    [
      {
        by: 'US',
        type: 'ProposalTabled',
        data: {
          ...inDialogue,
          parties: ['RU', 'US'],
          version: 1,
          form: 'proposal',
          contentHash: hash('c'),
          languages: ['en'],
          irritantIds: [irritant],
        },
        content: {
          title: { en: 'Visits to the properties' },
          texts: { en: 'Visits are announced seven days before.' },
          nonce,
        },
      },
      {
        by: 'RU',
        type: 'AssentGiven',
        data: { version: 1, contentHash: hash('c'), adReferendum: true },
      },
    ],
  ],
  roadmaps: [
    ids.roadmap,
    [
      {
        by: 'RU',
        type: 'RoadmapDrafted',
        data: { ...inDialogue, parties: ['RU', 'US'], irritantIds: [irritant] },
        content: { title: { en: 'Return of the properties' } },
      },
      {
        by: 'RU',
        type: 'RoadmapVersionTabled',
        data: {
          version: 1,
          contentHash: hash('b'),
          languages: ['en'],
          authentic: ['en'],
          irritantIds: [irritant],
          steps: [{ stepId: ids.step, responsible: 'US', after: [], due: '2025-10-01', mandatory: true }],
        },
        content: {
          texts: {
            [ids.step]: { en: 'Hands over the keys of Property 1.' },
            [`${ids.step}.acceptance`]: { en: 'A protocol of the handover.' },
          },
          nonce,
        },
      },
      { by: 'RU', type: 'RoadmapAssentGiven', data: { ...roadmapText, adReferendum: false } },
      { by: 'US', type: 'RoadmapAssentGiven', data: { ...roadmapText, adReferendum: false } },
      {
        by: null,
        type: 'RoadmapVersionAgreed',
        data: { ...roadmapText, basis: 'direct', restsOn: [] },
      },
      { by: 'US', type: 'StepStarted', data: { stepId: ids.step } },
    ],
  ],
  commitments: [
    ids.commitment,
    [
      {
        by: 'US',
        type: 'CommitmentUndertaken',
        data: {
          ...inDialogue,
          obligors: ['US'],
          beneficiaries: ['RU'],
          mode: 'continuous',
          basis: { kind: 'exchange', id: ids.exchange },
          irritantIds: [irritant],
        },
        content: { text: { en: 'Accounts of the missions are kept open.' } },
      },
    ],
  ],
};
