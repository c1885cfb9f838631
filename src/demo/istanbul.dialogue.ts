import { bySecondRound, secondRound } from './istanbul.sources.js';
import { ref } from './step.js';
import type { Step } from './step.js';

function aliases(party: string, names: readonly string[]): readonly Step[] {
  return names.map((alias, index) => ({
    as: `alias-${party.toLowerCase()}-${index + 1}`,
    on: 'missions-dialogue',
    act: 'record-party-alias',
    body: { party, alias },
  }));
}

export const istanbulDialogue: readonly Step[] = [
  {
    as: 'missions-dialogue',
    create: 'dialogues',
    body: {
      parties: ['RU', 'US'],
      keyPrefix: 'RUUS',
      series: 'Istanbul track',
      name: {
        en: 'Missions dialogue, Istanbul track',
        ru: 'Диалог о работе представительств, стамбульский трек',
      },
      aim: { en: 'Normalise the work of the two diplomatic missions and remove irritants.' },
    },
  },
  ...aliases('RU', ['Russia', 'Russian Federation', 'Moscow', 'Россия']),
  ...aliases('US', ['United States', 'Washington', 'США']),
];

/** What others are said to be or to think: it is shown as commentary and bears on no stage. */
export const istanbulThirdParties: readonly Step[] = [
  {
    as: 'host-country',
    on: 'missions-dialogue',
    act: 'assert-third-party-role',
    body: {
      sources: [{ sourceId: ref('article') }],
      occurred: bySecondRound,
      thirdParty: 'TR',
      role: 'host',
      text: { en: 'Türkiye is the host country.' },
    },
  },
  {
    as: 'mediator-in-a-heading',
    on: 'missions-dialogue',
    act: 'assert-third-party-role',
    body: {
      sources: [{ sourceId: ref('article'), locator: 'a heading' }],
      occurred: bySecondRound,
      thirdParty: 'TR',
      role: 'mediator',
      text: { en: 'Only a heading of the article speaks of mediating; its text does not.' },
    },
  },
  {
    as: 'hope-in-ankara',
    on: 'missions-dialogue',
    act: 'record-commentary',
    body: {
      sources: [{ sourceId: ref('ria-novosti') }],
      occurred: secondRound,
      roundId: ref('round-2'),
      speaker: 'An unnamed official in Ankara',
      quote: { en: 'The hope is that the next round comes soon.' },
    },
  },
  {
    as: 'analyst-on-ukraine',
    on: 'missions-dialogue',
    act: 'record-commentary',
    body: {
      sources: [{ sourceId: ref('tass') }],
      occurred: secondRound,
      roundId: ref('round-2'),
      speaker: 'An analyst',
      quote: { en: 'A remark that relates the consultations to Ukraine.' },
    },
  },
];
