import { secondRound } from './istanbul.sources.js';
import { ref } from './step.js';
import type { Step } from './step.js';

interface Named {
  readonly party: string;
  readonly role?: string;
  readonly nameAsGiven: string;
  readonly titleAsGiven?: string;
  /** The step that first named this person. */
  readonly sameAs?: string;
}

function named(as: string, account: string, { sameAs, ...one }: Named): Step {
  return {
    as,
    on: 'round-2',
    act: 'name-delegate',
    body: {
      ...one,
      ...(sameAs === undefined ? {} : { personId: ref(sameAs) }),
      accountId: ref(account),
      lang: 'en',
      occurred: secondRound,
    },
  };
}

const deputy = 'Deputy Assistant Secretary';
const darchiev = { party: 'RU', sameAs: 'ru-head-by-ru' };
const coulter = { party: 'US', sameAs: 'us-head-by-ru' };

/**
 * The same two people under the spellings and titles that each account gives them. The United States names them as
 * those who talked, and calls nobody a head.
 */
export const istanbulHeads: readonly Step[] = [
  named('ru-head-by-ru', 'ru-account', {
    party: 'RU',
    role: 'head',
    nameAsGiven: 'Alexander Darchiev',
    titleAsGiven: 'Ambassador to the United States',
  }),
  named('us-head-by-ru', 'ru-account', {
    party: 'US',
    role: 'head',
    nameAsGiven: 'Sonata Coulter',
    titleAsGiven: `${deputy} of State`,
  }),
  named('darchiev-by-us', 'us-account', {
    ...darchiev,
    nameAsGiven: 'Darchiyev',
    titleAsGiven: 'Ambassador',
  }),
  named('coulter-by-us', 'us-account', {
    ...coulter,
    nameAsGiven: 'Coulter',
    titleAsGiven: deputy,
  }),
  named('darchiev-by-press', 'press-account', {
    ...darchiev,
    role: 'head',
    nameAsGiven: 'Aleksandr Darchiev',
    titleAsGiven: 'Ambassador to the United States',
  }),
  named('coulter-by-press', 'press-account', {
    ...coulter,
    role: 'head',
    nameAsGiven: 'Sonata Coulter',
    titleAsGiven: `${deputy} of State for European and Eurasian Affairs`,
  }),
];
