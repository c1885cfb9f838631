import { ref } from '../../src/demo/step.js';
import type { Step } from '../../src/demo/step.js';
import { prisonersGaps } from './prisoners.gaps.js';
import { prisonersParties, prisonersSources, prisonersTelling } from './prisoners.sources.js';
import { held, takes } from './telling.js';
import type { Dispute } from './telling.js';

const { opens, voice, third, alias } = prisonersTelling;

const april = { RU: voice('RU', 'ru-april'), US: voice('US', 'us-april') };
const december = { RU: voice('RU', 'ru-december'), US: voice('US', 'us-december') };
const august = { RU: voice('RU', 'ru-2024'), US: voice('US', 'us-2024') };

function detained(title: string) {
  return { category: 'detention', title: { en: title } };
}

const first: readonly Step[] = [
  april.US.raises('reed', '../2022-04-27', detained('Trevor Reed')),
  april.RU.raises('yaroshenko', '../2022-04-27', detained('Konstantin Yaroshenko')),
  april.RU.does(
    'reed',
    'assert-linkage',
    '2022-04-27',
    {
      irritantId: ref('yaroshenko'),
      condition: 'together',
      text: { en: 'One was exchanged for the other.' },
    },
    'one-for-the-other',
  ),
  ...held('reed', 'first-exchange', [april.RU, '2022-04-27'], [april.US, '2022-04-27'], {
    kind: 'agreement-in-principle',
    text: 'After long talks the two were exchanged.',
    inOwnWords: 'He is free, after talks that took difficult decisions.',
  }),
  ...held('yaroshenko', 'first-exchange-too', [april.RU, '2022-04-27'], [april.US, '2022-04-27'], {
    kind: 'agreement-in-principle',
    text: 'After long talks the two were exchanged.',
    inOwnWords: 'His sentence was commuted, after talks that took difficult decisions.',
  }),
  takes(april.US, 'reed', '2022-04-27', 'resolved', 'He is on his way home.'),
  takes(april.RU, 'yaroshenko', '2022-04-27', 'resolved', 'He is back.'),
];

const second: readonly Step[] = [
  voice('US', 'us-may').raises('griner', '2022-05', detained('Brittney Griner')),
  voice('US', 'us-july').does('griner', 'claim', '2022-07-27', {
    kind: 'factual',
    text: { en: 'A substantial proposal was put to the other side weeks ago.' },
  }),
  takes(
    voice('RU', 'ru-august'),
    'griner',
    '2022-08-05',
    'acknowledges',
    'It can be talked of in the channel that both presidents agreed on.',
  ),
  december.RU.raises('bout', '../2022-12-08', detained('Viktor Bout')),
  ...held('griner', 'second-exchange', [december.RU, '2022-12-08'], [december.US, '2022-12-08'], {
    kind: 'agreement-in-principle',
    text: 'The two were exchanged at the airport of Abu Dhabi.',
    inOwnWords: 'She is free; the exchange took place in the Emirates.',
  }),
  ...held('bout', 'second-exchange-too', [december.RU, '2022-12-08'], [december.US, '2022-12-08'], {
    kind: 'agreement-in-principle',
    text: 'The two were exchanged at the airport of Abu Dhabi.',
    inOwnWords: 'He was granted clemency; the exchange took place in the Emirates.',
  }),
  takes(december.US, 'griner', '2022-12-08', 'resolved', 'She is on her way home.'),
  takes(december.RU, 'bout', '2022-12-08', 'resolved', 'He is back.'),
  ...['AE', 'SA'].map((thirdParty) => ({
    ...third('assert-third-party-role', 'gulf-december', '2022-12-08', { thirdParty, role: 'mediator' }),
    as: `mediator/${thirdParty}`,
  })),
];

const last: readonly Step[] = [
  december.US.raises('whelan', '../2022-12-08', detained('Paul Whelan')),
  takes(december.US, 'whelan', '2022-12-08', 'seeks-action', 'His case is treated unlike the other one.'),
  third('assert-third-party-role', 'us-2024', '2024-08-01', { thirdParty: 'TR', role: 'host' }),
  ...held('whelan', 'third-exchange', [august.US, '2024-08-01'], [august.RU, '2024-08-01'], {
    kind: 'agreement-in-principle',
    text: 'He is among those who return by an exchange among several states, in Ankara.',
    inOwnWords: 'Those on both lists were pardoned and exchanged.',
  }),
  takes(august.US, 'whelan', '2024-08-01', 'resolved', 'He is free.'),
];

const exchanged = { stage: 'agreed-in-principle', claims: ['confirmed'] };

export const prisoners: Dispute = {
  name: 'Russia and the United States: exchanges of detained persons, 2022 to 2024',
  make: 'prisoner exchange',
  parties: prisonersParties,
  steps: [
    opens('PRISON', 'Exchanges of detained persons'),
    alias('RU', 'Moscow'),
    alias('US', 'Washington'),
    ...prisonersSources,
    ...first,
    ...second,
    ...last,
  ],
  known: [
    {
      ...exchanged,
      irritant: 'reed',
      positions: { US: 'resolved' },
      awaiting: [['answer-to-linkage', 'US']],
      earlier: [['2022-04-27', 'agreed-in-principle']],
    },
    {
      ...exchanged,
      irritant: 'yaroshenko',
      positions: { RU: 'resolved' },
      earlier: [['2022-04-27', 'agreed-in-principle']],
    },
    {
      irritant: 'griner',
      stage: 'agreed-in-principle',
      positions: { US: 'resolved', RU: 'acknowledges' },
      awaiting: [['answer-to-claim', 'RU']],
      claims: ['unanswered', 'confirmed'],
      earlier: [
        ['2022-05', 'raised'],
        ['2022-11-30', 'raised'],
        ['2022-12-08', 'agreed-in-principle'],
      ],
    },
    {
      ...exchanged,
      irritant: 'bout',
      positions: { RU: 'resolved' },
      earlier: [['2022-12-08', 'agreed-in-principle']],
    },
    {
      ...exchanged,
      irritant: 'whelan',
      positions: { US: 'resolved' },
      earlier: [
        ['2023', 'raised'],
        ['2024-08-01', 'agreed-in-principle'],
      ],
    },
  ],
  gaps: prisonersGaps,
};
