import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk } from '../support/desk.js';
import { Matter, reason, RU, tried, US, words } from './matter.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

describe('RU retracts what it recorded in the name of the US, after the US has made it its own', () => {
  it('a suspension that the US resumes; a position that the US restates', async () => {
    const matter = await Matter.open(desk, { by: RU });
    await matter.act(RU, 'SuspendIrritant', { reason, ...matter.inTheNameOf('US') });
    const target = await matter.idOf('IrritantSuspended');
    await matter.join(US);
    await matter.act(US, 'ResumeIrritant', { reason });
    const outcome = await tried(() => matter.act(RU, 'RetractEvent', { target, reason }));
    expect([
      outcome,
      await matter.isCounted(`irritant-${matter.irritantId}`, 'IrritantResumed', 'US'),
    ]).toEqual(['RELIED_UPON', true]);
  });

  it('terms proposed in the name of the US, which the US withdraws itself', async () => {
    const matter = await Matter.open(desk, { by: RU });
    const { resolutions } = await matter.act(RU, 'ProposeResolution', {
      terms: words,
      ...matter.inTheNameOf('US'),
    });
    const { resolutionId } = (resolutions as { resolutionId: string }[])[0]!;
    const target = await matter.idOf('ResolutionProposed');
    await matter.join(US);
    await matter.act(US, 'WithdrawResolutionProposal', { resolutionId });
    const outcome = await tried(() => matter.act(RU, 'RetractEvent', { target, reason }));
    expect([
      outcome,
      await matter.isCounted(`irritant-${matter.irritantId}`, 'ResolutionProposalWithdrawn', 'US'),
    ]).toEqual(['RELIED_UPON', true]);
  });
});

describe('What a party has acted on itself', () => {
  it('a party that has concluded a review of what was confirmed in its name does not undo the review by denying', async () => {
    const matter = await Matter.open(desk, { joined: [US] });
    const claimId = await matter.understoodForRU();
    expect(await matter.present()).toMatchObject({ stage: 'agreed' });
    await matter.act(US, 'OpenStageReview', { stage: 'under-consultation', reason });
    await matter.act(RU, 'ConcludeStageReview', { stage: 'under-consultation', reason });
    expect(await matter.present()).toMatchObject({ stage: 'under-consultation' });
    const target = await matter.idOf('UnderstandingConfirmed');
    const disavowal = await tried(() =>
      matter.act(RU, 'DisavowAttribution', { target, ground: 'not-what-we-said' }),
    );
    const denial = await tried(() => matter.act(RU, 'DenyUnderstanding', {}, { claimId }));
    const { stage } = await matter.present();
    expect({
      disavowal,
      denial,
      stage,
      us: await matter.isCounted(`irritant-${matter.irritantId}`, 'StageReviewOpened', 'US'),
    }).toEqual({
      disavowal: 'ACTED_UPON',
      denial: 'ACTED_UPON',
      stage: 'under-consultation',
      us: true,
    });
  });
});

describe('what RU recorded in the name of the US before the US joined', () => {
  it('an inspection on which the US rests its own assessment of damage', async () => {
    const matter = await Matter.open(desk, { by: RU });
    const id = await matter.begin(RU, 'assets.RegisterAsset', {
      irritantIds: [matter.irritantId],
      owner: 'US',
      tenure: 'owned',
      holder: 'RU',
      name: words,
    });
    await desk.do(RU, 'assets.RecordInspection', id, { findings: words, ...matter.inTheNameOf('US') });
    const target = await matter.idOf('InspectionConducted', `asset-${id}`);
    await matter.join(US);
    const { inspections } = await desk.read('assets', id);
    const { inspectionId } = (inspections as { inspectionId: string }[])[0]!;
    await desk.do(US, 'assets.AssessDamage', id, { amount: '1000000', currency: 'USD', inspectionId });
    const outcome = await tried(() => desk.do(RU, 'assets.RetractEvent', id, { target, reason }));
    const { damages } = await desk.read('assets', id);
    expect([outcome, (damages as unknown[]).length]).toEqual(['RELIED_UPON', 1]);
  });
});
