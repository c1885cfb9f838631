import { agreedStory } from './worked-agreed.js';
import { assetStory } from './worked-asset.js';
import { hash, ids, inDialogue, nonce } from './worked-ids.js';
import type { Line } from './worked-ids.js';

const { dialogue, irritant } = ids;

/** The events of one small, invented story, from which every example of an answer is folded. */
export const story: { readonly [slice: string]: readonly [string, readonly Line[]] } = {
  dialogues: [
    dialogue,
    [
      {
        by: 'RU',
        type: 'DialogueOpened',
        data: { parties: ['RU', 'US'], keyPrefix: 'RUUS' },
        content: { name: { en: 'Missions dialogue, Istanbul track' }, series: 'Istanbul track' },
      },
      { by: 'RU', type: 'PartyJoined' },
      { by: 'US', type: 'PartyJoined' },
      { by: 'US', type: 'PartyNamed', content: { name: { en: 'United States of America' } } },
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
          parties: ['RU', 'US'],
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
          voice: 'party',
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
  assets: [ids.asset, assetStory(ids, inDialogue)],
  sources: [
    ids.source,
    [
      {
        by: 'RU',
        type: 'SourceRegistered',
        data: {
          dialogueId: dialogue,
          kind: 'statement',
          issuers: ['RU'],
          lang: 'ru',
          date: '2025-04-10',
          held: false,
        },
        content: {
          title: 'Statement of the Ministry of Foreign Affairs',
          citation: 'Ministry of Foreign Affairs, 10 April 2025',
        },
      },
    ],
  ],
  ...agreedStory,
};
