import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '#libs/problem-details';
import type { Query } from '../../src/platform/http/query.js';
import type { Principal } from '../../src/platform/record/principal.js';
import { Readings } from '../../src/reading/readings.js';
import { Desk, principals } from '../support/desk.js';
import { momentOfNow } from '../support/moment.js';
import { pastHistories } from './runs.js';

const { RU, US } = principals;
const words = { en: 'Words.' };

/** What the two sides do to a few irritants; what the rules refuse is left out of the history. */
const acts = {
  raise: (desk: Desk, who: Principal, _: string, dialogueId: string) =>
    desk.do(who, 'irritants.RaiseIrritant', null, {
      dialogueId,
      raisers: [who.party],
      respondents: [who.party === 'RU' ? 'US' : 'RU'],
      raisedBasis: 'stated',
      category: who.party === 'RU' ? 'visas' : 'travel',
      title: words,
    }),
  join: (desk: Desk, who: Principal, id: string) => desk.do(who, 'irritants.CoRaiseIrritant', id, {}),
  acknowledge: (desk: Desk, who: Principal, id: string) =>
    desk.do(who, 'irritants.AcknowledgeIrritant', id, {}),
  contest: (desk: Desk, who: Principal, id: string) => desk.do(who, 'irritants.ContestIrritant', id, {}),
  state: (desk: Desk, who: Principal, id: string) =>
    desk.do(who, 'irritants.StatePosition', id, { stance: 'contests', text: words }),
  withdraw: (desk: Desk, who: Principal, id: string) => desk.do(who, 'irritants.WithdrawIrritant', id, {}),
  reopen: (desk: Desk, who: Principal, id: string) =>
    desk.do(who, 'irritants.ReopenIrritant', id, { reason: words }),
  retract: async (desk: Desk, who: Principal, id: string) => {
    const [, ...later] = desk.record.projections.record.ofStream(`irritant-${id}`);
    const target = later.at(-1)?.event.id ?? 'none';
    return desk.do(who, 'irritants.RetractEvent', id, { target, reason: words });
  },
} as const;

const history = fc.array(
  fc.record({
    what: fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[])),
    who: fc.constantFrom(RU, US),
    which: fc.nat(),
  }),
  { minLength: 12, maxLength: 24 },
);

const narrowings: readonly Query[] = [
  { stage: 'raised' },
  { stage: 'under-consultation', sort: 'createdAt' },
  { stage: 'withdrawn', sort: 'updatedAt' },
  { raiser: 'US', sort: '-createdAt' },
  { category: 'visas', raiser: 'US' },
  { overlay: 'suspended,part-resolved' },
  { stage: 'withdrawn,raised', respondent: 'US' },
  { open: 'true', sort: 'updatedAt' },
  { awaiting: 'US', sort: 'createdAt' },
];

/** All pages of a list, two entries at a time. */
async function pagesOf(desk: Desk, query: Query): Promise<readonly unknown[]> {
  const irritants = desk.record.registry.get('irritants');
  const items: unknown[] = [];
  for (let cursor: string | undefined; ;) {
    const page = { ...query, limit: '2', ...(cursor === undefined ? {} : { cursor }) };
    const { items: shown, next, asOf } = await Readings.over(desk.record, page, 'all').list(irritants);
    items.push(...shown);
    if (next === undefined || asOf === null) return items;
    cursor = next;
  }
}

async function holds(steps: readonly { what: keyof typeof acts; who: Principal; which: number }[]) {
  const desk = await Desk.open();
  try {
    const opened = { parties: ['RU', 'US'], keyPrefix: 'PAST', name: words };
    const dialogue = (await desk.do(RU, 'dialogues.OpenDialogue', null, opened)).id;
    await desk.do(US, 'dialogues.JoinDialogue', dialogue, {});
    const ids = [(await acts.raise(desk, RU, '', dialogue)).id];
    await desk.settled();
    const answered: { query: Query; items: readonly unknown[] }[] = [];
    let [since, instant] = [momentOfNow(desk.record), desk.clock.iso()];
    for (const [at, { what, who, which }] of steps.entries()) {
      try {
        const { id } = await acts[what](desk, who, ids[which % ids.length] ?? '', dialogue);
        if (!ids.includes(id)) ids.push(id);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        continue;
      }
      await desk.settled();
      const knownAt = momentOfNow(desk.record);
      const asked = [
        ...narrowings,
        {},
        { dialogue, sort: 'updatedAt' },
        { since },
        { updatedSince: instant },
      ];
      asked.push({ since, sort: 'createdAt' }, { updatedSince: instant, sort: '-createdAt', raiser: 'RU' });
      for (const query of asked)
        answered.push({ query: { ...query, knownAt }, items: await pagesOf(desk, query) });
      if (at % 3 === 0) [since, instant] = [knownAt, desk.clock.iso()];
    }
    for (const { query, items } of answered)
      expect([query, await pagesOf(desk, query)]).toEqual([query, items]);
  } finally {
    await desk.close();
  }
}

it('a list as of a moment is the list that was given at it, with every filter, in every order, page by page', async () => {
  await fc.assert(fc.asyncProperty(history, holds), {
    seed: 20_251_129,
    numRuns: pastHistories,
    endOnFailure: true,
  });
});
