import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Desk, principals } from '../support/desk.js';
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

async function raise(sides: { raisers: string[]; respondents: string[] }): Promise<string> {
  const body = { dialogueId, ...sides, raisedBasis: 'stated', category: 'visas', title: { en: 'Visas' } };
  return (await desk.do(RU, 'irritants.RaiseIrritant', null, body)).id;
}

beforeEach(async () => {
  prefixes += 1;
  const dialogue = { parties: ['RU', 'US'], keyPrefix: `DI${prefixes}`, name: { en: 'Disavowals' } };
  dialogueId = (await desk.do(RU, 'dialogues.OpenDialogue', null, dialogue)).id;
  const source = { kind: 'statement', issuers: ['US'], lang: 'en', held: false, title: 'S', citation: 'S' };
  sourceId = (await desk.do(secretariat, 'sources.RegisterSource', null, source)).id;
  irritantId = await raise({ raisers: ['RU'], respondents: ['US'] });
});

const forUs = () => ({ party: 'US', sources: [{ sourceId }] });
const typesOf = async (stream: string) => (await desk.record.world.events(stream)).map((one) => one.type);
const present = async (id = irritantId) => {
  await desk.settled();
  return desk.read('irritants', id);
};

/** US disavows what was recorded last there, and both sides put the stage back. */
async function disavowed(stream: string, stage: string): Promise<void> {
  const eventId = (await desk.record.world.events(stream)).at(-1)?.id;
  await desk.settled();
  await desk.do(US, 'irritants.DisavowAttribution', irritantId, { eventId });
  for (const side of [RU, US]) await desk.do(side, 'irritants.ConcludeStageReview', irritantId, { stage });
}

describe('A word that its party has disavowed', () => {
  it('agrees no roadmap for the irritant when the other side assents; the party’s own assent does', async () => {
    const irritantIds = [irritantId];
    const { id } = await desk.do(RU, 'roadmaps.DraftRoadmap', null, { dialogueId, irritantIds });
    const step = aStep();
    const texts = { [step.stepId]: { en: 'Visas are issued.' } };
    const tabled = await desk.do(RU, 'roadmaps.TableRoadmapVersion', id, {
      irritantIds,
      steps: [step],
      texts,
    });
    const { contentHash } = (tabled['versions'] as { contentHash: string }[])[0]!;
    const assent = { version: 1, contentHash, adReferendum: false };
    await desk.do(secretariat, 'roadmaps.AssentToRoadmap', id, { ...assent, ...forUs() });
    await disavowed(`roadmap-${id}`, 'raised');

    await desk.do(RU, 'roadmaps.AssentToRoadmap', id, assent);
    const refused = { kind: 'consequence-refused', policy: 'agree-roadmap', code: 'act-disavowed' };
    expect(await present()).toMatchObject({
      stage: 'raised',
      overlays: [],
      flags: [{ kind: 'attribution-disavowed' }, refused],
    });
    expect(await typesOf(`irritant-${irritantId}`)).not.toContain('RoadmapAgreed');

    await desk.do(US, 'roadmaps.AssentToRoadmap', id, assent);
    expect(await present()).toMatchObject({ stage: 'roadmap-agreed', basis: 'direct' });
  });

  it('begins no implementation by an exchange; the party’s own word that it covers the irritant does', async () => {
    const { id } = await desk.do(RU, 'exchanges.OpenExchange', null, { dialogueId });
    await desk.do(US, 'exchanges.ReportExchange', id, {});
    await desk.do(secretariat, 'exchanges.AssertCoverage', id, { irritantId, ...forUs() });
    await disavowed(`exchange-${id}`, 'raised');

    await desk.do(RU, 'exchanges.AssertCoverage', id, { irritantId });
    expect(await present()).toMatchObject({ stage: 'raised', overlays: [] });
    expect((await typesOf(`irritant-${irritantId}`)).at(-1)).toBe('ConsequenceRefused');

    await desk.do(US, 'exchanges.AssertCoverage', id, { irritantId });
    expect(await present()).toMatchObject({ stage: 'in-implementation', basis: 'direct' });
  });

  it('is not counted among the withdrawals, but stays in sight with its mark; each raiser withdraws itself', async () => {
    const sides = ['RU', 'US'];
    irritantId = await raise({ raisers: sides, respondents: sides });
    await desk.do(secretariat, 'irritants.WithdrawIrritant', irritantId, forUs());
    const eventId = (await desk.record.world.events(`irritant-${irritantId}`)).at(-1)?.id;
    await desk.do(US, 'irritants.DisavowAttribution', irritantId, { eventId });

    await desk.do(RU, 'irritants.WithdrawIrritant', irritantId, {});
    const open = await present(irritantId);
    expect(open).toMatchObject({
      stage: 'raised',
      withdrawals: [
        { party: 'US', disavowed: true },
        { party: 'RU', capacity: 'direct' },
      ],
    });
    expect(open['awaiting']).toContainEqual(expect.objectContaining({ what: 'withdrawal', from: 'US' }));

    await desk.do(US, 'irritants.WithdrawIrritant', irritantId, {});
    expect(await present(irritantId)).toMatchObject({ stage: 'withdrawn', basis: 'direct' });
  });
});
