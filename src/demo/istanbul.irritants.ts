import { byRussia, bySecondRound, byUnitedStates } from './istanbul.sources.js';
import { ref } from './step.js';
import type { Fields, Step } from './step.js';

const russia = { raisers: ['RU'], respondents: ['US'] };
const unitedStates = { raisers: ['US'], respondents: ['RU'] };
/** Both or one side spoke of it, and nobody says who raised it. */
const ofNobody = { raisers: [], respondents: [], raisedBasis: 'first-recorded' };
const { party: _speaker, ...onRecord } = byRussia;

function raised(as: string, voice: Fields, body: Fields): Step {
  const dialogueId = ref('missions-dialogue');
  return { as, create: 'irritants', body: { ...voice, occurred: bySecondRound, dialogueId, ...body } };
}

/** Titles are neutral; what one side calls the matter is its designation. Tags of law classify, as the category does. */
const raising: readonly Step[] = [
  raised('properties', byRussia, {
    ...russia,
    raisedBasis: 'stated',
    category: 'property',
    title: { en: 'Six diplomatic properties' },
    designations: { RU: { en: 'Lawfully owned diplomatic properties that were confiscated' } },
    statement: { en: 'Six properties, not named in the account: Property 1 to Property 6.' },
  }),
  raised('banking', onRecord, {
    ...ofNobody,
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
  raised('visas', onRecord, {
    ...ofNobody,
    category: 'visas',
    title: { en: 'Processing of visas' },
  }),
  raised('movement', onRecord, {
    ...ofNobody,
    category: 'freedom-of-movement',
    title: { en: 'Travel of diplomatic staff in the host country' },
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

function seeksAction(on: string, voice: Fields, text: string): Step {
  const body = { ...voice, stance: 'seeks-action', roundId: ref('round-2'), text: { en: text } };
  return { as: `position-on-${on}`, on, act: 'state-position', body };
}

export const roadmapToBeDeveloped = {
  en: 'The sides agreed to develop a roadmap for the return of the six properties.',
};

export const istanbulIrritants: readonly Step[] = [
  ...raising,
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
  seeksAction(
    'properties',
    byRussia,
    'Practical steps are urgent: immediate access, inspection and an assessment of damage.',
  ),
  seeksAction(
    'local-staff',
    byUnitedStates,
    'The policy that bars local hires is the key impediment to stable staffing of Embassy Moscow.',
  ),
  seeksAction('air-links', byRussia, 'Direct flights should be resumed, as a step that builds trust.'),
];
