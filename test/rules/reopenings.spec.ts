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
