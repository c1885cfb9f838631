import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Desk } from '../support/desk.js';
import {
  agreementsAreOfBoth,
  assentsOfTheOtherStand,
  nothingJointIsUndone,
  ownWordsStand,
  retractionsMoveNothingElse,
} from './text-reading.js';
import { attempt, movesOn, openings, talksOn } from './text-talks.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** The same histories in each run, so that what fails is what changed. */
const settings = { seed: 20_250_410, numRuns: 100 };

describe.each(['proposals', 'roadmaps'] as const)('Whatever happens to one of the %s', (slice) => {
  it('no side undoes what the other has said, or what both have agreed on', async () => {
    const reached = new Set<string>();
    const tabler = fc.constantFrom<'RU' | 'US'>('RU', 'US');
    const opening = fc.constantFrom(...Object.values(openings));
    await fc.assert(
      fc.asyncProperty(tabler, opening, movesOn(slice), async (first, opened, moves) => {
        const talks = await talksOn(desk, slice, first);
        for (const move of [...opened, ...moves]) {
          const step = await attempt(talks, move);
          if (step === undefined) continue;
          for (const one of step.after.events.slice(step.before.events.length)) reached.add(one.type);
          assentsOfTheOtherStand(step);
          agreementsAreOfBoth(step, talks);
          nothingJointIsUndone(step);
          retractionsMoveNothingElse(step);
          ownWordsStand(step);
        }
      }),
      settings,
    );
    const agreed = slice === 'proposals' ? 'ProposalAgreed' : 'RoadmapVersionAgreed';
    const own = slice === 'proposals' ? ['ProposalTerminated'] : ['StepAccepted', 'StepRejected'];
    const amended = ['EventRetracted', 'AttributionEndorsed', 'AttributionDisavowed'];
    expect([...reached]).toEqual(expect.arrayContaining([agreed, ...amended, ...own]));
  });
});
