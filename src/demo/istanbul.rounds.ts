import { istanbulHeads } from './istanbul.heads.js';
import { byRussia, bySecondRound, byUnitedStates, firstRound, secondRound } from './istanbul.sources.js';
import { ref } from './step.js';
import type { Fields, Step } from './step.js';

/** What the press reports of a party's account is not that party's word; it binds and moves nothing. */
function pressRendering(party: string, occurred: string, locator: string, particulars: Fields): Fields {
  return {
    party,
    sourceId: ref('article'),
    sources: [{ sourceId: ref('article'), locator }],
    occurred,
    lang: 'en',
    rendering: 'press',
    ...particulars,
  };
}

/** Only the United States says that it was held, so it is not; where, only the press says. */
const heldByOneAccount: readonly Step[] = [
  {
    as: 'round-1',
    create: 'rounds',
    body: {
      ...byUnitedStates,
      occurred: `../${firstRound}`,
      dialogueId: ref('missions-dialogue'),
      number: 1,
      startsAt: firstRound,
      name: { en: 'First round' },
    },
  },
  {
    as: 'round-1-concluded-us',
    on: 'round-1',
    act: 'conclude',
    body: { ...byUnitedStates, occurred: firstRound, startsAt: firstRound },
  },
  {
    as: 'round-1-press',
    on: 'round-1',
    act: 'publish-account',
    body: pressRendering('US', firstRound, 'on the first round', {
      startsAt: firstRound,
      hostParty: 'US',
      venue: { en: 'Residence of the US Consul General, Istanbul' },
    }),
  },
];

const accounts: readonly Step[] = [
  {
    as: 'round-2',
    create: 'rounds',
    body: {
      ...byRussia,
      sources: [...byRussia.sources, { sourceId: ref('article') }],
      occurred: bySecondRound,
      dialogueId: ref('missions-dialogue'),
      number: 2,
      startsAt: secondRound,
      name: { en: 'Second round, Thursday 10 April 2025' },
    },
  },
  {
    as: 'ru-account',
    on: 'round-2',
    act: 'publish-account',
    body: {
      ...byRussia,
      sourceId: ref('mfa-statement'),
      lang: 'en',
      rendering: 'official',
      hostParty: 'RU',
      venue: { en: 'Russian Consulate General, Istanbul' },
    },
  },
  {
    as: 'us-account',
    on: 'round-2',
    act: 'publish-account',
    body: {
      ...byUnitedStates,
      sourceId: ref('state-department-statement'),
      lang: 'en',
      rendering: 'official',
    },
  },
  ...['RU', 'US'].flatMap((party): Step[] => [
    {
      as: `${party.toLowerCase()}-press`,
      on: 'round-2',
      act: 'publish-account',
      body: pressRendering(party, secondRound, 'citing officials of both sides', {
        startsAt: secondRound,
        duration: 'PT5H30M',
        level: 'expert-level',
        venue: { en: 'Istiklal Street, Istanbul' },
      }),
    },
    {
      as: `${party.toLowerCase()}-press-level`,
      on: 'round-2',
      act: 'publish-account',
      body: pressRendering(party, secondRound, 'in one place only', { level: 'high-level' }),
    },
  ]),
];

export const nextMeeting = {
  RU: { en: 'There is to be a next round; its timing is being coordinated.' },
  US: {
    en: 'A follow-up meeting is to take place in the near term as needed; its date, place and representation are to be determined.',
  },
};

export const istanbulRounds: readonly Step[] = [
  ...heldByOneAccount,
  ...accounts,
  ...istanbulHeads,
  {
    as: 'next-round-by-ru',
    on: 'round-2',
    act: 'indicate-next-round',
    body: { ...byRussia, text: nextMeeting.RU },
  },
  {
    as: 'next-round-by-us',
    on: 'round-2',
    act: 'indicate-next-round',
    body: { ...byUnitedStates, text: nextMeeting.US },
  },
];
