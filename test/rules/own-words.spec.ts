import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { standingsIn } from '../../src/platform/record/dropping.js';
import { slices } from '../../src/slices.js';
import { SimulatedRecord } from '../simulation/record.js';
import type { Document } from '../support/desk.js';
import { tried, US } from './matter.js';
import { Scene } from './own-words-scene.js';
import { onIrritants } from './own-words-irritants.js';
import { onProposals } from './own-words-texts.js';
import { onRoadmaps } from './own-words-roadmaps.js';
import { onDebts } from './own-words-debts.js';
import { onRounds } from './own-words-rounds.js';

const contraries = [...onIrritants, ...onProposals, ...onRoadmaps, ...onDebts, ...onRounds];

let record: SimulatedRecord;
let scene: Scene;
beforeAll(async () => {
  record = await SimulatedRecord.open();
});
afterAll(() => record.close());
beforeEach(async () => {
  scene = await Scene.set(record);
});

/** What RU has said and what counts of it. */
async function countedOfRu(): Promise<readonly string[]> {
  const events = await scene.matter.events(scene.stream);
  const { dropped } = standingsIn(events);
  return events.filter((one) => one.act.party === 'RU' && !dropped.has(one.id)).map((one) => one.type);
}

const beside = ({ revision: _, updatedAt: __, ...shown }: Document): object => shown;

it('Each word of a party that others in its name stand against is told here, with each of those', async () => {
  const told = new Set<string>();
  for (const { ground, inItsName, answered, own } of contraries) {
    const one = await Scene.set(record);
    await ground?.(one);
    for (const said of inItsName(one)) await one.inTheNameOfUs(said);
    await answered?.(one);
    const events = await one.matter.events(one.stream);
    const inName = events.filter(({ act }) => act.party === 'US' && act.capacity === 'attributed');
    for (const { type } of inName) told.add(`${one.slice}.${own(one)[0]}, not ${type}`);
  }
  const declared = slices.flatMap(({ name, commands }) =>
    Object.entries(commands).flatMap(([command, { contradicts = [] }]) =>
      contradicts.map((type) => `${name}.${command}, not ${type}`),
    ),
  );
  expect(declared.filter((one) => !told.has(one))).toEqual([]);
});

describe('A party is not held to what was recorded in its name: once it has joined, the US', () => {
  it.each(contraries)('$says', async ({ ground, inItsName, answered, own, shows, stages }) => {
    await ground?.(scene);
    for (const one of inItsName(scene)) await scene.inTheNameOfUs(one);
    await answered?.(scene);
    if (stages !== undefined) expect(await scene.stage()).toBe(stages[0]);
    await scene.matter.join(US);
    const before = await scene.shown();
    const after = await scene.us(own(scene));
    expect(after.revision).toBeGreaterThan(before.revision);
    expect(after).toMatchObject(shows);
    if (stages !== undefined) expect(await scene.stage()).toBe(stages[1]);
  });
});

describe('What is recorded in its name afterwards does not go back on what a party has said itself: the US', () => {
  const first = contraries.filter((one) => one.isFirst);
  it.each(first)('$says, and that word comes first', async ({ ground, inItsName, own }) => {
    await ground?.(scene);
    await scene.inTheNameOfUs(own(scene));
    await scene.endorse();
    await record.settle();
    const [said, stage, ofRu] = [beside(await scene.shown()), await scene.stage(), await countedOfRu()];
    for (const one of inItsName(scene)) await tried(() => scene.inTheNameOfUs(one));
    expect(await scene.stage()).toBe(stage);
    expect(await countedOfRu()).toEqual(ofRu);
    expect(beside(await scene.shown())).toEqual(said);
  });
});
