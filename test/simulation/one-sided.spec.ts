import { afterAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { historyOf } from './episodes.js';
import { Histories } from './history.js';
import { consentHasItsSource } from './invariants-consent.js';
import { nothingIsJoint, oneSideMovesNothing } from './invariants-stage.js';
import { settings, timeoutMs } from './runs.js';
import { sides } from './stage.js';

const length = 40;

describe('Histories that one side makes alone', () => {
  const histories = new Histories();
  afterAll(() => histories.close());

  it(
    'never get beyond raised, in whichever slice and manner it acts and whoever records it',
    async () => {
      const opening = fc.record({ by: fc.constantFrom(...sides), isMutual: fc.boolean() });
      const property = fc.asyncProperty(historyOf(length), opening, async (moves, begun) => {
        const alone = moves.map((move) => ({ ...move, side: begun.by }));
        const told = await histories.play(alone, begun, length);
        oneSideMovesNothing(told);
        nothingIsJoint(told);
        await consentHasItsSource(told);
      });
      await fc.assert(property, settings);
      process.stdout.write(
        `One-sided: ${histories.played} histories, ${histories.commands} commands, at least ${histories.fewest} each\n`,
      );
    },
    timeoutMs,
  );
});
