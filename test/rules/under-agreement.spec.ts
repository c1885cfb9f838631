import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal } from '../../src/platform/record/principal.js';
import { Desk } from '../support/desk.js';
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

/** A text of RU on which both agree, US by what the secretariat records. */
async function agreedText(body: object = {}): Promise<string> {
  const irritantIds = [matter.irritantId];
  const id = await matter.begin(RU, 'roadmaps.DraftRoadmap', { irritantIds });
  await agreeOn(id, { irritantIds, ...body });
  return id;
}
async function agreeOn(id: string, body: object): Promise<void> {
  const texts = { preamble: { en: JSON.stringify(body) } };
  const tabled = await desk.do(RU, 'roadmaps.TableRoadmapVersion', id, { steps: [], texts, ...body });
  const { version, contentHash } = (tabled['versions'] as { version: number; contentHash: string }[]).at(-1)!;
  const assent = { version, contentHash, adReferendum: false };
  await desk.do(RU, 'roadmaps.AssentToRoadmap', id, assent);
  await desk.do(secretariat, 'roadmaps.AssentToRoadmap', id, { ...assent, ...forUs() });
  await desk.settled();
}
/** RU owes it to US, by its own word. */
async function owed(who: Principal, over: object = {}): Promise<string> {
  const id = await matter.begin(who, 'commitments.AssertCommitment', {
    obligors: ['RU'],
    beneficiaries: ['US'],
    mode: 'continuous',
    irritantIds: [matter.irritantId],
    text: { en: 'Visas are issued.' },
    ...(who === RU ? {} : forUs()),
    ...over,
  });
  await desk.do(RU, 'commitments.UndertakeCommitment', id, {});
  return id;
}
async function report(id: string): Promise<void> {
  await desk.do(RU, 'commitments.ReportFulfilment', id, {});
  await desk.settled();
}
/** By what the secretariat records in the name of US. */
async function terminate(textId: string): Promise<void> {
  await desk.do(secretariat, 'roadmaps.TerminateRoadmap', textId, forUs());
  await desk.settled();
}
async function disavow(textId: string, type: string): Promise<void> {
  await matter.disavow(US, 'roadmaps', textId, await matter.idOf(type, `roadmap-${textId}`));
}
const stage = async () => (await matter.present())['stage'];

describe('What was reported while a text was terminated in the name of a side that disavows that begins implementation', () => {
  it('where the text names the commitment', async () => {
    const id = await owed(RU);
    const named = { commitmentId: id, obligor: 'RU', beneficiary: 'US', mode: 'continuous' };
    const textId = await agreedText({ commitments: [named] });
    await terminate(textId);
    await report(id);
    expect(await stage()).toBe('roadmap-agreed');
    await disavow(textId, 'RoadmapTerminated');
    expect(await stage()).toBe('in-implementation');
  });

  it('where both sides have put the commitment under the text', async () => {
    const textId = await agreedText();
    const id = await owed(secretariat, { basis: { kind: 'roadmap', id: textId } });
    await terminate(textId);
    await report(id);
    expect(await stage()).toBe('roadmap-agreed');
    await disavow(textId, 'RoadmapTerminated');
    expect(await stage()).toBe('in-implementation');
  });

  it('where the acknowledgement is the other half', async () => {
    const textId = await agreedText();
    const id = await owed(RU, { basis: { kind: 'roadmap', id: textId } });
    await terminate(textId);
    await report(id);
    await desk.do(secretariat, 'commitments.AcknowledgeFulfilment', id, forUs());
    expect(await stage()).toBe('roadmap-agreed');
    await disavow(textId, 'RoadmapTerminated');
    expect(await stage()).toBe('in-implementation');
    // It rests on that acknowledgement, and falls with it.
    const target = await matter.idOf('FulfilmentAcknowledged', `commitment-${id}`);
    await matter.disavow(US, 'commitments', id, target);
    expect(await stage()).toBe('roadmap-agreed');
  });

  it('and not where RU has terminated it by its own word before', async () => {
    const textId = await agreedText();
    const id = await owed(secretariat, { basis: { kind: 'roadmap', id: textId } });
    await terminate(textId);
    const target = await matter.idOf('RoadmapTerminated', `roadmap-${textId}`);
    await desk.do(RU, 'roadmaps.TerminateRoadmap', textId, {});
    await report(id);
    await matter.disavow(US, 'roadmaps', textId, target);
    expect(await stage()).toBe('roadmap-agreed');
  });

  it('which stays so where RU terminates it afterwards', async () => {
    const textId = await agreedText();
    const id = await owed(secretariat, { basis: { kind: 'roadmap', id: textId } });
    await terminate(textId);
    await report(id);
    const target = await matter.idOf('RoadmapTerminated', `roadmap-${textId}`);
    await desk.do(RU, 'roadmaps.TerminateRoadmap', textId, {});
    await matter.disavow(US, 'roadmaps', textId, target);
    expect(await stage()).toBe('in-implementation');
  });
});

describe('What was reported while a version was agreed in the name of a side that disavows that', () => {
  let other: string;
  beforeEach(async () => {
    other = await matter.begin(RU, 'irritants.RaiseIrritant', {
      raisers: ['RU'],
      respondents: ['US'],
      raisedBasis: 'stated',
      category: 'banking',
      title: { en: 'Banking' },
    });
  });
  /** Versions of one text that are about both matters or about the other one, and a report under the last of them. */
  async function reportedUnder(...versions: readonly ('both' | 'other')[]): Promise<string> {
    const ofBoth = { irritantIds: [matter.irritantId, other] };
    const textId = await matter.begin(RU, 'roadmaps.DraftRoadmap', ofBoth);
    for (const [index, one] of versions.entries()) {
      const texts = { preamble: { en: `Version ${index}.` } };
      await agreeOn(textId, { ...(one === 'both' ? ofBoth : { irritantIds: [other] }), texts });
    }
    await report(await owed(secretariat, { basis: { kind: 'roadmap', id: textId } }));
    return textId;
  }
  /** The assent of US to that version, as it was recorded in its name. */
  async function disavowAssent(textId: string, version: number): Promise<void> {
    const events = await matter.events(`roadmap-${textId}`);
    const assents = events.filter((one) => one.type === 'RoadmapAssentGiven' && one.act.party === 'US');
    await matter.disavow(US, 'roadmaps', textId, assents[version - 1]?.id ?? '');
  }

  it('is under the version before it, of a matter that this one was about', async () => {
    const textId = await reportedUnder('both', 'other');
    expect(await stage()).toBe('roadmap-agreed');
    await disavowAssent(textId, 2);
    expect(await stage()).toBe('in-implementation');
  });

  it('is so again, where it had been under a version that fell as well', async () => {
    const textId = await reportedUnder('both', 'other', 'both', 'other');
    expect(await stage()).toBe('roadmap-agreed');
    await disavowAssent(textId, 4);
    expect(await stage()).toBe('in-implementation');
    await disavowAssent(textId, 3);
    expect(await stage()).toBe('roadmap-agreed');
    await disavowAssent(textId, 2);
    expect(await stage()).toBe('in-implementation');
    await disavowAssent(textId, 1);
    expect(await stage()).toBe('raised');
  });

  it('is so though it had been under a later version from the first', async () => {
    const textId = await reportedUnder('both', 'other', 'both');
    expect(await stage()).toBe('in-implementation');
    await disavowAssent(textId, 3);
    expect(await stage()).toBe('roadmap-agreed');
    await disavowAssent(textId, 2);
    expect(await stage()).toBe('in-implementation');
  });
});
