import { istanbulHeads } from './istanbul.heads.js';
import { byRussia, bySecondRound, byUnitedStates, firstRound, secondRound } from './istanbul.sources.js';
import { ref } from './step.js';
import type { Fields, Step } from './step.js';

/** What the article says itself is the word of neither side: it binds nobody and moves nothing. */
function pressAccount(as: string, on: string, occurred: string, locator: string, particulars: Fields): Step {
  return {
    as,
    on,
    act: 'publish-account',
    body: {
      voice: 'press',
      sourceId: ref('article'),
      sources: [{ sourceId: ref('article'), locator }],
      occurred,
      lang: 'en',
      rendering: 'original',
      ...particulars,
    },
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
      name: { en: 'First round' },
    },
  },
  {
    as: 'round-1-concluded-us',
    on: 'round-1',
    act: 'conclude',
    body: { ...byUnitedStates, occurred: firstRound, startsAt: firstRound },
  },
  pressAccount('round-1-press', 'round-1', firstRound, 'on the first round', {
    startsAt: firstRound,
    venue: { en: 'Residence of the US Consul General, Istanbul' },
  }),
];

function account(as: string, voice: Fields, source: string, particulars: Fields): Step {
  return {
    as,
    on: 'round-2',
    act: 'publish-account',
    body: { ...voice, voice: 'party', sourceId: ref(source), lang: 'en', ...particulars },
  };
}

/** Two renderings of the Russian statement are known, and one of the American. */
const accounts: readonly Step[] = [
  {
    as: 'round-2',
    create: 'rounds',
    body: {
      ...byRussia,
      occurred: bySecondRound,
      dialogueId: ref('missions-dialogue'),
      number: 2,
      name: { en: 'Second round' },
    },
  },
  account('ru-account', byRussia, 'mfa-statement', {
    rendering: 'official',
    startsAt: secondRound,
    hostParty: 'RU',
    venue: { en: 'Russian Consulate General, Istanbul' },
  }),
  account('ru-account-other', byRussia, 'mfa-statement', { rendering: 'translation' }),
  account('us-account', byUnitedStates, 'state-department-statement', { rendering: 'original' }),
  pressAccount('press-account', 'round-2', secondRound, 'citing officials of both sides', {
    duration: 'PT5H30M',
    level: 'expert-level; in one place high-level',
    venue: { en: 'Istiklal Street, Istanbul' },
  }),
];

export const nextMeeting = {
  RU: { en: 'There is to be a next round; its timing is being coordinated.' },
  US: {
    en: 'Both sides discussed the possibility of a follow-up meeting in the near term as needed; its date, place and representation are open.',
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
