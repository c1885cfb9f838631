import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amendmentEvents } from '../../src/platform/amendments.js';
import { slices } from '../../src/slices.js';
import { historyOf } from './episodes.js';
import { Histories } from './history.js';
import {
  amendmentsMoveNothing,
  asOfIsFoldIsFrame,
  listsAreFolds,
  policiesRepeatNothing,
  wordsDecideNothing,
} from './invariants.js';
import { consentHasItsSource, noAssentSurvivesAVersion } from './invariants-consent.js';
import { milestonesRestOnBoth, oneSideMovesNothing } from './invariants-stage.js';
import {
  debtsAreAsSaid,
  noStepBeforeItsTime,
  resolvedMeansSettled,
  returnsAreOfBoth,
  suspensionHolds,
} from './invariants-work.js';
import { isMany, settings, timeoutMs } from './runs.js';
import { sides } from './stage.js';
import type { Told } from './told.js';

const length = 55;

const invariants: readonly ((told: Told) => void | Promise<void>)[] = [
  oneSideMovesNothing,
  milestonesRestOnBoth,
  amendmentsMoveNothing,
  wordsDecideNothing,
  consentHasItsSource,
  noAssentSurvivesAVersion,
  noStepBeforeItsTime,
  resolvedMeansSettled,
  debtsAreAsSaid,
  returnsAreOfBoth,
  suspensionHolds,
  listsAreFolds,
  asOfIsFoldIsFrame,
  policiesRepeatNothing,
];

/** The kinds of event that no history came to; sources are registered before all of them. */
function unreached({ reached }: Histories): readonly string[] {
  const types = [...slices.flatMap((slice) => Object.keys(slice.schemas)), ...Object.keys(amendmentEvents)];
  return types.filter((type) => type !== 'SourceRegistered' && !reached.has(type));
}

describe('Histories that both sides make', () => {
  const histories = new Histories();
  afterAll(() => histories.close());

  it(
    'reach every kind of event and keep every invariant, whoever does what in whichever order and manner',
    async () => {
      const opening = fc.record({ by: fc.constantFrom(...sides), isMutual: fc.boolean() });
      const property = fc.asyncProperty(historyOf(length), opening, async (moves, begun) => {
        const told = await histories.play(moves, begun, length);
        for (const holds of invariants) await holds(told);
      });
      await fc.assert(property, settings);
      if (isMany) expect(unreached(histories)).toEqual([]);
      if (isMany) expect(histories.fewest).toBe(length);
      process.stdout.write(
        `Two-sided: ${histories.played} histories, ${histories.commands} commands, at least ${histories.fewest} each\n`,
      );
    },
    timeoutMs,
  );
});
