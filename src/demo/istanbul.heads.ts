import { secondRound } from './istanbul.sources.js';
import { ref } from './step.js';
import type { Step } from './step.js';

interface Named {
  readonly party: string;
  readonly nameAsGiven: string;
  readonly titleAsGiven?: string;
  /** The step that first named this person. */
  readonly sameAs?: string;
}

function head(as: string, account: string, { sameAs, ...named }: Named): Step {
  return {
    as,
    on: 'round-2',
    act: 'name-delegate',
    body: {
      ...named,
      ...(sameAs === undefined ? {} : { personId: ref(sameAs) }),
      accountId: ref(account),
      role: 'head',
      lang: 'en',
      occurred: secondRound,
    },
  };
}

const deputy = 'Deputy Assistant Secretary';
const darchiev = { party: 'RU', sameAs: 'ru-head-by-ru' };
const coulter = { party: 'US', sameAs: 'us-head-by-ru' };

/** The same two people under the spellings and titles that each account gives them. */
export const istanbulHeads: readonly Step[] = [
  head('ru-head-by-ru', 'ru-account', {
    party: 'RU',
    nameAsGiven: 'Alexander Darchiev',
    titleAsGiven: 'Ambassador to the United States',
  }),
  head('us-head-by-ru', 'ru-account', {
    party: 'US',
    nameAsGiven: 'Sonata Coulter',
    titleAsGiven: `${deputy} of State`,
  }),
  head('ru-head-by-us', 'us-account', { ...darchiev, nameAsGiven: 'Darchiyev', titleAsGiven: 'Ambassador' }),
  head('us-head-by-us', 'us-account', { ...coulter, nameAsGiven: 'Coulter', titleAsGiven: deputy }),
  head('ru-head-by-press', 'ru-press', { ...darchiev, nameAsGiven: 'Aleksandr Darchiev' }),
  head('us-head-by-press', 'us-press', {
    ...coulter,
    nameAsGiven: 'Sonata Coulter',
    titleAsGiven: `${deputy} of State for European and Eurasian Affairs`,
  }),
];
