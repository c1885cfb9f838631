import { ref } from '../../src/demo/step.js';
import type { Step } from '../../src/demo/step.js';
import { platesGaps } from './plates.gaps.js';
import { platesParties, platesSources, platesTelling } from './plates.sources.js';
import { held, takes } from './telling.js';
import type { Dispute } from './telling.js';

const { opens, voice, onRecord, third, alias } = platesTelling;

const measure = { RS: voice('RS', 'rs-on-measure'), XK: voice('XK', 'xk-on-measure') };
const arranged = { RS: voice('RS', 'arrangement'), XK: voice('XK', 'arrangement') };
const november = { RS: voice('RS', 'rs-november'), XK: voice('XK', 'xk-november') };

const matters: readonly Step[] = [
  measure.RS.raises('plates', '2021-09-20', {
    category: 'freedom-of-movement',
    title: { en: 'Registration plates of vehicles' },
    statement: { en: 'That plates must be covered or replaced at the crossings is to be undone.' },
  }),
  measure.XK.does('plates', 'contest', '2021-09-20', {
    statement: { en: 'It does what the other side has long done; earlier terms have run out.' },
  }),
  takes(measure.RS, 'plates', '2021-09-20', 'seeks-action', 'The special units are to be withdrawn first.'),
  onRecord('documents', 'xk-on-documents', '../2022-08-27', {
    category: 'freedom-of-movement',
    title: { en: 'Entry and exit documents' },
    tags: ['without prejudice to status'],
  }),
];

const arrangement: readonly Step[] = [
  arranged.RS.creates('rounds', 'september-round', '2021-09-30', {
    number: 1,
    startsAt: '2021-09-29/2021-09-30',
    name: { en: 'Chief negotiators' },
    venue: { en: 'Brussels' },
  }),
  arranged.RS.does('september-round', 'conclude', '2021-09-30', { startsAt: '2021-09-29/2021-09-30' }),
  arranged.XK.does('september-round', 'confirm-held', '2021-09-30'),
  arranged.XK.does('september-round', 'discuss', '2021-09-30', { irritantId: ref('plates') }),
  ...held('plates', 'arranged', [arranged.RS, '2021-09-30'], [arranged.XK, '2021-09-30'], {
    kind: 'agreement',
    text: 'Units leave the crossings, stickers cover the plates for the time being, and a group seeks a lasting solution.',
  }),
];

const withoutDocuments = {
  kind: 'agreement-in-principle',
  text: 'No entry and exit documents for holders of the identity card of the other side.',
  inOwnWords: 'The documents are given up on one side and are not brought in on the other.',
} as const;

const later: readonly Step[] = [
  onRecord('energy', 'energy-roadmap', '../2022-06-21', {
    category: 'other',
    title: { en: 'Supply of electricity in the north' },
  }),
  ...held(
    'energy',
    'energy-agreed',
    [voice('RS', 'energy-roadmap'), '2022-06-21'],
    [voice('XK', 'energy-roadmap'), '2022-06-21'],
    { kind: 'agreement', text: 'What was agreed on energy is carried out in the steps of the roadmap.' },
  ),
  ...held(
    'documents',
    'documents-agreed',
    [voice('RS', 'rs-on-documents'), '2022-08-27'],
    [voice('XK', 'xk-on-documents'), '2022-08-27'],
    withoutDocuments,
  ),
  november.RS.creates('rounds', 'november-round', '2022-11-21', {
    number: 2,
    startsAt: '2022-11-21',
    level: 'leaders',
    venue: { en: 'Brussels' },
  }),
  november.RS.does('november-round', 'conclude', '2022-11-21', { startsAt: '2022-11-21' }),
  november.XK.does('november-round', 'confirm-held', '2022-11-21'),
  third('record-commentary', 'eu-november', '2022-11-21', {
    irritantId: ref('plates'),
    roundId: ref('november-round'),
    speaker: 'High Representative',
    quote: { en: 'A compromise was on the table, and no agreement was reached on it.' },
  }),
  ...held(
    'plates',
    'november-terms',
    [voice('RS', 'rs-on-plates'), '2022-11-23'],
    [voice('XK', 'xk-on-plates'), '2022-11-23'],
    {
      kind: 'agreement',
      text: 'No more plates with the names of towns in Kosovo, and no further steps towards their exchange.',
      inOwnWords: 'The other side issues no such plates any more, and exchange goes no further for now.',
    },
  ),
  onRecord('missing', 'missing-declaration', '../2023-05-02', {
    category: 'missing-persons',
    title: { en: 'Missing persons' },
  }),
  ...held(
    'missing',
    'missing-declared',
    [voice('RS', 'missing-declaration'), '2023-05-02'],
    [voice('XK', 'missing-declaration'), '2023-05-02'],
    {
      kind: 'agreement',
      text: 'The fate of the missing is an issue of humanity; records are opened to find them.',
    },
  ),
  voice('RS', 'rs-on-passage').does('plates', 'report-partial-resolution', '2023-12-25', {
    text: { en: 'From 1 January 2024 vehicles pass without stickers; this says nothing of status.' },
  }),
];

export const plates: Dispute = {
  name: 'Belgrade and Pristina: plates, documents, energy, the missing, 2021 to 2024',
  make: 'between parties of which one does not recognise the other',
  parties: platesParties,
  steps: [
    opens('PLATES', 'Belgrade–Pristina dialogue, facilitated by the European Union'),
    alias('RS', 'Belgrade'),
    alias('XK', 'Pristina'),
    ...platesSources,
    voice('RS', 'rs-on-measure').does('plates-talks', 'name-party', '2021-09-20', {
      name: { en: 'Republic of Serbia' },
    }),
    voice('XK', 'xk-on-measure').does('plates-talks', 'name-party', '2021-09-20', {
      name: { en: 'Republic of Kosovo' },
    }),
    third('assert-third-party-role', 'arrangement', '2021-09-30', { thirdParty: 'EU', role: 'facilitator' }),
    ...matters,
    ...arrangement,
    ...later,
  ],
  known: [
    {
      irritant: 'plates',
      stage: 'agreed',
      overlays: ['part-resolved'],
      positions: { RS: 'seeks-action' },
      claims: ['confirmed', 'confirmed'],
      earlier: [
        ['2021-09-25', 'raised'],
        ['2021-09-30', 'agreed'],
        ['2022-12', 'agreed'],
      ],
    },
    {
      irritant: 'documents',
      stage: 'agreed-in-principle',
      claims: ['confirmed'],
      earlier: [['2022', 'agreed-in-principle']],
    },
    { irritant: 'energy', stage: 'agreed', claims: ['confirmed'], earlier: [['2022-06-21', 'agreed']] },
    { irritant: 'missing', stage: 'agreed', claims: ['confirmed'], earlier: [['2023-05-02', 'agreed']] },
  ],
  gaps: platesGaps,
};
