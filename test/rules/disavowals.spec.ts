import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Desk, principals } from '../support/desk.js';
import type { Document } from '../support/desk.js';
import { aStep } from '../support/roadmap.js';

const { RU, US, secretariat } = principals;

let desk: Desk;
let dialogueId: string;
let sourceId: string;
let irritantId: string;
let prefixes = 0;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** RU has joined, US has not: what US said is recorded by a secretariat, until US answers for it or joins. */
beforeEach(async () => {
  prefixes += 1;
  const dialogue = { parties: ['RU', 'US'], keyPrefix: `DI${prefixes}`, name: { en: 'Disavowals' } };
  dialogueId = (await desk.do(secretariat, 'dialogues.OpenDialogue', null, dialogue)).id;
  await desk.do(RU, 'dialogues.JoinDialogue', dialogueId, {});
  const source = { dialogueId, kind: 'statement', issuers: ['US'], lang: 'en', held: false };
  const cited = { ...source, title: 'S', citation: 'S' };
  sourceId = (await desk.do(secretariat, 'sources.RegisterSource', null, cited)).id;
  const body = { raisers: ['RU'], respondents: ['US'], raisedBasis: 'stated', category: 'visas' };
  const raised = { dialogueId, ...body, title: { en: 'Visas' } };
  irritantId = (await desk.do(RU, 'irritants.RaiseIrritant', null, raised)).id;
});

const forUs = () => ({ party: 'US', sources: [{ sourceId }] });
const lastOf = async (stream: string, type: string) =>
  (await desk.record.world.events(stream)).findLast(
    (one) => one.type === type && one.act.capacity === 'attributed',
  )?.id;
const present = async (id = irritantId): Promise<Document> => {
  await desk.settled();
  return desk.read('irritants', id);
};
/** What US says of an act in its name; the reason that it gives is that it never said so. */
const answer = async (slice: string, id: string, type: string, how: 'endorses' | 'disavows') => {
  const stream = `${slice.slice(0, -1)}-${id}`;
  const target = await lastOf(stream, type);
  return how === 'endorses'
    ? desk.do(US, `${slice}.EndorseAttribution`, id, { target })
    : desk.do(US, `${slice}.DisavowAttribution`, id, { target, ground: 'not-what-we-said' });
};

async function roadmapAgreed(): Promise<string> {
  const irritantIds = [irritantId];
  const { id } = await desk.do(RU, 'roadmaps.DraftRoadmap', null, { dialogueId, irritantIds });
  const step = aStep();
  const texts = { [step.stepId]: { en: 'Visas are issued.' } };
  const body = { irritantIds, steps: [step], texts };
  const tabled = await desk.do(RU, 'roadmaps.TableRoadmapVersion', id, body);
  const { contentHash } = (tabled['versions'] as { contentHash: string }[])[0]!;
  const assent = { version: 1, contentHash, adReferendum: false };
  await desk.do(secretariat, 'roadmaps.AssentToRoadmap', id, { ...assent, ...forUs() });
  await desk.do(RU, 'roadmaps.AssentToRoadmap', id, assent);
  return id;
}

async function exchangeCovered(): Promise<string> {
  const { id } = await desk.do(RU, 'exchanges.OpenExchange', null, { dialogueId });
  await desk.do(secretariat, 'exchanges.ReportExchange', id, forUs());
  await desk.do(secretariat, 'exchanges.AssertCoverage', id, { irritantId, ...forUs() });
  await desk.do(RU, 'exchanges.AssertCoverage', id, { irritantId });
  return id;
}

describe('What rests on a word that its party disavows', () => {
  it('falls with it: no roadmap is agreed any more, and the stage is what it was', async () => {
    const id = await roadmapAgreed();
    expect(await present()).toMatchObject({ stage: 'roadmap-agreed', basis: 'attributed' });
    await answer('roadmaps', id, 'RoadmapAssentGiven', 'disavows');
    expect(await present()).toMatchObject({ stage: 'raised', basis: 'direct', overlays: [] });
  });

  it('falls with it where notes were exchanged', async () => {
    const id = await exchangeCovered();
    expect(await present()).toMatchObject({ stage: 'in-implementation', basis: 'attributed' });
    await answer('exchanges', id, 'ExchangeReported', 'disavows');
    expect(await present()).toMatchObject({ stage: 'raised', flags: [] });
  });

  it('falls in the irritant itself: an acknowledgement and the consultation that it began', async () => {
    await desk.do(secretariat, 'irritants.AcknowledgeIrritant', irritantId, forUs());
    expect(await present()).toMatchObject({ stage: 'under-consultation', awaiting: [] });
    await answer('irritants', irritantId, 'IrritantAcknowledged', 'disavows');
    expect(await present()).toMatchObject({
      stage: 'raised',
      acknowledgements: [],
      awaiting: [{ what: 'answer-to-raising', from: 'US' }],
    });
  });

  it('falls with a raising: there is no raiser left, and nobody can withdraw it', async () => {
    const raising = { raisers: ['US'], respondents: ['RU'], raisedBasis: 'stated', category: 'debt' };
    const body = { dialogueId, ...raising, ...forUs(), title: { en: 'A debt' } };
    const { id } = await desk.do(secretariat, 'irritants.RaiseIrritant', null, body);
    await desk.do(RU, 'irritants.AcknowledgeIrritant', id, {});
    expect(await present(id)).toMatchObject({ stage: 'under-consultation', raisers: ['US'] });
    await answer('irritants', id, 'IrritantRaised', 'disavows');
    expect(await present(id)).toMatchObject({ stage: 'raised', raisers: [], raised: { party: null } });
    await expect(desk.do(RU, 'irritants.WithdrawIrritant', id, {})).rejects.toMatchObject({
      kind: { code: 'NO_RAISER' },
    });
  });

  it('and what closed the irritant on it: work goes on where it was', async () => {
    await desk.do(RU, 'irritants.ProposeDormancy', irritantId, {});
    await desk.do(secretariat, 'irritants.MakeIrritantDormant', irritantId, forUs());
    expect(await present()).toMatchObject({ stage: 'dormant', basis: 'attributed' });
    await answer('irritants', irritantId, 'IrritantMadeDormant', 'disavows');
    expect(await present()).toMatchObject({ stage: 'raised', dormancy: { party: 'RU' } });
  });
});

describe('What rests on a word that its party endorses', () => {
  it('has a direct basis, in the irritant itself', async () => {
    await desk.do(secretariat, 'irritants.AcknowledgeIrritant', irritantId, forUs());
    expect(await present()).toMatchObject({ stage: 'under-consultation', basis: 'attributed' });
    await answer('irritants', irritantId, 'IrritantAcknowledged', 'endorses');
    expect(await present()).toMatchObject({ stage: 'under-consultation', basis: 'direct' });
  });

  it('has a direct basis once every act in other entries is endorsed', async () => {
    const id = await exchangeCovered();
    const events = await desk.record.world.events(`exchange-${id}`);
    for (const one of events.filter(({ act }) => act.capacity === 'attributed')) {
      expect(await present()).toMatchObject({ basis: 'attributed' });
      await desk.do(US, 'exchanges.EndorseAttribution', id, { target: one.id });
    }
    expect(await present()).toMatchObject({ stage: 'in-implementation', basis: 'direct', flags: [] });
  });
});
