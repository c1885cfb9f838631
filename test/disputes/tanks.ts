import { ref } from '../../src/demo/step.js';
import type { Step } from '../../src/demo/step.js';
import { tanksGaps } from './tanks.gaps.js';
import { held, takes, telling } from './telling.js';
import type { Dispute } from './telling.js';

const parties = ['GB', 'IR'] as const;
const { opens, cited, voice, third, alias } = telling('debt-talks', parties);

const settled = '2022-03-16';

const sources: readonly Step[] = [
  cited('award', 'record', [], '2001-05', 'Awards on two contracts', 'Arbitral tribunal'),
  cited(
    'gb-parliament',
    'statement',
    ['GB'],
    '2021',
    'Answers on the debt',
    'Government of the United Kingdom',
  ),
  cited('gb-settled', 'statement', ['GB'], settled, 'Statement to parliament', 'Foreign Secretary'),
  cited(
    'ir-settled',
    'statement',
    ['IR'],
    settled,
    'Remarks on the debt',
    'Minister of Foreign Affairs of Iran',
  ),
  cited('agency', 'press', [], settled, 'Report on two who return', 'A news agency'),
];

const parliament = voice('GB', 'gb-parliament');
const britain = voice('GB', 'gb-settled');
const iran = voice('IR', 'ir-settled');

const matters: readonly Step[] = [
  iran.raises('debt', '../2021', {
    category: 'debt',
    title: { en: 'Payment that is due for tanks ordered in the 1970s' },
    statement: { en: 'What was paid in advance is owed back, as a tribunal found.' },
  }),
  third('record-commentary', 'award', '2001-05', {
    irritantId: ref('debt'),
    speaker: 'Arbitral tribunal',
    quote: { en: 'A sum is owed for the contracts that were ended.' },
  }),
  parliament.does('debt', 'acknowledge', '2021', {
    statement: { en: 'There is a debt that has to be paid; ways are looked for.' },
  }),
  britain.raises('detained', `../${settled}`, {
    category: 'detention',
    title: { en: 'Nationals of both states who are held in Iran' },
  }),
  iran.does('detained', 'contest', `../${settled}`, {
    statement: { en: 'Courts of Iran decide on nationals of Iran.' },
  }),
];

const payment: readonly Step[] = [
  iran.creates('commitments', 'payment', settled, {
    obligors: ['GB'],
    beneficiaries: ['IR'],
    mode: 'once',
    irritantIds: [ref('debt')],
    text: { en: 'The debt is paid.' },
  }),
  britain.does('payment', 'undertake', settled),
  britain.does('payment', 'report-fulfilment', settled, {
    reason: { en: '393.8 million pounds were paid, for humanitarian goods alone.' },
  }),
  iran.does('payment', 'acknowledge-fulfilment', settled, { reason: { en: 'The sum has come in.' } }),
  ...held('debt', 'debt-settled', [britain, settled], [iran, settled], {
    kind: 'agreement-in-principle',
    text: 'The debt is settled in full, within all sanctions in force.',
    inOwnWords: 'The debt was paid before and apart from anything else.',
  }),
  takes(britain, 'debt', settled, 'resolved', 'The debt is settled.'),
  takes(iran, 'debt', settled, 'resolved', 'The debt has been paid.'),
];

const returned: readonly Step[] = [
  takes(
    britain,
    'detained',
    settled,
    'seeks-action',
    'Two return; the third is out of prison and is to return too.',
  ),
  britain.does('detained', 'report-partial-resolution', settled, {
    text: { en: 'Two have left Iran.' },
  }),
  third('record-commentary', 'agency', settled, {
    irritantId: ref('detained'),
    speaker: 'A news agency',
    quote: { en: 'Both matters came to an end on the same day.' },
  }),
];

export const tanks: Dispute = {
  name: 'Iran and the United Kingdom: a debt that a tribunal found, to 2022',
  make: 'a debt judged by a tribunal',
  parties,
  steps: [
    opens('DEBT', 'Debt for tanks ordered in the 1970s'),
    alias('GB', 'London'),
    alias('IR', 'Tehran'),
    ...sources,
    ...matters,
    ...payment,
    ...returned,
  ],
  known: [
    {
      irritant: 'debt',
      stage: 'agreed-in-principle',
      positions: { GB: 'resolved', IR: 'resolved' },
      earlier: [
        ['2021', 'under-consultation'],
        ['2022-03-16', 'agreed-in-principle'],
      ],
      claims: ['confirmed'],
    },
    {
      irritant: 'detained',
      stage: 'raised',
      overlays: ['part-resolved'],
      positions: { GB: 'seeks-action' },
      earlier: [['2022-03-16', 'raised']],
    },
  ],
  gaps: tanksGaps,
};
