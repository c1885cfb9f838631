import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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

async function disavow(type: string): Promise<void> {
  const target = await matter.idOf(type);
  await matter.act(US, 'DisavowAttribution', { target, ground });
}

/** RU proposes it, and US lets it rest and takes it up again by what the secretariat says. */
async function takenUpAgain(): Promise<void> {
  await matter.act(RU, 'ProposeDormancy');
  await matter.act(secretariat, 'MakeIrritantDormant', forUs());
  const closingEventId = await matter.idOf('IrritantMadeDormant');
  await matter.act(secretariat, 'ReopenIrritant', { closingEventId, reason, ...forUs() });
}

describe('Where a reopening drops out', () => {
  it('the matter is closed as it was, and what its raiser has withdrawn since stays withdrawn', async () => {
    await takenUpAgain();
    await matter.act(RU, 'WithdrawIrritant');
    expect(await matter.present()).toMatchObject({ stage: 'withdrawn' });
    await disavow('IrritantReopened');
    expect(await matter.present()).toMatchObject({ stage: 'dormant' });
    await disavow('IrritantMadeDormant');
    expect(await matter.present()).toMatchObject({ stage: 'withdrawn', basis: 'direct' });
  });

  it('the matter is closed as it was, whoever took up again what was withdrawn after it', async () => {
    await takenUpAgain();
    await matter.act(RU, 'WithdrawIrritant');
    const closingEventId = await matter.idOf('IrritantWithdrawn');
    await matter.act(RU, 'ReopenIrritant', { closingEventId, reason });
    await matter.act(RU, 'SuspendIrritant', { reason });
    expect(await matter.present()).toMatchObject({ stage: 'raised', overlays: ['suspended'] });
    const [first] = (await matter.events()).filter((one) => one.type === 'IrritantReopened');
    await matter.act(US, 'DisavowAttribution', { target: first?.id, ground });
    expect(await matter.present()).toMatchObject({ stage: 'dormant', overlays: [], reopenings: [] });
    await disavow('IrritantMadeDormant');
    expect(await matter.present()).toMatchObject({ stage: 'raised', reopenings: [{ closed: 'withdrawn' }] });
  });

  it('a claim that its party has taken back since stays taken back', async () => {
    const claimId = await matter.claim(RU);
    await takenUpAgain();
    await matter.act(RU, 'WithdrawUnderstandingClaim', {}, { claimId });
    await disavow('IrritantReopened');
    expect(await matter.present()).toMatchObject({ stage: 'dormant', claims: [{ state: 'withdrawn' }] });
  });
});

describe('With each step of an agreed roadmap', () => {
  const [one, two] = ['01960b3a-0000-7000-8000-0000000000a1', '01960b3a-0000-7000-8000-0000000000a2'];
  let id: string;
  const start = (stepId: string) => desk.do(RU, 'roadmaps.StartStep', id, {}, { stepId });
  const begun = async () => (await matter.types()).filter((type) => type === 'ImplementationBegan').length;

  beforeEach(async () => {
    await matter.join(US);
    const irritantIds = [matter.irritantId];
    id = await matter.begin(RU, 'roadmaps.DraftRoadmap', { irritantIds });
    const steps = [one, two].map((stepId) => ({ stepId, responsible: 'RU', after: [], mandatory: false }));
    const texts = { [one]: reason, [two]: reason };
    const tabled = await desk.do(RU, 'roadmaps.TableRoadmapVersion', id, { irritantIds, steps, texts });
    const [first] = tabled['versions'] as { version: number; contentHash: string }[];
    const assent = { version: first?.version, contentHash: first?.contentHash, adReferendum: false };
    for (const who of [RU, US]) await desk.do(who, 'roadmaps.AssentToRoadmap', id, assent);
    await start(one);
    await matter.present();
  });

  it('implementation begins anew where what was resolved is reopened', async () => {
    expect(await begun()).toBe(1);
    const { resolutions } = await matter.act(RU, 'ProposeResolution', { terms: reason });
    const [terms] = resolutions as { resolutionId: string; termsHash: string }[];
    const accepted = { resolutionId: terms?.resolutionId, termsHash: terms?.termsHash };
    await matter.act(US, 'AcceptResolution', accepted);
    const closingEventId = await matter.idOf('IrritantResolved');
    await matter.act(US, 'ReopenIrritant', { closingEventId, reason });
    expect(await matter.present()).toMatchObject({ stage: 'under-consultation' });
    await start(two);
    expect(await matter.present()).toMatchObject({ stage: 'in-implementation', flags: [] });
    expect(await begun()).toBe(2);
  });

  it('implementation begins no second time while it goes on', async () => {
    await start(two);
    expect(await matter.present()).toMatchObject({ stage: 'in-implementation', flags: [] });
    expect(await begun()).toBe(1);
  });
});
