import type { Step } from '../../src/demo/step.js';
import { telling } from './telling.js';

export const borderParties = ['CN', 'IN'] as const;
export const borderTelling = telling('border-talks', borderParties);
const { cited } = borderTelling;

const ofChina = 'Ministry of National Defense of China';
const ofIndia = 'Government of India';
const both = ['CN', 'IN'];

export const borderSources: readonly Step[] = [
  cited('cn-february', 'statement', ['CN'], '2021-02-10', 'On Pangong', ofChina),
  cited('in-february', 'statement', ['IN'], '2021-02-11', 'On Pangong, in parliament', ofIndia),
  cited('joint-10', 'joint-text', both, '2021-02-21', 'On the tenth meeting of commanders', 'Both sides'),
  cited('cn-wmcc', 'statement', ['CN'], '2021-03-12', 'On the 21st meeting of the mechanism', 'China'),
  cited('in-wmcc', 'statement', ['IN'], '2021-03-12', 'On the 21st meeting of the mechanism', 'India'),
  cited('joint-12', 'joint-text', both, '2021-08-02', 'On the twelfth meeting of commanders', 'Both sides'),
  cited('in-gogra', 'statement', ['IN'], '2021-08-06', 'On Gogra', ofIndia),
  cited('cn-13', 'statement', ['CN'], '2021-10-11', 'On the thirteenth meeting of commanders', 'China'),
  cited('in-13', 'statement', ['IN'], '2021-10-11', 'On the thirteenth meeting of commanders', 'India'),
  cited('joint-2022', 'joint-text', both, '2022-09-08', 'On Gogra and Hot Springs', 'Both sides'),
  cited('in-october', 'statement', ['IN'], '2024-10-21', 'On patrolling', 'Foreign Secretary of India'),
  cited('cn-october', 'statement', ['CN'], '2024-10-22', 'On what was resolved', 'China'),
];
