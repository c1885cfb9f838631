import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Desk } from '../support/desk.js';
import type { Document } from '../support/desk.js';
import { Matter, RU, secretariat, US } from './matter.js';

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
/** RU and US each owe it to the other. */
async function mutual(over: object = {}): Promise<string> {
  return matter.begin(RU, 'commitments.AssertCommitment', {
    obligors: ['RU', 'US'],
    beneficiaries: ['RU', 'US'],
    mode: 'once',
    irritantIds: [matter.irritantId],
    text: { en: 'Visas are issued.' },
    ...over,
  });
}
const onDebt = (
  who: typeof RU | typeof secretariat,
  id: string,
  command: string,
  body: object = {},
  path: object = {},
) => desk.do(who, `commitments.${command}`, id, { ...(who === secretariat ? forUs() : {}), ...body }, path);
const breachOf = (debt: Document) => (debt['allegations'] as { breachId: string }[]).at(-1)!.breachId;

/** A version of a roadmap that RU tables, on which both agree, US by what the secretariat says. */
async function agreeOn(id: string, body: object = {}): Promise<void> {
  const irritantIds = [matter.irritantId];
  versions += 1;
  const tabling = { irritantIds, steps: [], texts: { preamble: { en: `Text ${versions}.` } }, ...body };
  const tabled = await desk.do(RU, 'roadmaps.TableRoadmapVersion', id, tabling);
  const { version, contentHash } = (tabled['versions'] as { version: number; contentHash: string }[]).at(-1)!;
  const assent = { version, contentHash, adReferendum: false };
  await desk.do(RU, 'roadmaps.AssentToRoadmap', id, assent);
  await desk.do(secretariat, 'roadmaps.AssentToRoadmap', id, { ...assent, ...forUs() });
  await desk.settled();
}
let versions = 0;
async function agreedText(body: object = {}): Promise<string> {
  const id = await matter.begin(RU, 'roadmaps.DraftRoadmap', { irritantIds: [matter.irritantId] });
  await agreeOn(id, body);
  return id;
}

describe('After a disavowal the overlay of a breach is that of the commitment', () => {
  it('open again, where its withdrawal was nobody’s, though a side had waived before it was alleged', async () => {
    const id = await mutual();
    await onDebt(RU, id, 'UndertakeCommitment');
    await onDebt(secretariat, id, 'UndertakeCommitment');
    await onDebt(RU, id, 'WaiveCommitment');
    const breachId = breachOf(await onDebt(secretariat, id, 'AllegeBreach'));
    await onDebt(secretariat, id, 'WithdrawBreach', {}, { breachId });
    await matter.disavow(US, 'commitments', id, await matter.idOf('BreachWithdrawn', `commitment-${id}`));
    expect(await desk.read('commitments', id)).toMatchObject({ breachOpen: true });
    expect((await matter.present())['overlays']).toEqual(['breach-alleged']);
  });

  it('closed, where both allegations were withdrawn and the first was nobody’s', async () => {
    const id = await mutual();
    await onDebt(RU, id, 'UndertakeCommitment');
    await onDebt(secretariat, id, 'UndertakeCommitment');
    const first = breachOf(await onDebt(secretariat, id, 'AllegeBreach'));
    const second = breachOf(await onDebt(RU, id, 'AllegeBreach'));
    await onDebt(secretariat, id, 'WithdrawBreach', {}, { breachId: first });
    await onDebt(RU, id, 'WithdrawBreach', {}, { breachId: second });
    expect((await matter.present())['overlays']).toEqual([]);
    const target = (await matter.events(`commitment-${id}`)).find((one) => one.type === 'BreachAlleged')!.id;
    await matter.disavow(US, 'commitments', id, target);
    expect(await desk.read('commitments', id)).toMatchObject({ breachOpen: false });
    expect((await matter.present())['overlays']).toEqual([]);
  });

  it('closed, where the allegation left open rested on a text to which US had not assented', async () => {
    const id = await mutual();
    await onDebt(secretariat, id, 'UndertakeCommitment');
    const named = { commitmentId: id, obligor: 'RU', beneficiary: 'US', mode: 'once' };
    const textId = await agreedText({ commitments: [named] });
    const own = breachOf(await onDebt(RU, id, 'AllegeBreach'));
    await onDebt(secretariat, id, 'AllegeBreach');
    await onDebt(RU, id, 'WithdrawBreach', {}, { breachId: own });
    expect((await matter.present())['overlays']).toEqual(['breach-alleged']);
    await matter.disavow(
      US,
      'roadmaps',
      textId,
      await matter.idOf('RoadmapAssentGiven', `roadmap-${textId}`),
    );
    expect(await desk.read('commitments', id)).toMatchObject({ breachOpen: false });
    expect((await matter.present())['overlays']).toEqual([]);
  });
});

describe('After a disavowed waiver a commitment is in force by what the text says now', () => {
  async function refusedByWaiver() {
    const id = await mutual();
    await onDebt(secretariat, id, 'UndertakeCommitment');
    await onDebt(secretariat, id, 'WaiveCommitment');
    const named = { commitmentId: id, obligor: 'RU', beneficiary: 'US', mode: 'once' };
    const textId = await agreedText({ commitments: [named] });
    expect(await desk.read('commitments', id)).toMatchObject({
      inForceFor: ['US'],
      flags: [{ code: 'commitment-ended' }],
    });
    return { id, textId };
  }

  it('not by a version in whose place both have agreed another', async () => {
    const { id, textId } = await refusedByWaiver();
    await agreeOn(textId);
    await matter.disavow(US, 'commitments', id, await matter.idOf('CommitmentWaived', `commitment-${id}`));
    expect(await desk.read('commitments', id)).toMatchObject({ inForceFor: ['US'], agreedFor: [] });
  });

  it('not by a text that was terminated since', async () => {
    const { id, textId } = await refusedByWaiver();
    await desk.do(RU, 'roadmaps.TerminateRoadmap', textId, {});
    await matter.disavow(US, 'commitments', id, await matter.idOf('CommitmentWaived', `commitment-${id}`));
    expect(await desk.read('commitments', id)).toMatchObject({ inForceFor: ['US'], agreedFor: [] });
  });
});

describe('After a party’s own word against one in its name', () => {
  it('a report that a party disputes itself began no implementation by what was acknowledged in its name', async () => {
    const basis = { kind: 'roadmap', id: await agreedText() };
    const id = await mutual({ obligors: ['RU'], beneficiaries: ['US'], mode: 'continuous', basis });
    await onDebt(RU, id, 'UndertakeCommitment');
    const reported = await onDebt(RU, id, 'ReportFulfilment');
    const [{ reportId }] = reported['reports'] as [{ reportId: string }];
    await onDebt(secretariat, id, 'AcknowledgeFulfilment', { reportId });
    expect(await matter.present()).toMatchObject({ stage: 'in-implementation' });
    await matter.join(US);
    await desk.do(US, 'commitments.DisputeFulfilment', id, { reportId });
    await desk.settled();
    expect(await matter.present()).toMatchObject({ stage: 'roadmap-agreed' });
  });
});
