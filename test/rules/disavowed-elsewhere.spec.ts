import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Desk } from '../support/desk.js';
import { Matter, reason, RU, secretariat, US } from './matter.js';

let desk: Desk;
let matter: Matter;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  matter = await Matter.open(desk, { joined: [RU] });
});

const forUs = () => matter.inTheNameOf('US');
const ground = 'not-what-we-said';

async function disavow(slice: string, id: string, target: string): Promise<void> {
  await desk.settled();
  await desk.do(US, `${slice}.DisavowAttribution`, id, { target, ground });
  await desk.settled();
}

it('an irritant is linked to nothing that names it no more', async () => {
  const id = await matter.begin(RU, 'exchanges.OpenExchange');
  const covers = { irritantId: matter.irritantId };
  await desk.do(secretariat, 'exchanges.AssertCoverage', id, { ...covers, ...forUs() });
  await desk.settled();
  const theirs = await matter.lastId(`exchange-${id}`);
  await desk.do(RU, 'exchanges.AssertCoverage', id, covers);
  await desk.settled();
  const own = await matter.lastId(`exchange-${id}`);
  await disavow('exchanges', id, theirs);
  await desk.do(RU, 'exchanges.RetractEvent', id, { target: own, reason });
  expect((await matter.present())['instruments']).toEqual([]);
});
