import { expect, it } from '@jest/globals';
import { directly, factAt } from '#libs/decider/testing';
import { onMatters } from '../kernel/matters.summaries.js';
import { irritantSummaries } from './irritant.summaries.js';

const invoking = (legalBasis?: readonly string[]) =>
  irritantSummaries.PositionStated(
    {
      ...factAt(1, 'irritant-1', { type: 'PositionStated', act: directly('RU') }),
      data: { stance: 'seeks-action' },
      content: { text: { en: 'Words.' }, ...(legalBasis === undefined ? {} : { legalBasis }) },
    } as never,
    () => 'RUUS-1',
  );

it.each([
  [undefined, ''],
  [['VCDR art. 22'], ', invoking VCDR art. 22'],
  [['VCDR art. 22', 'VCDR art. 45'], ', invoking VCDR art. 22 and VCDR art. 45'],
  [['a', 'b', 'c', 'd', 'e', 'f', 'g'], ', invoking a, b, c, d, e and 2 more'],
])(
  'A position is told with the rules that its party invokes, so that two are told apart by them: %j',
  (rules, told) => {
    expect(invoking(rules)).toBe(`RU stated its position on RUUS-1, seeks action${told}: “Words.”`);
  },
);

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
