import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal } from '../../src/platform/principal.js';
import { SimulatedRecord } from '../simulation/record.js';
import type { Desk, Document } from '../support/desk.js';
import { Matter, RU, secretariat, US } from './matter.js';

let record: SimulatedRecord;
let desk: Desk;
let matter: Matter;
/** The irritants of the dialogue; the first is the matter's own. */
let ids: string[];

beforeAll(async () => {
  record = await SimulatedRecord.open();
  desk = record.desk;
});
afterAll(() => record.close());
beforeEach(async () => {
  matter = await Matter.open(desk, { joined: [RU] });
  ids = [matter.irritantId];
});

const forUs = () => matter.inTheNameOf('US');
const terms = { en: 'Settled by the notes.' };

async function raise(count: number): Promise<void> {
  while (ids.length < count) {
    ids.push(
      await matter.begin(RU, 'irritants.RaiseIrritant', {
        raisers: ['RU'],
        respondents: ['US'],
        raisedBasis: 'stated',
        category: 'visas',
        title: { en: `Matter ${ids.length}` },
      }),
    );
  }
}

const on = (index: number) => ids[index] ?? '';
const say = (who: Principal, index: number, command: string, body: object = {}, path: object = {}) =>
  desk.do(who, `irritants.${command}`, on(index), body, path);

/** RU asserts it, and US accepts it by what the secretariat records. */
async function link(first: number, second: number, condition = 'together'): Promise<string> {
  const asserted = await say(RU, first, 'AssertLinkage', { irritantId: on(second), condition });
  const linkages = asserted['linkages'] as { direction: string; linkageId: string }[];
  const linkageId = linkages.findLast((one) => one.direction === 'outgoing')?.linkageId ?? '';
  await say(secretariat, first, 'AcceptLinkage', forUs(), { linkageId });
  await record.settle();
  return linkageId;
}

async function accept(index: number): Promise<Document> {
  const proposed = await say(RU, index, 'ProposeResolution', { terms });
  const { resolutionId, termsHash } = (
    proposed['resolutions'] as { resolutionId: string; termsHash: string }[]
  ).at(-1)!;
  return say(secretariat, index, 'AcceptResolution', { resolutionId, termsHash, ...forUs() });
}

async function letRest(index: number): Promise<void> {
  await say(RU, index, 'ProposeDormancy');
  await say(secretariat, index, 'MakeIrritantDormant', forUs());
}

async function disavow(index: number, type: string): Promise<void> {
  const target = await matter.idOf(type, `irritant-${on(index)}`);
  await record.settle();
  await desk.do(US, 'irritants.DisavowAttribution', on(index), { target, ground: 'not-what-we-said' });
}

async function stages(): Promise<string[]> {
  await record.settle();
  const all = await Promise.all(ids.map((id) => desk.read('irritants', id)));
  return all.map(({ stage, overlays }) =>
    (overlays as string[]).includes('conditional') ? `${String(stage)}, conditional` : String(stage),
  );
}
const waiting = 'raised, conditional';

describe('What falls with a disavowed word', () => {
  it('all that took effect together, where one acceptance of it falls, however far it is linked', async () => {
    await raise(4);
    await link(0, 1);
    await link(1, 2);
    await link(3, 2);
    for (const index of ids.keys()) await accept(index);
    expect(await stages()).toEqual(['resolved', 'resolved', 'resolved', 'resolved']);
    await disavow(3, 'ResolutionAccepted');
    expect(await stages()).toEqual([waiting, waiting, waiting, 'raised']);
    await accept(3);
    expect(await stages()).toEqual(['resolved', 'resolved', 'resolved', 'resolved']);
  });

  it('the effect of an acceptance whose condition a disavowed closing had lifted', async () => {
    await raise(2);
    await link(0, 1, 'precedes');
    await accept(1);
    await letRest(0);
    expect(await stages()).toEqual(['dormant', 'resolved']);
    await disavow(0, 'IrritantMadeDormant');
    expect(await stages()).toEqual(['raised', waiting]);
    expect(await desk.read('irritants', on(1))).toMatchObject({
      flags: [],
      resolutions: [{ state: 'conditional', conditions: [{ on: on(0) }] }],
    });
    await accept(0);
    expect(await stages()).toEqual(['resolved', 'resolved']);
  });

  it('the condition, where the acceptance of the linkage falls: what waited for nothing else takes effect', async () => {
    await raise(2);
    await link(0, 1);
    await accept(1);
    expect(await stages()).toEqual(['raised', waiting]);
    await disavow(0, 'LinkageAccepted');
    expect(await stages()).toEqual(['raised', 'resolved']);
  });

  it('not what is in effect, where the linkage falls afterwards', async () => {
    await raise(2);
    await link(0, 1);
    await accept(0);
    await accept(1);
    await disavow(0, 'LinkageAccepted');
    expect(await stages()).toEqual(['resolved', 'resolved']);
  });

  it('a withdrawal of the acceptance: it stands on its condition again', async () => {
    await raise(2);
    await link(0, 1);
    const accepted = await accept(0);
    const { resolutionId } = (accepted['resolutions'] as { resolutionId: string }[])[0]!;
    await say(secretariat, 0, 'WithdrawResolutionAcceptance', { resolutionId, ...forUs() });
    await accept(1);
    expect(await stages()).toEqual(['raised', waiting]);
    await disavow(0, 'ResolutionAcceptanceWithdrawn');
    expect(await stages()).toEqual(['resolved', 'resolved']);
  });
});

describe('What is closed otherwise while an acceptance is conditional', () => {
  it('waits for nothing any more, and after its reopening the terms are accepted anew', async () => {
    await raise(2);
    await link(0, 1);
    await accept(0);
    await say(RU, 0, 'WithdrawIrritant');
    expect(await stages()).toEqual(['withdrawn', 'raised']);
    const { milestones } = await desk.read('irritants', on(0));
    const closingEventId = (milestones as { eventId: string }[]).at(-1)?.eventId;
    await say(RU, 0, 'ReopenIrritant', { closingEventId, reason: terms });
    await accept(1);
    expect(await stages()).toEqual(['raised', waiting]);
  });
});

describe('What is recorded once', () => {
  it('stays so, though every consequence is drawn again from the whole record', async () => {
    await raise(3);
    await link(0, 1);
    await link(2, 1, 'precedes');
    for (const index of ids.keys()) await accept(index);
    await record.settle();
    const head = await desk.record.store.head();
    await record.repeatAfter(-1, 2);
    expect(await desk.record.store.head()).toBe(head);
    expect(await stages()).toEqual(['resolved', 'resolved', 'resolved']);
  });
});
