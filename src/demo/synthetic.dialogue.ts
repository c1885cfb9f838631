import { aldorRegistrar, breviaRegistrar, dialogue, aldor, brevia } from './synthetic.desks.js';
import { ref } from './step.js';
import type { Step } from './step.js';

const opening: Step = {
  as: dialogue,
  by: 'aldor-negotiator',
  create: 'dialogues',
  body: {
    parties: ['ALDOR', 'BREVIA'],
    keyPrefix: 'ALBR',
    series: 'Corvan track',
    synthetic: true,
    name: {
      en: 'Aldor–Brevia consultations (an invented exercise)',
      fr: 'Consultations entre l’Aldor et la Brévie (exercice fictif)',
    },
    aim: {
      en: 'Show the whole life of an irritant between two invented parties. Nothing in it happened.',
      fr: 'Montrer toute la vie d’un différend entre deux parties inventées. Rien n’en a eu lieu.',
    },
  },
};

/** Aldor joins by opening it; from the joining of Brevia on, each speaks for itself and nobody in its name. */
export const syntheticOpening: readonly Step[] = [
  opening,
  brevia.keeps(dialogue, 'join', 'brevia-joins', {}),
  aldor.does(dialogue, 'name-party', '2024-02-01', { name: { en: 'Republic of Aldor' } }),
  brevia.does(dialogue, 'name-party', '2024-02-02', {
    name: { fr: 'République de Brévie', en: 'Commonwealth of Brevia' },
  }),
  aldorRegistrar.keeps(dialogue, 'record-party-alias', 'alias-aldor', {
    party: 'ALDOR',
    alias: 'Republic of Aldor',
  }),
  aldorRegistrar.keeps(dialogue, 'record-party-alias', 'alias-aldor-capital', {
    party: 'ALDOR',
    alias: 'Port Aldor',
  }),
  breviaRegistrar.keeps(dialogue, 'record-party-alias', 'alias-brevia', {
    party: 'BREVIA',
    alias: 'Commonwealth of Brevia',
  }),
  breviaRegistrar.keeps(dialogue, 'record-party-alias', 'alias-brevia-fr', {
    party: 'BREVIA',
    alias: 'la Brévie',
  }),
];

const courier = { sources: [{ sourceId: ref('courier') }] };
const courierLater = { sources: [{ sourceId: ref('courier-on-round-3') }] };
/** As it stood in the paper, and as whoever records it sums it up: only the first is ever quoted. */
const verbatim = { wording: [{ as: 'verbatim' }] };
const inSummary = { wording: [{ as: 'summary' }] };

/** Corvan is as invented as the two parties; what it is said to be, and what it says, bears on no stage. */
export const syntheticThirdParties: readonly Step[] = [
  breviaRegistrar.does(dialogue, 'assert-third-party-role', '2024-04-16', {
    ...inSummary,
    ...courier,
    thirdParty: 'CORVAN',
    role: 'host',
    roundId: ref('round-2'),
    text: { en: 'The round met in the Hall of Guilds, as guests of Corvan.' },
  }),
  brevia.does(dialogue, 'assert-third-party-role', '2024-09-18', {
    ...inSummary,
    ...courierLater,
    thirdParty: 'CORVAN',
    role: 'facilitator',
    text: { en: 'Corvan carried messages between the two rounds.' },
  }),
  aldor.does(dialogue, 'record-commentary', '2024-04-17', {
    ...verbatim,
    ...courier,
    irritantId: ref('building'),
    speaker: 'The Corvan Courier',
    quote: { en: 'Both sides left the Hall of Guilds without a word on the house at Quay Street.' },
  }),
  aldorRegistrar.does(dialogue, 'record-commentary', '2024-09-18', {
    ...verbatim,
    ...courierLater,
    roundId: ref('round-3'),
    speaker: 'An official of Corvan',
    quote: { en: 'We would gladly have them back before the winter.' },
  }),
  brevia.does(dialogue, 'suspend', '2025-03-03', {
    reason: { en: 'The head of delegation was recalled for instructions.' },
  }),
  brevia.does(dialogue, 'resume', '2025-03-24'),
];
