import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal } from '../../src/platform/record/principal.js';
import { SimulatedRecord } from '../simulation/record.js';
import type { Desk, Document } from '../support/desk.js';
import { aStep } from '../support/roadmap.js';
import { LinkedMatters } from './linked-matters.js';
import { Matter, reason, RU, secretariat, US, words } from './matter.js';

let record: SimulatedRecord;
let desk: Desk;
let matter: Matter;
let linked: LinkedMatters;
/** The terms last proposed on each. */
let terms: { resolutionId: string; termsHash: string }[];

beforeAll(async () => {
  record = await SimulatedRecord.open();
  desk = record.desk;
});
afterAll(() => record.close());
beforeEach(async () => {
  matter = await Matter.open(desk, { joined: [RU] });
  linked = new LinkedMatters(record, matter);
  terms = [];
});

const forUs = () => matter.inTheNameOf('US');
/** RU proposes terms, and US accepts them by what the secretariat records. */
async function accept(index: number): Promise<void> {
  const { resolutions } = await linked.say(RU, index, 'ProposeResolution', { terms: words });
  terms[index] = (resolutions as typeof terms).at(-1)!;
  const { resolutionId, termsHash } = terms[index];
  await linked.say(secretariat, index, 'AcceptResolution', { resolutionId, termsHash, ...forUs() });
  await record.settle();
}
const reject = (index: number): Promise<Document> =>
  linked.say(US, index, 'RejectResolution', { resolutionId: terms[index]?.resolutionId });

async function reopen(index: number, closing: string): Promise<void> {
  await record.settle();
  const closingEventId = await matter.idOf(closing, linked.inStream(index));
  await linked.say(RU, index, 'ReopenIrritant', { closingEventId, reason });
}

const waiting = 'raised, conditional';

describe('Where a party itself rejects the terms that were accepted in its name', () => {
  it('nothing was accepted, and all that took effect together falls, however far it is linked', async () => {
    await linked.raise(4);
    await linked.link(0, 1);
    await linked.link(1, 2);
    await linked.link(3, 2);
    for (const index of linked.ids.keys()) await accept(index);
    expect(await linked.stages()).toEqual(['resolved', 'resolved', 'resolved', 'resolved']);
    await matter.join(US);
    expect(await reject(3)).toMatchObject({ stage: 'raised', resolutions: [{ state: 'rejected' }] });
    expect(await linked.stages()).toEqual([waiting, waiting, waiting, 'raised']);
    expect((await matter.types(linked.inStream(3))).slice(-2)).toEqual([
      'ResolutionRejected',
      'AttributionContradicted',
    ]);
    expect((await matter.types(linked.inStream(0))).slice(-2)).toContain('MilestoneLifted');
  });

  it('what came later falls with what was to precede it, and takes effect once that is closed otherwise', async () => {
    await linked.raise(3);
    await linked.link(0, 1, 'precedes');
    await linked.link(1, 2, 'precedes');
    for (const index of [2, 1, 0]) await accept(index);
    expect(await linked.stages()).toEqual(['resolved', 'resolved', 'resolved']);
    await matter.join(US);
    await reject(0);
    expect(await linked.stages()).toEqual(['raised', waiting, waiting]);
    await linked.say(RU, 0, 'WithdrawIrritant');
    expect(await linked.stages()).toEqual(['withdrawn', 'resolved', 'resolved']);
  });

  it('a condition that this closing had lifted stands again', async () => {
    await linked.raise(3);
    await linked.link(0, 2, 'precedes');
    await linked.link(1, 2, 'precedes');
    await accept(2);
    await accept(0);
    expect(await desk.read('irritants', linked.ids[2]!)).toMatchObject({
      resolutions: [{ conditions: [{ on: linked.ids[1] }] }],
    });
    await matter.join(US);
    await reject(0);
    expect(await linked.stages()).toEqual(['raised', 'raised', waiting]);
    expect(await desk.read('irritants', linked.ids[2]!)).toMatchObject({
      flags: [],
      resolutions: [{ conditions: [{ on: linked.ids[0] }, { on: linked.ids[1] }] }],
    });
  });

  it('what was closed otherwise stays closed, and so does what took effect by another closing', async () => {
    await linked.raise(4);
    await linked.link(0, 1);
    await linked.link(2, 3, 'precedes');
    await accept(0);
    await linked.letRest(1);
    await accept(3);
    await linked.letRest(2);
    expect(await linked.stages()).toEqual(['resolved', 'dormant', 'dormant', 'resolved']);
    await reopen(2, 'IrritantMadeDormant');
    await accept(2);
    expect(await linked.stages()).toEqual(['resolved', 'dormant', 'resolved', 'resolved']);
    await matter.join(US);
    await reject(0);
    await reject(2);
    expect(await linked.stages()).toEqual(['raised', 'dormant', 'raised', 'resolved']);
  });

  it('what that had kept from coming about comes about', async () => {
    const irritantIds = [matter.irritantId];
    const id = await matter.begin(RU, 'roadmaps.DraftRoadmap', { irritantIds });
    const step = aStep({ responsible: 'RU' });
    const texts = { [step.stepId]: words };
    const tabled = await desk.do(RU, 'roadmaps.TableRoadmapVersion', id, {
      ...{ irritantIds, steps: [{ ...step, mandatory: false }], texts },
    });
    await accept(0);
    const { contentHash } = (tabled['versions'] as { contentHash: string }[])[0]!;
    const assent = { version: 1, contentHash, adReferendum: false };
    await desk.do(RU, 'roadmaps.AssentToRoadmap', id, assent);
    await desk.do(secretariat, 'roadmaps.AssentToRoadmap', id, { ...assent, ...forUs() });
    expect(await linked.stages()).toEqual(['resolved']);
    await matter.join(US);
    await reject(0);
    expect(await linked.stages()).toEqual(['roadmap-agreed']);
    expect(await matter.present()).toMatchObject({ flags: [] });
  });

  it('only while they are in force: what was reopened since it disavows', async () => {
    await accept(0);
    await reopen(0, 'IrritantResolved');
    await matter.join(US);
    await expect(reject(0)).rejects.toThrow('RESOLUTION_NOT_OPEN');
  });

  it('the rejection is not taken back, and a review of both that makes it void restores all', async () => {
    await linked.raise(2);
    await linked.link(0, 1);
    await accept(0);
    await accept(1);
    await matter.join(US);
    await reject(1);
    const target = await matter.idOf('ResolutionRejected', linked.inStream(1));
    await expect(linked.say(US, 1, 'RetractEvent', { target, reason })).rejects.toThrow('RELIED_UPON');
    await linked.say(US, 1, 'RepudiateAct', { target });
    await linked.say(RU, 1, 'ConcludeActReview', { target, outcome: 'void' });
    expect(await linked.stages()).toEqual([waiting, 'raised']);
    await linked.say(US, 1, 'ConcludeActReview', { target, outcome: 'void' });
    expect(await linked.stages()).toEqual(['resolved', 'resolved']);
  });

  it('stays so, though every consequence is drawn again from the whole record', async () => {
    await linked.raise(3);
    await linked.link(0, 1);
    await linked.link(1, 2, 'precedes');
    for (const index of [2, 1, 0]) await accept(index);
    await matter.join(US);
    await reject(0);
    const before = await linked.stages();
    const head = await desk.record.store.head();
    await record.repeatAfter(-1, 2);
    expect(await desk.record.store.head()).toBe(head);
    expect(await linked.stages()).toEqual(before);
    expect(before).toEqual(['raised', waiting, waiting]);
  });
});

