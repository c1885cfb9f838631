import { bySecondRound, inSummary, secondRound } from './istanbul.sources.js';
import { ref } from './step.js';
import type { Step } from './step.js';

/** Words by which readers may search for a party; they are nobody's name for it. */
function aliases(party: string, names: readonly string[]): readonly Step[] {
  return names.map((alias, index) => ({
    as: `alias-${party.toLowerCase()}-${index + 1}`,
    on: 'missions-dialogue',
    act: 'record-party-alias',
    body: { party, alias },
  }));
}

/** A secretariat opens it and no party joins: it is kept by a secretariat, which records what each side said. */
export const istanbulDialogue: readonly Step[] = [
  {
    as: 'missions-dialogue',
    create: 'dialogues',
    body: {
      parties: ['RU', 'US'],
      keyPrefix: 'RUUS',
      series: 'Istanbul track',
      name: { en: 'Missions dialogue, Istanbul track' },
    },
  },
  ...aliases('RU', ['Russia', 'Russian Federation', 'Moscow']),
  ...aliases('US', ['United States', 'Washington']),
];

function commentary(as: string, source: string, speaker: string, quote: string): Step {
  return {
    as,
    on: 'missions-dialogue',
    act: 'record-commentary',
    body: {
      ...inSummary,
      sources: [{ sourceId: ref(source) }],
      occurred: secondRound,
      roundId: ref('round-2'),
      speaker,
      quote: { en: quote },
    },
  };
}

/** What others are said to be or to think: it is shown as commentary and bears on no stage. */
export const istanbulThirdParties: readonly Step[] = [
  {
    as: 'mediator-in-a-heading',
    on: 'missions-dialogue',
    act: 'assert-third-party-role',
    body: {
      ...inSummary,
      sources: [{ sourceId: ref('article'), locator: 'a heading' }],
      occurred: bySecondRound,
      thirdParty: 'TR',
      role: 'mediator',
      text: { en: 'Only a heading of the article speaks of mediating; its text does not.' },
    },
  },
  commentary(
    'hope-in-ankara',
    'ria-novosti',
    'An unnamed diplomatic official in Ankara',
    'The next round is hoped for and expected soon.',
  ),
  commentary('analyst-on-ukraine', 'tass', 'A Turkish political analyst', 'Two remarks on Ukraine.'),
  commentary('hopes-of-visitors', 'tass', 'Visitors', 'Hopes that are set on the consultations.'),
  commentary('public-attention', 'tass', 'TASS', 'The consultations draw the attention of the public.'),
];
