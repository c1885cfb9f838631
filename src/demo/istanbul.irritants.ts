import { byRussia, bySecondRound, byUnitedStates, inSummary } from './istanbul.sources.js';
import { ref } from './step.js';
import type { Fields, Step } from './step.js';

const russia = { raisers: ['RU'], respondents: ['US'] };
const unitedStates = { raisers: ['US'], respondents: ['RU'] };
/** Nobody says who raised it, so nobody did by its own word; both are asked. */
const nobodys = { raisers: [], respondents: ['RU', 'US'], raisedBasis: 'first-recorded' };

/** By no party: what is on record is that both, or one of them, speak of it. */
function byNobody({ sources }: Pick<typeof byRussia, 'sources'>, ...more: readonly Fields[]): Fields {
  return { ...inSummary, sources: [...sources, ...more] };
}

function raised(as: string, voice: Fields, body: Fields): Step {
  const dialogueId = ref('missions-dialogue');
  return { as, create: 'irritants', body: { ...voice, occurred: bySecondRound, dialogueId, ...body } };
}

/** Titles are neutral; what one side calls the matter is its designation. Tags of law classify, as the category does. */
export const istanbulRaisings: readonly Step[] = [
  raised('properties', byRussia, {
    ...russia,
    raisedBasis: 'stated',
    category: 'property',
    title: { en: 'Six diplomatic properties' },
    designations: { RU: { en: 'Lawfully owned diplomatic properties that were seized and confiscated' } },
    statement: { en: 'Six properties, not named in the account: Property 1 to Property 6.' },
  }),
  raised('banking', byNobody(byRussia, ...byUnitedStates.sources), {
    ...nobodys,
    category: 'banking',
    title: { en: 'Banking and financial services of both missions' },
  }),
  raised('dues', byRussia, {
    ...russia,
    raisedBasis: 'first-recorded',
    category: 'international-dues',
    title: { en: 'Payment of contributions to international organisations' },
    statement: {
      en: 'Russian contributions to the budgets of the United Nations and other international organisations.',
    },
  }),
  raised('visas', byNobody(byRussia), {
    ...nobodys,
    category: 'visas',
    title: { en: 'Processing of visas' },
  }),
  raised('movement', byNobody(byRussia), {
    ...nobodys,
    category: 'freedom-of-movement',
    title: { en: 'Travel of diplomatic staff' },
  }),
  raised('local-staff', byUnitedStates, {
    ...unitedStates,
    raisedBasis: 'stated',
    category: 'local-staff',
    title: { en: 'Local staff of the Embassy in Moscow' },
    designations: { US: { en: 'The policy that bars local hires' } },
  }),
  raised('air-links', byRussia, {
    ...russia,
    raisedBasis: 'stated',
    category: 'air-connectivity',
    title: { en: 'Direct flights between the two countries' },
  }),
];

function seeksAction(on: string, voice: Fields, text: Fields): Step {
  const body = { ...voice, stance: 'seeks-action', roundId: ref('round-2'), text };
  return { as: `position-on-${on}`, on, act: 'state-position', body };
}

export const roadmapToBeDeveloped = {
  en: 'Both sides agreed to develop a roadmap for the return of the six properties.',
};
/** One call for all six, and no request for any one of them. */
export const urgentSteps = {
  en: 'Urgent practical steps are asked for, and immediate access of Russian representatives to the properties, to inspect them and to assess damage.',
};
export const keyImpediment = {
  en: 'The policy that bars local hires is the key impediment to stable staffing of Embassy Moscow.',
};
export const directFlights = {
  en: 'Direct flights should be resumed, as a step towards trust and wider ties.',
};

/** What each side seeks, and the one thing that one of them claims. */
export const istanbulPositions: readonly Step[] = [
  {
    as: 'roadmap-claim',
    on: 'properties',
    act: 'claim',
    body: {
      ...byRussia,
      kind: 'roadmap-to-be-developed',
      roundId: ref('round-2'),
      text: roadmapToBeDeveloped,
    },
  },
  seeksAction('properties', byRussia, urgentSteps),
  seeksAction('local-staff', byUnitedStates, keyImpediment),
  seeksAction('air-links', byRussia, directFlights),
];
