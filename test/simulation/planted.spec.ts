import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { historyOf } from './episodes.js';
import { Histories } from './history.js';
import { honestly } from './honest.js';
import { aloneIsSaid } from './invariants-alone.js';
import { ownWordsStand, recordIsOwnList, shownAsOwn } from './invariants-honest.js';
import { jointStandsOnBoth, jointTakesBoth } from './invariants-joint.js';
import { retractionsMakeNothing } from './invariants-retracting.js';
import { implementedByBothWords, inForceAsNamed } from './invariants-named.js';
import { voicesAreTheirOwn } from './invariants-voice.js';
import { debtsAreAsSaid, noAssentSurvivesAVersion, noStepBeforeItsTime } from './invariants-work.js';
import { slices as allSlices } from '../../src/slices.js';
import { allPlanted, harmless } from './planted.js';
import type { Planted } from './planted.js';
import { keepings, otherSide, sides } from './stage.js';
import type { Opening } from './stage.js';
import { takingBackLeavesNoTrace } from './without.js';
import type { Told } from './told.js';

const length = 20;
const historiesMax = 200;
const seed = 20_250_410;

async function holds(told: Told, { by, keeping }: Opening, slices: Planted['slices']) {
  voicesAreTheirOwn(told);
  jointTakesBoth(told);
  jointStandsOnBoth(told);
  aloneIsSaid(told);
  noAssentSurvivesAVersion(told);
  debtsAreAsSaid(told);
  inForceAsNamed(told);
  implementedByBothWords(told);
  noStepBeforeItsTime(told);
  retractionsMakeNothing(told, { refused: 0, allowed: 0 });
  if (keeping === 'both') {
    recordIsOwnList(told, otherSide(by));
    ownWordsStand(told, otherSide(by));
    shownAsOwn(told, otherSide(by));
  }
  await takingBackLeavesNoTrace(told, { retractions: 0, disavowals: 0, without: 0 }, slices);
}

/** How many histories were played before one of them broke an invariant; undefined where none of so many did. */
async function playedUntilFound(one: Planted, numRuns: number): Promise<number | undefined> {
  const { slices, about, begins = about } = one;
  const histories = new Histories(slices);
  const opening = fc.record({
    by: fc.constantFrom(...sides),
    isMutual: fc.boolean(),
    keeping: fc.constantFrom('both' as const, ...keepings),
  });
  const plot = { begins, goesOn: [about] };
  const property = fc.asyncProperty(historyOf(length, [plot]), opening, async (moves, begun) => {
    const given = begun.keeping === 'both' ? honestly(moves, begun) : moves;
    await holds(await histories.play(given, begun, length), begun, slices);
  });
  const { failed } = await fc.check(property, { numRuns, seed, endOnFailure: true });
  await histories.close();
  return failed ? histories.played : undefined;
}

describe('A rule that is no longer kept is found', () => {
  it.each(allPlanted)('where $fault', async (one) => {
    const played = (await playedUntilFound(one, historiesMax)) ?? Number.NaN;
    expect(played).toBeLessThanOrEqual(historiesMax);
    // With the rule kept, the very same histories break nothing: it is the fault that was found.
    expect(await playedUntilFound({ ...one, slices: allSlices }, played)).toBeUndefined();
  });
});

it('Where a new version does not say which assents it ends, taking it back revives none all the same', async () => {
  expect(await playedUntilFound(harmless, 50)).toBeUndefined();
});
