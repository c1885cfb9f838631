import type { Step } from '../../src/demo/step.js';
import { telling } from './telling.js';

export const platesParties = ['RS', 'XK'] as const;
export const platesTelling = telling('plates-talks', platesParties);
const { cited } = platesTelling;

const serbia = 'Government of Serbia';
const kosovo = 'Government of Kosovo';
const service = 'European External Action Service';

export const platesSources: readonly Step[] = [
  cited('rs-on-measure', 'statement', ['RS'], '2021-09-20', 'On the measure at two crossings', serbia),
  cited('xk-on-measure', 'statement', ['XK'], '2021-09-20', 'On the measure at two crossings', kosovo),
  cited(
    'arrangement',
    'joint-text',
    ['RS', 'XK'],
    '2021-09-30',
    'Arrangement on plates',
    'Both, in Brussels',
  ),
  cited('energy-roadmap', 'joint-text', ['RS', 'XK'], '2022-06-21', 'Roadmap on energy', 'Both, in Brussels'),
  cited('rs-on-documents', 'statement', ['RS'], '2022-08-27', 'On entry and exit documents', serbia),
  cited('xk-on-documents', 'statement', ['XK'], '2022-08-27', 'On entry and exit documents', kosovo),
  cited('rs-november', 'statement', ['RS'], '2022-11-21', 'On the meeting in Brussels', serbia),
  cited('xk-november', 'statement', ['XK'], '2022-11-21', 'On the meeting in Brussels', kosovo),
  cited('eu-november', 'record', [], '2022-11-21', 'Remarks after the meeting', service),
  cited('rs-on-plates', 'statement', ['RS'], '2022-11-23', 'On what was agreed on plates', serbia),
  cited('xk-on-plates', 'statement', ['XK'], '2022-11-23', 'On what was agreed on plates', kosovo),
  cited('missing-declaration', 'joint-text', ['RS', 'XK'], '2023-05-02', 'Declaration', 'Both, in Brussels'),
  cited(
    'rs-on-passage',
    'statement',
    ['RS'],
    '2023-12-25',
    'On passage with plates of the other side',
    serbia,
  ),
];
