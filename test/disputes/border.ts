import { ref } from '../../src/demo/step.js';
import type { Fields, Step } from '../../src/demo/step.js';
import { borderGaps } from './border.gaps.js';
import { borderParties, borderSources, borderTelling } from './border.sources.js';
import { held } from './telling.js';
import type { Dispute, Voice } from './telling.js';

const { opens, voice, onRecord, alias } = borderTelling;

function place(as: string, source: string, occurred: string, title: string): Step {
  return onRecord(as, source, occurred, { category: 'border', title: { en: title } });
}

const matters: readonly Step[] = [
  place('pangong', 'cn-february', '../2021-02-10', 'Deployment at Lake Pangong'),
  place('gogra', 'joint-12', '../2021-08-02', 'Deployment at Gogra'),
  place('hot-springs', 'in-13', '../2021-10-11', 'Deployment at Gogra and Hot Springs'),
  place('depsang', 'in-october', '../2024-10-21', 'Patrolling at Depsang and Demchok'),
];

/** Commanders and the mechanism of diplomats each count their own meetings; here they take turns in one count. */
function round(
  as: string,
  first: Voice,
  second: Voice,
  day: string,
  said: string,
  name: string,
): readonly Step[] {
  return [
    first.creates('rounds', as, said, { startsAt: day, name: { en: name } }),
    first.does(as, 'conclude', said, { startsAt: day }),
    second.does(as, 'confirm-held', said),
  ];
}

const tenth = { CN: voice('CN', 'joint-10'), IN: voice('IN', 'joint-10') };
const february = { CN: voice('CN', 'cn-february'), IN: voice('IN', 'in-february') };
const twelfth = { CN: voice('CN', 'joint-12'), IN: voice('IN', 'joint-12') };
const thirteenth = { CN: voice('CN', 'cn-13'), IN: voice('IN', 'in-13') };

const lake: readonly Step[] = [
  ...held('pangong', 'pangong-agreed', [february.CN, '2021-02-10'], [february.IN, '2021-02-11'], {
    kind: 'agreement-in-principle',
    text: 'Troops on both banks disengage at the same time, in an agreed order.',
    inOwnWords: 'Agreement was reached on disengagement on the north and the south bank.',
  }),
  ...round('commanders-10', tenth.CN, tenth.IN, '2021-02-20', '2021-02-21', 'Commanders, tenth meeting'),
  tenth.IN.does('commanders-10', 'discuss', '2021-02-21', { irritantId: ref('pangong') }),
  ...held('pangong', 'pangong-done', [tenth.CN, '2021-02-21'], [tenth.IN, '2021-02-21'], {
    kind: 'factual',
    text: 'Disengagement of front-line troops at the lake was completed smoothly.',
  }),
];

const mechanism: readonly Step[] = round(
  'mechanism-21',
  voice('IN', 'in-wmcc'),
  voice('CN', 'cn-wmcc'),
  '2021-03-12',
  '2021-03-12',
  'Working mechanism, 21st meeting',
);

function account(party: 'CN' | 'IN', as: string, points: readonly (readonly [kind: string, en: string])[]) {
  const told = (body: Fields) => ({ accountId: ref(as), irritantId: ref('hot-springs'), ...body });
  return [
    thirteenth[party].does(
      'commanders-13',
      'publish-account',
      '2021-10-11',
      {
        voice: 'party',
        sourceId: ref(`${party.toLowerCase()}-13`),
        lang: 'en',
        rendering: 'official',
        startsAt: '2021-10-10',
      },
      as,
    ),
    ...points.map(([kind, en]) =>
      thirteenth[party].does(
        'commanders-13',
        'record-account-point',
        '2021-10-11',
        told({ kind, assertsJoint: false, quote: { en } }),
        `${as}/${kind}`,
      ),
    ),
  ];
}

const later: readonly Step[] = [
  ...round(
    'commanders-12',
    twelfth.IN,
    twelfth.CN,
    '2021-07-31',
    '2021-08-02',
    'Commanders, twelfth meeting',
  ),
  twelfth.CN.does('commanders-12', 'discuss', '2021-08-02', { irritantId: ref('gogra') }),
  voice('IN', 'in-gogra').does('gogra', 'claim', '2021-08-06', {
    kind: 'factual',
    text: { en: 'Both disengaged on 4 and 5 August and took down what had been built.' },
  }),
  thirteenth.IN.creates('rounds', 'commanders-13', '2021-10-11', {
    startsAt: '2021-10-10',
    name: { en: 'Commanders, thirteenth meeting' },
  }),
  ...account('IN', 'in-account', [['called-for', 'Constructive suggestions were made and not taken up.']]),
  ...account('CN', 'cn-account', [['noted', 'The demands of the other side were not realistic.']]),
  ...held(
    'hot-springs',
    'hot-springs-agreed',
    [voice('CN', 'joint-2022'), '2022-09-08'],
    [voice('IN', 'joint-2022'), '2022-09-08'],
    { kind: 'agreement', text: 'Troops have begun to disengage, in a coordinated and planned way.' },
  ),
  ...held(
    'depsang',
    'depsang-agreed',
    [voice('IN', 'in-october'), '2024-10-21'],
    [voice('CN', 'cn-october'), '2024-10-22'],
    {
      kind: 'agreement-in-principle',
      text: 'An arrangement on patrolling was reached, which leads to disengagement.',
      inOwnWords: 'A resolution was reached on the matters at issue.',
    },
  ),
];

export const border: Dispute = {
  name: 'China and India: the western sector of the border, 2021 to 2024',
  make: 'border talks in two formats',
  parties: borderParties,
  steps: [
    opens('BORDER', 'Western sector of the border'),
    alias('CN', 'Beijing'),
    alias('IN', 'New Delhi'),
    ...borderSources,
    ...matters,
    ...lake,
    ...mechanism,
    ...later,
  ],
  known: [
    {
      irritant: 'pangong',
      stage: 'agreed-in-principle',
      claims: ['confirmed', 'confirmed'],
      earlier: [
        ['2021-02-10', 'raised'],
        ['2021-02-11', 'agreed-in-principle'],
      ],
    },
    {
      irritant: 'gogra',
      stage: 'under-consultation',
      awaiting: [['answer-to-claim', 'CN']],
      claims: ['unanswered'],
      earlier: [['2021-08-02', 'under-consultation']],
    },
    {
      irritant: 'hot-springs',
      stage: 'agreed',
      claims: ['confirmed'],
      earlier: [
        ['2021-12-31', 'under-consultation'],
        ['2022-09-08', 'agreed'],
      ],
    },
    {
      irritant: 'depsang',
      stage: 'agreed-in-principle',
      claims: ['confirmed'],
      earlier: [
        ['2024-10-21', 'raised'],
        ['2024-10-22', 'agreed-in-principle'],
      ],
    },
  ],
  gaps: borderGaps,
};
