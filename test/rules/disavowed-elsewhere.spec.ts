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
const banking = {
  raisers: ['RU'],
  respondents: ['US'],
  raisedBasis: 'stated',
  category: 'banking',
  title: { en: 'Banking' },
};

it('an irritant is linked to nothing that names it no more', async () => {
  const id = await matter.begin(RU, 'exchanges.OpenExchange');
  const covers = { irritantId: matter.irritantId };
  await desk.do(secretariat, 'exchanges.AssertCoverage', id, { ...covers, ...forUs() });
  await desk.settled();
  const theirs = await matter.lastId(`exchange-${id}`);
  await desk.do(RU, 'exchanges.AssertCoverage', id, covers);
  await desk.settled();
  const own = await matter.lastId(`exchange-${id}`);
  await matter.disavow(US, 'exchanges', id, theirs);
  await desk.do(RU, 'exchanges.RetractEvent', id, { target: own, reason });
  expect((await matter.present())['instruments']).toEqual([]);
});

it('consultation has begun on what was raised before both had said that the round was held, where the earlier account was nobody’s', async () => {
  const id = await matter.begin(RU, 'rounds.ScheduleRound');
  const account = { voice: 'party', sourceId: matter.statements.US, lang: 'en', rendering: 'official' };
  await desk.do(secretariat, 'rounds.PublishAccount', id, { ...account, ...forUs() });
  const target = await matter.lastId(`round-${id}`);
  const irritantId = await matter.begin(RU, 'irritants.RaiseIrritant', banking);
  await desk.do(RU, 'rounds.DiscussAgendaItem', id, { irritantId });
  await desk.do(secretariat, 'rounds.ConcludeRound', id, { startsAt: '2025-04-10', ...forUs() });
  await desk.do(RU, 'rounds.ConfirmRoundHeld', id, {});
  await desk.settled();
  expect(await desk.read('irritants', irritantId)).toMatchObject({ stage: 'raised' });
  await matter.disavow(US, 'rounds', id, target);
  expect(await desk.read('rounds', id)).toMatchObject({ accounts: [] });
  expect(await desk.read('irritants', irritantId)).toMatchObject({ stage: 'under-consultation' });
});

it('a retraction begins no consultation, and leaves none out that would have begun without it', async () => {
  const id = await matter.begin(RU, 'rounds.ScheduleRound');
  const account = { voice: 'party', sourceId: matter.statements.RU, lang: 'en', rendering: 'official' };
  await desk.do(RU, 'rounds.PublishAccount', id, account);
  const target = await matter.lastId(`round-${id}`);
  const irritantId = await matter.begin(RU, 'irritants.RaiseIrritant', banking);
  await desk.do(RU, 'rounds.DiscussAgendaItem', id, { irritantId });
  await desk.do(RU, 'rounds.ConcludeRound', id, { startsAt: '2025-04-10' });
  await desk.do(secretariat, 'rounds.ConfirmRoundHeld', id, forUs());
  await desk.settled();
  expect(await desk.read('irritants', irritantId)).toMatchObject({ stage: 'raised' });
  // Without the account, consultation would have begun: so it is relied upon.
  await expect(desk.do(RU, 'rounds.RetractEvent', id, { target, reason })).rejects.toThrow('RELIED_UPON');
});
