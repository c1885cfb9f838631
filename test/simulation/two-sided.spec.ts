import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amendmentEvents } from '../../src/platform/record/amendment-events.js';
import { slices } from '../../src/slices.js';
import { secondWords } from './episode-table.js';
import { historyOf } from './episodes.js';
import { batchesChangeNothing, cuttings } from './grown.js';
import { aloneIsSaid } from './invariants-alone.js';
import { Histories } from './history.js';
import {
  amendmentsMoveNothing,
  asOfIsFoldIsFrame,
  listsAreFolds,
  policiesRepeatNothing,
  whatFollowsIsDrawn,
  wordsDecideNothing,
} from './invariants.js';
import { jointStandsOnBoth, jointTakesBoth } from './invariants-joint.js';
import { retractionsMakeNothing } from './invariants-retracting.js';
import { implementedByBothWords, inForceAsNamed } from './invariants-named.js';
import { entriesAreTold } from './invariants-told.js';
import { voicesAreTheirOwn } from './invariants-voice.js';
import {
  debtsAreAsSaid,
  noAssentSurvivesAVersion,
  noStepBeforeItsTime,
  resolvedMeansSettled,
  returnsAreOfBoth,
} from './invariants-work.js';
import { assertMany, fewerRuns, isMany, timeoutMs } from './runs.js';
import { keepings, sides } from './stage.js';
import type { Told } from './told.js';
import { takingBackLeavesNoTrace } from './without.js';

const length = 50;

const invariants: readonly ((told: Told) => void | Promise<void>)[] = [
  voicesAreTheirOwn,
  jointTakesBoth,
  jointStandsOnBoth,
  aloneIsSaid,
  amendmentsMoveNothing,
  wordsDecideNothing,
  noAssentSurvivesAVersion,
  noStepBeforeItsTime,
  resolvedMeansSettled,
  debtsAreAsSaid,
  inForceAsNamed,
  implementedByBothWords,
  returnsAreOfBoth,
  listsAreFolds,
  asOfIsFoldIsFrame,
  whatFollowsIsDrawn,
  policiesRepeatNothing,
  entriesAreTold,
];

/** The kinds of event that no history came to; two servers alone bring an attribution after a joining. */
function unreached({ reached }: Histories): readonly string[] {
  const types = [...slices.flatMap((slice) => Object.keys(slice.schemas)), ...Object.keys(amendmentEvents)];
  return types.filter((type) => type !== 'AttributionVoid' && !reached.has(type));
}

describe('Histories in which a side says one thing and then another', () => {
  const histories = new Histories();
  const asked = { refused: 0, allowed: 0 };
  afterAll(() => histories.close());

  it(
    'make nothing joint, undo nothing joint and bring nothing back by whatever may be retracted in them',
    async () => {
      const opening = fc.record({
        by: fc.constantFrom(...sides),
        isMutual: fc.boolean(),
        keeping: fc.constantFrom('both' as const, ...keepings),
      });
      const property = fc.asyncProperty(historyOf(24, [secondWords]), opening, async (moves, begun) => {
        retractionsMakeNothing(await histories.play(moves, begun, 24), asked);
      });
      await assertMany('Second words', property, fewerRuns);
      expect(asked.allowed).toBeGreaterThan(0);
      process.stdout.write(`Second words: ${asked.refused} refused and ${asked.allowed} taken back\n`);
    },
    timeoutMs,
  );
});

describe('Histories that both sides make, whoever keeps the record', () => {
  const histories = new Histories();
  const compared = { retractions: 0, disavowals: 0, without: 0 };
  const asked = { refused: 0, allowed: 0 };
  let bugsSeen = 0;
  afterAll(() => histories.close());

  it(
    'reach every kind of event, keep every invariant, and are without what was taken back as if it had never been',
    async () => {
      const opening = fc.record({
        by: fc.constantFrom(...sides),
        isMutual: fc.boolean(),
        keeping: fc.constantFrom(...keepings),
      });
      const property = fc.asyncProperty(
        historyOf(length),
        opening,
        cuttings,
        async (moves, begun, cutting) => {
          const told = await histories.play(moves, begun, length);
          for (const holds of invariants) await holds(told);
          if (await batchesChangeNothing(told, cutting)) bugsSeen += 1;
          retractionsMakeNothing(told, asked);
          await takingBackLeavesNoTrace(told, compared);
        },
      );
      await assertMany('Both sides', property, fewerRuns);
      expect(histories.malformed()).toEqual([]);
      expect(bugsSeen).toBeGreaterThan(0);
      if (isMany) expect(unreached(histories)).toEqual([]);
      const { retractions, disavowals, without } = compared;
      // Nearly all can be compared, or the comparison would say nothing.
      expect(without).toBeLessThanOrEqual(1 + disavowals / 5);
      const unseen = unreached(histories).length;
      process.stdout.write(
        `Both sides: ${histories.commands} commands, ${retractions} retractions and ${disavowals} disavowals played again without (${without} can't be), ${unseen} kinds of event unseen; of what its recorder asked to take back ${asked.refused} refused, ${asked.allowed} taken back\n`,
      );
    },
    timeoutMs,
  );
});
