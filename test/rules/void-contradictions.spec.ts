import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SimulatedRecord } from '../simulation/record.js';
import { US } from './matter.js';
import { Scene } from './own-words-scene.js';
import { onIrritants } from './own-words-irritants.js';
import { onProposals } from './own-words-texts.js';
import { onRoadmaps } from './own-words-roadmaps.js';
import { onDebts } from './own-words-debts.js';
import { onRounds } from './own-words-rounds.js';

let record: SimulatedRecord;
let scene: Scene;
beforeAll(async () => {
  record = await SimulatedRecord.open();
});
afterAll(() => record.close());
beforeEach(async () => {
  scene = await Scene.set(record);
});

/** What is taken back has dropped out itself where the other side had answered it. */
const takesItselfOut = (says: string) =>
  /^withdraws (a claim|a claim on the talks as a whole|terms) that/.test(says);
const contraries = [...onIrritants, ...onProposals, ...onRoadmaps, ...onDebts, ...onRounds].filter(
  ({ stages, says }) => stages !== undefined && !takesItselfOut(says),
);

describe('Where both find that it was not the US that spoke, what was said in its name counts as before: the US', () => {
  it.each(contraries)('$says', async ({ ground, inItsName, answered, own, stages }) => {
    await ground?.(scene);
    for (const one of inItsName(scene)) await scene.inTheNameOfUs(one);
    await answered?.(scene);
    await scene.matter.join(US);
    const before = (await scene.matter.events(scene.stream)).length;
    await scene.us(own(scene));
    expect(await scene.stage()).toBe(stages?.[1]);
    const events = (await scene.matter.events(scene.stream)).slice(before);
    const target = events.find(({ act }) => act.party === 'US' && act.capacity === 'direct')?.id;
    await scene.us(['RepudiateAct', { target }]);
    await scene.ru(['ConcludeActReview', { target, outcome: 'void' }]);
    await scene.us(['ConcludeActReview', { target, outcome: 'void' }]);
    expect(await scene.stage()).toBe(stages?.[0]);
  });
});
