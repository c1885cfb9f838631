import { afterAll, beforeAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { Desk, isProblem, principals } from '../support/desk.js';
import {
  amendmentsMoveNothing,
  asOfIsFoldIsFrame,
  consentHasItsSource,
  oneSideMovesNothing,
  wordsDecideNothing,
} from './invariants.js';
import { moveArbitrary, play } from './moves.js';
import type { Move, Stage } from './moves.js';
import { runs, seed } from './runs.js';

let desk: Desk;
let histories = 0;
const shared = { sources: { RU: '', US: '', press: '' } };

beforeAll(async () => {
  desk = await Desk.open();
  const register = async (kind: string, issuers: string[]) =>
    (
      await desk.do(principals.secretariat, 'sources.RegisterSource', null, {
        kind,
        issuers,
        lang: 'en',
        held: false,
        title: kind,
        citation: kind,
      })
    ).id;
  shared.sources = {
    RU: await register('statement', ['RU']),
    US: await register('note', ['US']),
    press: await register('press', []),
  };
});
afterAll(() => desk.close());

async function begin(mutual: boolean): Promise<Stage> {
  histories += 1;
  const opened = await desk.do(principals.secretariat, 'dialogues.OpenDialogue', null, {
    parties: ['RU', 'US'],
    keyPrefix: `SIM${histories}`,
    name: { en: 'Simulated' },
  });
  const irritant = await desk.do(principals.RU, 'irritants.RaiseIrritant', null, {
    dialogueId: opened.id,
    raisers: mutual ? ['RU', 'US'] : ['RU'],
    respondents: mutual ? ['RU', 'US'] : ['US'],
    raisedBasis: 'stated',
    category: 'property',
    title: { en: 'Simulated' },
  });
  const round = await desk.do(principals.RU, 'rounds.ScheduleRound', null, { dialogueId: opened.id });
  return {
    desk,
    dialogueId: opened.id,
    irritantId: irritant.id,
    roundId: round.id,
    exchanges: [],
    ...shared,
  };
}

/** Plays a whole history; what the rules refuse is part of it. */
async function history(moves: readonly Move[], mutual: boolean): Promise<Stage> {
  const stage = await begin(mutual);
  for (const move of moves) {
    try {
      await play(stage, move);
    } catch (error) {
      if (!isProblem(error) || error.kind.status >= 500) throw error;
    }
    if (move.settle) await desk.settled();
  }
  await desk.settled();
  return stage;
}

describe('Histories that both sides make', () => {
  it('keep every invariant, whatever either side does, in whichever order and manner', async () => {
    const property = fc.asyncProperty(
      fc.array(moveArbitrary, { minLength: 4, maxLength: 28 }),
      fc.boolean(),
      async (moves, mutual) => {
        const stage = await history(moves, mutual);
        await asOfIsFoldIsFrame(stage);
        oneSideMovesNothing(stage);
        await amendmentsMoveNothing(stage);
        wordsDecideNothing(stage);
        await consentHasItsSource(stage);
      },
    );
    await fc.assert(property, { numRuns: runs, seed, endOnFailure: false });
  }, 600_000);

  it('in which one side acts alone, in all manners, never get beyond raised', async () => {
    const alone = moveArbitrary.map((move) => ({ ...move, side: 'RU' as const }));
    const property = fc.asyncProperty(
      fc.array(alone, { minLength: 4, maxLength: 28 }),
      fc.boolean(),
      async (moves, mutual) => {
        const stage = await history(
          moves.filter((one) => one.kind !== 'roadmap' && one.kind !== 'breach'),
          mutual,
        );
        oneSideMovesNothing(stage);
      },
    );
    await fc.assert(property, { numRuns: Math.ceil(runs / 4), seed });
  }, 600_000);
});
