import { expect, it } from '@jest/globals';
import { onMatters } from './matters.summaries.js';

const nameOf = (id: string) => (id === 'unseen' ? undefined : `RUUS-${id}`);

it.each([
  [[], ''],
  [['1'], ', on RUUS-1'],
  [['1', '2', '3'], ', on RUUS-1, RUUS-2 and RUUS-3'],
  [['1', 'unseen'], ', on RUUS-1 and another irritant'],
  [['1', '2', '3', '4', '5', '6', '7'], ', on RUUS-1, RUUS-2, RUUS-3, RUUS-4, RUUS-5 and 2 more'],
])(
  'What is about several matters names them, so that two of the same words are told apart: %j',
  (ids, told) => {
    expect(onMatters(ids, nameOf)).toBe(told);
  },
);
