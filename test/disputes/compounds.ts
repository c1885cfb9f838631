import { ref } from '../../src/demo/step.js';
import type { Step } from '../../src/demo/step.js';
import { compoundsGaps } from './compounds.gaps.js';
import { compoundsParties, compoundsSources, compoundsTelling } from './compounds.sources.js';
import { takes } from './telling.js';
import type { Dispute } from './telling.js';

const { opens, voice, onRecord, alias } = compoundsTelling;

const matters: readonly Step[] = [
  voice('RU', 'ru-december').raises('compounds', '2016-12-30', {
    category: 'property',
    title: { en: 'Two compounds in Maryland and New York' },
    statement: { en: 'Access to both ends on 30 December 2016; steps in answer are reserved.' },
    legalBasis: ['VCDR art. 22'],
  }),
  takes(
    voice('US', 'us-december'),
    'compounds',
    '2016-12-29',
    'contests',
    'Both were used for intelligence; access to them ends.',
  ),
  onRecord('staff', 'ru-july', '2017-07-28', {
    category: 'mission-operations',
    title: { en: 'Number of staff of the missions' },
  }),
  takes(
    voice('RU', 'ru-july'),
    'staff',
    '2017-07-28',
    'seeks-action',
    'The staff of both sides are to be equal in number, 455 each, by 1 September 2017.',
  ),
  voice('RU', 'ru-july').creates('commitments', 'reduction', '2017-07-28', {
    obligors: ['US'],
    beneficiaries: ['RU'],
    mode: 'once',
    due: '2017-09-01',
    irritantIds: [ref('staff')],
    text: { en: 'The staff of the missions in Russia is reduced to 455.' },
  }),
  voice('RU', 'ru-september').raises('consulates', '2017-09-02', {
    category: 'consular',
    title: { en: 'Consular and trade premises that were closed' },
  }),
  takes(
    voice('US', 'us-august'),
    'consulates',
    '2017-08-31',
    'contests',
    'San Francisco and two annexes are closed by 2 September, as staff in Russia had to be reduced.',
  ),
];

const talks: readonly Step[] = [
  voice('RU', 'ru-june').creates('rounds', 'st-petersburg', '2017-06-21', {
    number: 1,
    startsAt: '2017-06-23',
    venue: { en: 'St Petersburg' },
  }),
  voice('RU', 'ru-june').does('st-petersburg', 'cancel', '2017-06-21', {
    reason: { en: 'New sanctions are no ground for it.' },
  }),
  voice('US', 'us-washington').creates('rounds', 'washington', '2017-07-17', {
    number: 2,
    startsAt: '2017-07-17',
    level: 'Under Secretary and Deputy Minister',
    venue: { en: 'Washington' },
  }),
  voice('US', 'us-washington').does('washington', 'conclude', '2017-07-17', { startsAt: '2017-07-17' }),
  voice('RU', 'ru-washington').does('washington', 'confirm-held', '2017-07-18'),
  voice('RU', 'ru-washington').does('washington', 'discuss', '2017-07-18', { irritantId: ref('compounds') }),
  voice('US', 'us-helsinki').creates('rounds', 'helsinki', '2017-09-12', {
    number: 3,
    startsAt: '2017-09-11/2017-09-12',
    level: 'Under Secretary and Deputy Minister',
    venue: { en: 'Helsinki' },
  }),
  voice('US', 'us-helsinki').does('helsinki', 'conclude', '2017-09-12', {
    startsAt: '2017-09-11/2017-09-12',
  }),
  voice('RU', 'ru-helsinki').does('helsinki', 'confirm-held', '2017-09-12'),
  voice('RU', 'ru-helsinki').does('helsinki', 'discuss', '2017-09-12', { irritantId: ref('staff') }),
];

const answered: readonly Step[] = [
  voice('RU', 'ru-september').creates('exchanges', 'protest', '2017-09-02', {
    subject: { en: 'Entry into the trade mission in Washington' },
  }),
  voice('RU', 'ru-september').does('protest', 'present-note', '2017-09-02', {
    form: 'other',
    from: 'RU',
    to: 'US',
    textHeld: false,
  }),
  voice('RU', 'ru-september').does('protest', 'assert-coverage', '2017-09-02', {
    irritantId: ref('consulates'),
  }),
  takes(
    voice('US', 'us-march'),
    'consulates',
    '2018-03-26',
    'contests',
    '60 officials have to leave, and the consulate in Seattle is closed.',
  ),
  takes(
    voice('RU', 'ru-march'),
    'consulates',
    '2018-03-29',
    'seeks-action',
    'As many officials have to leave, and the consulate in St Petersburg is closed.',
  ),
];

export const compounds: Dispute = {
  name: 'Russia and the United States: premises and staff of missions, 2016 to 2018',
  make: 'unilateral steps, each in answer to another',
  parties: compoundsParties,
  steps: [
    opens('STEPS', 'Premises and staff of missions, 2016 to 2018'),
    alias('RU', 'Moscow'),
    alias('US', 'Washington'),
    ...compoundsSources,
    ...matters,
    ...talks,
    ...answered,
  ],
  known: [
    {
      irritant: 'compounds',
      stage: 'under-consultation',
      positions: { US: 'contests' },
      earlier: [
        ['2017-06-30', 'raised'],
        ['2017-07-31', 'under-consultation'],
      ],
    },
    {
      irritant: 'staff',
      stage: 'under-consultation',
      positions: { RU: 'seeks-action' },
      earlier: [
        ['2017-08', 'raised'],
        ['2017-09', 'under-consultation'],
      ],
    },
    {
      irritant: 'consulates',
      stage: 'raised',
      positions: { RU: 'seeks-action', US: 'contests' },
      earlier: [['2017', 'raised']],
    },
  ],
  gaps: compoundsGaps,
};
