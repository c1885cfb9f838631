import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Desk } from '../support/desk.js';
import { aStep } from '../support/roadmap.js';
import { Matter, reason, RU, US } from './matter.js';

let desk: Desk;
let matter: Matter;
let id: string;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  matter = await Matter.open(desk, { joined: [RU, US] });
  const irritantIds = [matter.irritantId];
  id = await matter.begin(RU, 'roadmaps.DraftRoadmap', { irritantIds });
});

async function tables(words: string): Promise<string> {
  const irritantIds = [matter.irritantId];
  const step = aStep({ responsible: 'RU' });
  const texts = { [step.stepId]: { en: words } };
  await desk.do(RU, 'roadmaps.TableRoadmapVersion', id, { irritantIds, steps: [step], texts });
  return matter.lastId(`roadmap-${id}`);
}
const retracts = (target: string) => desk.do(RU, 'roadmaps.RetractEvent', id, { target, reason });
const versions = async () => (await desk.read('roadmaps', id))['versions'];

describe('A version keeps the number by which both know it', () => {
  it('so the first is not taken back from under the second', async () => {
    const first = await tables('Visas are issued.');
    const second = await tables('Visas are issued within a month.');
    await expect(retracts(first)).rejects.toMatchObject({ kind: { code: 'RELIED_UPON' } });
    expect(await versions()).toMatchObject([{ version: 1 }, { version: 2 }]);
    await retracts(second);
    expect(await versions()).toMatchObject([{ version: 1 }]);
  });
});
