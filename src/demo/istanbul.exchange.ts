import { byRussia, byUnitedStates } from './istanbul.sources.js';
import { ref } from './step.js';
import type { Fields, Step } from './step.js';

function coverage(as: string, voice: Fields, irritant: string, text: string): Step {
  const body = { ...voice, irritantId: ref(irritant), text: { en: text } };
  return { as, on: 'banking-notes', act: 'assert-coverage', body };
}

const bothMissions = 'Uninterrupted banking and financial services of both missions.';

/** Both sides report that notes were exchanged; neither gives their numbers or texts, so no note is recorded. */
export const istanbulExchange: readonly Step[] = [
  {
    as: 'banking-notes',
    create: 'exchanges',
    body: {
      ...byRussia,
      dialogueId: ref('missions-dialogue'),
      subject: { en: 'Agreed commitments on uninterrupted banking and financial services of both missions' },
    },
  },
  {
    as: 'banking-notes-by-us',
    on: 'banking-notes',
    act: 'report',
    body: {
      ...byUnitedStates,
      subject: { en: 'An understanding on uninterrupted banking and financial services of both missions' },
    },
  },
  coverage('banking-covered-by-ru', byRussia, 'banking', bothMissions),
  coverage('banking-covered-by-us', byUnitedStates, 'banking', bothMissions),
  coverage(
    'dues-covered-by-ru',
    byRussia,
    'dues',
    'Russian contributions to the budgets of the United Nations and other international organisations.',
  ),
];
