import { istanbulHeads } from './istanbul.heads.js';
import { byRussia, bySecondRound, byUnitedStates, firstRound, secondRound } from './istanbul.sources.js';
import { ref } from './step.js';
import type { Fields, Step } from './step.js';

/** Only the United States says that it was held, so it is not. */
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
];

function account(as: string, voice: Fields, source: string, particulars: Fields = {}): Step {
  return {
    as,
    on: 'round-2',
    act: 'publish-account',
    body: { ...voice, sourceId: ref(source), lang: 'en', rendering: 'official', ...particulars },
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
    startsAt: secondRound,
    hostParty: 'RU',
    venue: { en: 'Russian Consulate General, Istanbul' },
  }),
  account('ru-account-other', byRussia, 'mfa-statement'),
  account('us-account', byUnitedStates, 'state-department-statement'),
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
