import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Readings } from '../../src/reading/readings.js';
import { search } from '../../src/reading/search.js';
import { Desk, principals } from '../support/desk.js';
import { explaining } from '../support/plans.js';

const { RU, US } = principals;
let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

it('An excerpt is made of the shortest wording of an entry that has the words, and no other is read', async () => {
  const opened = { parties: ['RU', 'US'], keyPrefix: 'EXC', name: { en: 'Talks' } };
  const dialogueId = (await desk.do(RU, 'dialogues.OpenDialogue', null, opened)).id;
  await desk.do(US, 'dialogues.JoinDialogue', dialogueId, {});
  for (const title of ['First', 'Second']) {
    const about = { raisers: ['RU'], respondents: ['US'], raisedBasis: 'stated', category: 'visas' };
    const irritant = { dialogueId, ...about, title: { en: title } };
    const { id } = await desk.do(RU, 'irritants.RaiseIrritant', null, irritant);
    for (const words of ['Nothing of it.', 'Couriers wait.', 'Couriers still wait.', 'Couriers left.']) {
      const position = { stance: 'contests', text: { en: `${title}: ${words}` } };
      await desk.do(US, 'irritants.StatePosition', id, position);
    }
  }
  await desk.settled();
  const { record, given } = explaining(desk.record);
  const { items } = await Readings.over(record, { q: 'couriers', dialogue: dialogueId }, 'all').search();
  expect(items.map(({ excerpt }) => excerpt.map(({ text }) => text).join(''))).toEqual([
    'Second: Couriers left.',
    'First: Couriers left.',
  ]);
  expect(given.filter(({ sql }) => sql.includes('AS wording')).map(({ rows }) => rows)).toEqual([2]);
});

it('What is looked for may be as long as a query may be, also where few characters stand for many', async () => {
  const words = '\u3316'.repeat(100);
  const { id } = await desk.do(RU, 'dialogues.OpenDialogue', null, {
    parties: ['RU', 'US'],
    keyPrefix: 'KM',
    name: { en: words },
  });
  await desk.settled();
  const readings = Readings.over(desk.record, { q: words }, 'all');
  for (const fewMax of [0, 1_000]) {
    const { items } = await search(readings, { q: words }, { fewMax });
    expect(items.map((one) => one.id)).toEqual([id]);
  }
});
