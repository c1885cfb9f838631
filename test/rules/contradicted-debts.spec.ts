import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
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
