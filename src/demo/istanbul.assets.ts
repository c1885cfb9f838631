import { byRussia, bySecondRound } from './istanbul.sources.js';
import { ref } from './step.js';
import type { Step } from './step.js';

/** The ministry counts six properties and gives neither names nor places: the record numbers them, and adds nothing. */
const numbers = [1, 2, 3, 4, 5, 6] as const;

/**
 * Whose they are is what Russia says; the United States says nothing of it, so nothing of it is agreed. Access was
 * called for once, for all of them: that is Russia's position, and no request for any one of them.
 */
export const istanbulAssets: readonly Step[] = numbers.map((number) => ({
  as: `property-${number}`,
  create: 'assets',
  body: {
    ...byRussia,
    occurred: bySecondRound,
    dialogueId: ref('missions-dialogue'),
    irritantIds: [ref('properties')],
    owner: 'RU',
    tenure: 'owned',
    holder: 'US',
    name: { en: `Property ${number}` },
    statement: { en: 'One of the six diplomatic properties; the account does not name it.' },
  },
}));
