import type { Step } from '../../src/demo/step.js';
import { telling } from './telling.js';

export const compoundsParties = ['RU', 'US'] as const;
export const compoundsTelling = telling('steps-talks', compoundsParties);
const { cited } = compoundsTelling;

const ministry = 'Ministry of Foreign Affairs of the Russian Federation';
const department = 'United States Department of State';

export const compoundsSources: readonly Step[] = [
  cited('us-december', 'statement', ['US'], '2016-12-29', 'On measures against missions', 'White House'),
  cited('ru-december', 'statement', ['RU'], '2016-12-30', 'On the measures', 'President of Russia'),
  cited('ru-june', 'statement', ['RU'], '2017-06-21', 'On the meeting in St Petersburg', ministry),
  cited('us-washington', 'statement', ['US'], '2017-07-17', 'On the meeting in Washington', department),
  cited('ru-washington', 'statement', ['RU'], '2017-07-18', 'On the meeting in Washington', ministry),
  cited('ru-july', 'statement', ['RU'], '2017-07-28', 'On the staff of missions', ministry),
  cited('us-august', 'statement', ['US'], '2017-08-31', 'On premises in three cities', department),
  cited('ru-september', 'note', ['RU'], '2017-09-02', 'Note of protest', ministry),
  cited('us-helsinki', 'statement', ['US'], '2017-09-12', 'On the meeting in Helsinki', department),
  cited('ru-helsinki', 'statement', ['RU'], '2017-09-12', 'On the meeting in Helsinki', ministry),
  cited('us-march', 'statement', ['US'], '2018-03-26', 'On officials and a consulate', 'White House'),
  cited('ru-march', 'statement', ['RU'], '2018-03-29', 'On officials and a consulate', ministry),
];
