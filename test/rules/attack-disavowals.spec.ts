import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
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

async function disavow(slice: string, id: string, target: string): Promise<void> {
  await desk.settled();
  await desk.do(US, `${slice}.DisavowAttribution`, id, { target, ground });
  await desk.settled();
}

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

it('H: a report is under the text whose termination was nobody’s', async () => {
  const id = await mutual();
  await onDebt(RU, id, 'UndertakeCommitment');
  const named = { commitmentId: id, obligor: 'RU', beneficiary: 'US', mode: 'once' };
  const textId = await agreedText({ commitments: [named] });
  await desk.do(secretariat, 'roadmaps.TerminateRoadmap', textId, forUs());
  await desk.settled();
  await onDebt(RU, id, 'ReportFulfilment');
  expect(await matter.present()).toMatchObject({ stage: 'roadmap-agreed' });
  await disavow('roadmaps', textId, await matter.idOf('RoadmapTerminated', `roadmap-${textId}`));
  expect(await desk.read('roadmaps', textId)).toMatchObject({ status: 'agreed' });
  expect(await matter.present()).toMatchObject({ stage: 'in-implementation' });
});

it('I: a round was scheduled under no suspension that its side has taken back', async () => {
  await desk.do(RU, 'dialogues.SuspendDialogue', matter.dialogueId, {});
  const target = await matter.lastId(`dialogue-${matter.dialogueId}`);
  const id = await matter.begin(RU, 'rounds.ScheduleRound');
  await desk.settled();
  await desk.do(RU, 'dialogues.RetractEvent', matter.dialogueId, { target, reason });
  await desk.settled();
  expect(JSON.stringify(await desk.read('rounds', id))).not.toContain('suspendedBy');
});
