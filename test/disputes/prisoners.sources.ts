import type { Step } from '../../src/demo/step.js';
import { telling } from './telling.js';

export const prisonersParties = ['RU', 'US'] as const;
export const prisonersTelling = telling('exchange-talks', prisonersParties);
const { cited } = prisonersTelling;

const ministry = 'Ministry of Foreign Affairs of the Russian Federation';

export const prisonersSources: readonly Step[] = [
  cited('us-april', 'statement', ['US'], '2022-04-27', 'On the return of Trevor Reed', 'White House'),
  cited('ru-april', 'statement', ['RU'], '2022-04-27', 'On the return of Konstantin Yaroshenko', ministry),
  cited(
    'us-may',
    'statement',
    ['US'],
    '2022-05',
    'On the detention of Brittney Griner',
    'Department of State',
  ),
  cited('us-july', 'statement', ['US'], '2022-07-27', 'On a proposal that was made', 'Secretary of State'),
  cited('ru-august', 'statement', ['RU'], '2022-08-05', 'On a channel for exchanges', ministry),
  cited('us-december', 'statement', ['US'], '2022-12-08', 'On the return of Griner', 'White House'),
  cited('ru-december', 'statement', ['RU'], '2022-12-08', 'On the return of Viktor Bout', ministry),
  cited('gulf-december', 'record', [], '2022-12-08', 'On mediating', 'Ministries of two Gulf states'),
  cited('us-2024', 'statement', ['US'], '2024-08-01', 'On those who return', 'White House'),
  cited('ru-2024', 'statement', ['RU'], '2024-08-01', 'On those who return', 'President of Russia'),
];
