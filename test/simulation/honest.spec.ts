import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { historyOf } from './episodes.js';
import { Histories } from './history.js';
import { honestly } from './honest.js';
import { ownWordsStand, recordIsOwnList, shownAsOwn } from './invariants-honest.js';
import { jointStandsOnBoth, jointTakesBoth } from './invariants-joint.js';
import { retractionsMakeNothing } from './invariants-retracting.js';
import { implementedByBothWords, inForceAsNamed } from './invariants-named.js';
import { assertMany, timeoutMs } from './runs.js';
import { otherSide, sides } from './stage.js';

const length = 24;

describe('Histories in which one side uses everything it may, and the other is honest', () => {
  const histories = new Histories();
  afterAll(() => histories.close());

  it(
    'show as the honest side’s what it keeps on its own list, all of it, and no joint fact without its half',
    async () => {
      const opening = fc.record({
        by: fc.constantFrom(...sides),
        isMutual: fc.boolean(),
        keeping: fc.constant('both' as const),
      });
      const isSilent = fc.integer({ min: 0, max: 4 }).map((one) => one === 0);
      const property = fc.asyncProperty(
        historyOf(length),
        opening,
        isSilent,
        async (moves, begun, silent) => {
          const told = await histories.play(honestly(moves, begun, silent), begun, length);
          const honest = otherSide(begun.by);
          recordIsOwnList(told, honest);
          ownWordsStand(told, honest);
          shownAsOwn(told, honest);
          jointTakesBoth(told);
          jointStandsOnBoth(told);
          retractionsMakeNothing(told, { refused: 0, allowed: 0 });
          inForceAsNamed(told);
          implementedByBothWords(told);
        },
      );
      await assertMany('One side honest', property);
      expect(histories.malformed()).toEqual([]);
    },
    timeoutMs,
  );
});
