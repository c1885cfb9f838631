import { ref } from './step.js';
import type { Step } from './step.js';

export const firstRound = '2025-02-27';
export const secondRound = '2025-04-10';
/** It was so by then; since when, nobody says. */
export const bySecondRound = `../${secondRound}`;

/** The secretariat has no word of its own here: each act of a party cites what that party said. */
export const byRussia = {
  party: 'RU',
  sources: [{ sourceId: ref('mfa-statement') }],
  occurred: secondRound,
};
export const byUnitedStates = {
  party: 'US',
  sources: [{ sourceId: ref('state-department-statement') }],
  occurred: secondRound,
};

/** All that is known was read in one article, which quotes the rest. Nothing of it is held as bytes. */
export const istanbulSources: readonly Step[] = [
  {
    as: 'article',
    create: 'sources',
    body: {
      kind: 'press',
      issuers: [],
      lang: 'en',
      held: false,
      title: 'Report on the Russia–United States consultations in Istanbul',
      citation: 'Türkiye Today, on the consultations of 27 February and 10 April 2025',
      issuerName: 'Türkiye Today',
    },
  },
  {
    as: 'mfa-statement',
    create: 'sources',
    body: {
      kind: 'statement',
      issuers: ['RU'],
      lang: 'ru',
      date: secondRound,
      held: false,
      obtainedVia: ref('article'),
      title: 'Statement on the second round of consultations',
      citation: 'Ministry of Foreign Affairs of the Russian Federation, as quoted by Türkiye Today',
      issuerName: 'Ministry of Foreign Affairs of the Russian Federation',
    },
  },
  {
    as: 'state-department-statement',
    create: 'sources',
    body: {
      kind: 'statement',
      issuers: ['US'],
      lang: 'en',
      date: secondRound,
      held: false,
      obtainedVia: ref('article'),
      title: 'Statement on the second round of consultations',
      citation: 'United States Department of State, as quoted by Türkiye Today',
      issuerName: 'United States Department of State',
    },
  },
  {
    as: 'tass',
    create: 'sources',
    body: {
      kind: 'press',
      issuers: [],
      lang: 'ru',
      held: false,
      obtainedVia: ref('article'),
      title: "An analyst's remark on Ukraine",
      citation: 'TASS, as quoted by Türkiye Today',
      issuerName: 'TASS',
    },
  },
  {
    as: 'ria-novosti',
    create: 'sources',
    body: {
      kind: 'press',
      issuers: [],
      lang: 'ru',
      held: false,
      obtainedVia: ref('article'),
      title: 'A remark by an official in Ankara on the next round',
      citation: 'RIA Novosti, as quoted by Türkiye Today',
      issuerName: 'RIA Novosti',
    },
  },
];