describe('Where a party itself says otherwise of a claim that was confirmed in its name', () => {
  const confirm = (who: Principal, claimId: string, mode: string) =>
    matter.act(
      who,
      'ConfirmUnderstanding',
      { mode, ...(mode === 'same-text' ? {} : { text: words }), ...(who === US ? {} : forUs()) },
      { claimId },
    );

  it('denied is also what was confirmed in part, with what had followed from that', async () => {
    const claimId = await matter.claim(RU);
    await confirm(secretariat, claimId, 'partial');
    await matter.act(secretariat, 'DenyUnderstanding', forUs(), { claimId });
    expect(await matter.present()).toMatchObject({
      stage: 'under-consultation',
      claims: [{ state: 'partly-confirmed' }],
    });
    await matter.join(US);
    await matter.act(US, 'DenyUnderstanding', {}, { claimId });
    expect(await matter.present()).toMatchObject({ stage: 'raised', claims: [{ state: 'denied' }] });
  });

  it('of what it confirms in part alone, nothing follows but that both have answered each other', async () => {
    const claimId = await matter.claim(RU);
    expect(await confirm(secretariat, claimId, 'same-text')).toMatchObject({ stage: 'roadmap-in-principle' });
    await matter.join(US);
    expect(await confirm(US, claimId, 'partial')).toMatchObject({
      stage: 'under-consultation',
      basis: 'direct',
    });
  });

  it('an agreement that it confirms in other words is no agreement on the same text', async () => {
    const claimId = await matter.claim(RU, 'agreement');
    expect(await confirm(secretariat, claimId, 'same-text')).toMatchObject({ stage: 'agreed' });
    await matter.join(US);
    expect(await confirm(US, claimId, 'own-words')).toMatchObject({
      stage: 'under-consultation',
      claims: [{ state: 'confirmed' }],
    });
  });
});
