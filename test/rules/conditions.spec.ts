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

  it('a resolution that waited for nothing, for a closing that is disavowed stood before it', async () => {
    for (const condition of ['precedes', 'together']) {
      const [first, later] = [ids.length, ids.length + 1];
      await raise(later + 1);
      await link(first, later, condition);
      await letRest(first);
      await accept(later);
      expect((await stages()).slice(first)).toEqual(['dormant', 'resolved']);
      await disavow(first, 'IrritantMadeDormant');
      expect((await stages()).slice(first)).toEqual(['raised', waiting]);
      await accept(first);
      expect((await stages()).slice(first)).toEqual(['resolved', 'resolved']);
    }
  });

  it('a resolution for which the end of a linkage made way, where one side did not release it', async () => {
    await raise(2);
    for (const isAcceptedFirst of [true, false]) {
      const [first, second] = [ids.length, ids.length + 1];
      await raise(second + 1);
      const linkageId = await link(first, second);
      if (isAcceptedFirst) await accept(first);
      await say(RU, first, 'ReleaseLinkage', {}, { linkageId });
      await say(secretariat, first, 'ReleaseLinkage', forUs(), { linkageId });
      await record.settle();
      if (!isAcceptedFirst) await accept(first);
      expect((await stages()).slice(first)).toEqual(['resolved', 'raised']);
      await disavow(first, 'LinkageReleased');
      expect((await stages()).slice(first)).toEqual([waiting, 'raised']);
    }
  });

  it('a resolution that a side has accepted itself, where the one that went together with it falls', async () => {
    await raise(2);
    await link(0, 1);
    const terms = await Promise.all([accept(0), accept(1)]);
    expect(await stages()).toEqual(['resolved', 'resolved']);
    await matter.join(US);
    const own = (index: number) => {
      const { resolutionId, termsHash } = (
        terms[index]!['resolutions'] as { resolutionId: string; termsHash: string }[]
      )[0]!;
      return say(US, index, 'AcceptResolution', { resolutionId, termsHash });
    };
    expect(await own(0)).toMatchObject({ stage: 'resolved', basis: 'attributed' });
    await disavow(1, 'ResolutionAccepted');
    expect(await stages()).toEqual([waiting, 'raised']);
    await own(1);
    expect(await stages()).toEqual(['resolved', 'resolved']);
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

describe('An acceptance that is disavowed before its effect is drawn', () => {
  it('has no effect, in what the record keeps as in the whole stream, and the other one waits', async () => {
    await raise(2);
    await link(0, 1);
    await accept(0);
    await record.settle();
    await accept(1);
    const target = await matter.idOf('ResolutionAccepted', `irritant-${on(1)}`);
    await say(US, 1, 'DisavowAttribution', { target, ground: 'not-what-we-said' });
    expect(await stages()).toEqual([waiting, 'raised']);
    expect(await matter.types(`irritant-${on(1)}`)).not.toContain('IrritantResolved');
    await accept(1);
    expect(await stages()).toEqual(['resolved', 'resolved']);
  });
});

describe('An acceptance on a condition', () => {
  it('takes effect where a side itself rejects the linkage that was accepted in its name', async () => {
    await raise(2);
    const linkageId = await link(0, 1);
    await accept(0);
    await accept(1);
    await raise(4);
    const other = await link(2, 3);
    await accept(3);
    expect(linkageId).not.toBe(other);
    await matter.join(US);
    await say(US, 2, 'RejectLinkage', {}, { linkageId: other });
    expect(await stages()).toEqual(['resolved', 'resolved', 'raised', 'resolved']);
  });

  it('once taken back is accepted anew or not at all: its withdrawal is not retracted', async () => {
    await raise(2);
    await link(0, 1);
    await matter.join(US);
    const accepting = async (index: number) => {
      const { resolutions } = await say(RU, index, 'ProposeResolution', { terms });
      const { resolutionId, termsHash } = (resolutions as { resolutionId: string; termsHash: string }[]).at(
        -1,
      )!;
      await say(US, index, 'AcceptResolution', { resolutionId, termsHash });
      return resolutionId;
    };
    const resolutionId = await accepting(0);
    await say(US, 0, 'WithdrawResolutionAcceptance', { resolutionId });
    await accepting(1);
    const target = await matter.idOf('ResolutionAcceptanceWithdrawn', `irritant-${on(0)}`);
    await expect(say(US, 0, 'RetractEvent', { target, reason: terms })).rejects.toMatchObject({
      detail: expect.stringContaining('accept the terms anew'),
    });
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
