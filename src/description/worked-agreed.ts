import { hash, ids, inDialogue, nonce } from './worked-ids.js';
import type { Line } from './worked-ids.js';

const { irritant } = ids;
const roadmapText = { version: 1, contentHash: hash('b') };

/** The part of the story in which something is proposed, planned and undertaken. */
export const agreedStory: { readonly [slice: string]: readonly [string, readonly Line[]] } = {
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
        data: { ...roadmapText, irritantIds: [irritant], basis: 'direct' },
        rests: [2, 3, 1],
      },
      { by: 'US', type: 'StepStarted', data: { stepId: ids.step } },
    ],
  ],
  commitments: [
    ids.commitment,
    [
      {
        by: 'US',
        type: 'CommitmentAsserted',
        data: {
          ...inDialogue,
          obligors: ['US'],
          beneficiaries: ['RU'],
          mode: 'continuous',
          basis: { kind: 'exchange', id: ids.exchange },
          irritantIds: [irritant],
          textHash: hash('d'),
        },
        content: { text: { en: 'Accounts of the missions are kept open.' }, nonce },
      },
      { by: 'US', type: 'CommitmentUndertaken' },
      {
        by: 'US',
        type: 'FulfilmentReported',
        data: { reportId: ids.report },
        content: { reason: { en: 'All accounts are open.' } },
      },
      {
        by: 'RU',
        type: 'BreachAlleged',
        data: { breachId: ids.breach },
        content: { reason: { en: 'One account was closed.' } },
      },
      { by: 'RU', type: 'CommitmentExtended', data: { due: '2026-04-10' } },
    ],
  ],
};
