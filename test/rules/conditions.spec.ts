import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SimulatedRecord } from '../simulation/record.js';
import type { Desk, Document } from '../support/desk.js';
import { LinkedMatters } from './linked-matters.js';
import { Matter, RU, secretariat, US } from './matter.js';

let record: SimulatedRecord;
let desk: Desk;
let matter: Matter;
let linked: LinkedMatters;

beforeAll(async () => {
  record = await SimulatedRecord.open();
  desk = record.desk;
});
afterAll(() => record.close());
beforeEach(async () => {
  matter = await Matter.open(desk, { joined: [RU] });
  linked = new LinkedMatters(record, matter);
});

const forUs = () => matter.inTheNameOf('US');
const terms = { en: 'Settled by the notes.' };

async function accept(index: number): Promise<Document> {
  const proposed = await linked.say(RU, index, 'ProposeResolution', { terms });
  const { resolutionId, termsHash } = (
    proposed['resolutions'] as { resolutionId: string; termsHash: string }[]
  ).at(-1)!;
  return linked.say(secretariat, index, 'AcceptResolution', { resolutionId, termsHash, ...forUs() });
}

async function disavow(index: number, type: string): Promise<void> {
  const target = await matter.idOf(type, `irritant-${linked.on(index)}`);
  await record.settle();
  await desk.do(US, 'irritants.DisavowAttribution', linked.on(index), { target, ground: 'not-what-we-said' });
}

const waiting = 'raised, conditional';

describe('What falls with a disavowed word', () => {
  it('all that took effect together, where one acceptance of it falls, however far it is linked', async () => {
    await linked.raise(4);
    await linked.link(0, 1);
    await linked.link(1, 2);
    await linked.link(3, 2);
    for (const index of linked.ids.keys()) await accept(index);
    expect(await linked.stages()).toEqual(['resolved', 'resolved', 'resolved', 'resolved']);
    await disavow(3, 'ResolutionAccepted');
    expect(await linked.stages()).toEqual([waiting, waiting, waiting, 'raised']);
    await accept(3);
    expect(await linked.stages()).toEqual(['resolved', 'resolved', 'resolved', 'resolved']);
  });

  it('the effect of an acceptance whose condition a disavowed closing had lifted', async () => {
    await linked.raise(2);
    await linked.link(0, 1, 'precedes');
    await accept(1);
    await linked.letRest(0);
    expect(await linked.stages()).toEqual(['dormant', 'resolved']);
    await disavow(0, 'IrritantMadeDormant');
    expect(await linked.stages()).toEqual(['raised', waiting]);
    expect(await desk.read('irritants', linked.on(1))).toMatchObject({
      flags: [],
      resolutions: [{ state: 'conditional', conditions: [{ on: linked.on(0) }] }],
    });
    await accept(0);
    expect(await linked.stages()).toEqual(['resolved', 'resolved']);
  });

  it('the condition, where the acceptance of the linkage falls: what waited for nothing else takes effect', async () => {
    await linked.raise(2);
    await linked.link(0, 1);
    await accept(1);
    expect(await linked.stages()).toEqual(['raised', waiting]);
    await disavow(0, 'LinkageAccepted');
    expect(await linked.stages()).toEqual(['raised', 'resolved']);
  });

  it('a resolution that waited for nothing, for a closing that is disavowed stood before it', async () => {
    for (const condition of ['precedes', 'together']) {
      const [first, later] = [linked.ids.length, linked.ids.length + 1];
      await linked.raise(later + 1);
      await linked.link(first, later, condition);
      await linked.letRest(first);
      await accept(later);
      expect((await linked.stages()).slice(first)).toEqual(['dormant', 'resolved']);
      await disavow(first, 'IrritantMadeDormant');
      expect((await linked.stages()).slice(first)).toEqual(['raised', waiting]);
      await accept(first);
      expect((await linked.stages()).slice(first)).toEqual(['resolved', 'resolved']);
    }
  });

  it('a resolution for which the end of a linkage made way, where one side did not release it', async () => {
    await linked.raise(2);
    for (const isAcceptedFirst of [true, false]) {
      const [first, second] = [linked.ids.length, linked.ids.length + 1];
      await linked.raise(second + 1);
      const linkageId = await linked.link(first, second);
      if (isAcceptedFirst) await accept(first);
      await linked.say(RU, first, 'ReleaseLinkage', {}, { linkageId });
      await linked.say(secretariat, first, 'ReleaseLinkage', forUs(), { linkageId });
      await record.settle();
      if (!isAcceptedFirst) await accept(first);
      expect((await linked.stages()).slice(first)).toEqual(['resolved', 'raised']);
      await disavow(first, 'LinkageReleased');
      expect((await linked.stages()).slice(first)).toEqual([waiting, 'raised']);
    }
  });

  it('a resolution that a side has accepted itself, where the one that went together with it falls', async () => {
    await linked.raise(2);
    await linked.link(0, 1);
    const terms = await Promise.all([accept(0), accept(1)]);
    expect(await linked.stages()).toEqual(['resolved', 'resolved']);
    await matter.join(US);
    const own = (index: number) => {
      const { resolutionId, termsHash } = (
        terms[index]!['resolutions'] as { resolutionId: string; termsHash: string }[]
      )[0]!;
      return linked.say(US, index, 'AcceptResolution', { resolutionId, termsHash });
    };
    expect(await own(0)).toMatchObject({ stage: 'resolved', basis: 'attributed' });
    await disavow(1, 'ResolutionAccepted');
    expect(await linked.stages()).toEqual([waiting, 'raised']);
    await own(1);
    expect(await linked.stages()).toEqual(['resolved', 'resolved']);
  });

  it('not what is in effect, where the linkage falls afterwards', async () => {
    await linked.raise(2);
    await linked.link(0, 1);
    await accept(0);
    await accept(1);
    await disavow(0, 'LinkageAccepted');
    expect(await linked.stages()).toEqual(['resolved', 'resolved']);
  });

  it('a withdrawal of the acceptance: it stands on its condition again', async () => {
    await linked.raise(2);
    await linked.link(0, 1);
    const accepted = await accept(0);
    const { resolutionId } = (accepted['resolutions'] as { resolutionId: string }[])[0]!;
    await linked.say(secretariat, 0, 'WithdrawResolutionAcceptance', { resolutionId, ...forUs() });
    await accept(1);
    expect(await linked.stages()).toEqual(['raised', waiting]);
    await disavow(0, 'ResolutionAcceptanceWithdrawn');
    expect(await linked.stages()).toEqual(['resolved', 'resolved']);
  });
});

describe('What is closed otherwise while an acceptance is conditional', () => {
  it('waits for nothing any more, and after its reopening the terms are accepted anew', async () => {
    await linked.raise(2);
    await linked.link(0, 1);
    await accept(0);
    await linked.say(RU, 0, 'WithdrawIrritant');
    expect(await linked.stages()).toEqual(['withdrawn', 'raised']);
    const { milestones } = await desk.read('irritants', linked.on(0));
    const closingEventId = (milestones as { eventId: string }[]).at(-1)?.eventId;
    await linked.say(RU, 0, 'ReopenIrritant', { closingEventId, reason: terms });
    await accept(1);
    expect(await linked.stages()).toEqual(['raised', waiting]);
  });
});

describe('An acceptance that is disavowed before its effect is drawn', () => {
  it('has no effect, in what the record keeps as in the whole stream, and the other one waits', async () => {
    await linked.raise(2);
    await linked.link(0, 1);
    await accept(0);
    await record.settle();
    await accept(1);
    const target = await matter.idOf('ResolutionAccepted', `irritant-${linked.on(1)}`);
    await linked.say(US, 1, 'DisavowAttribution', { target, ground: 'not-what-we-said' });
    expect(await linked.stages()).toEqual([waiting, 'raised']);
    expect(await matter.types(`irritant-${linked.on(1)}`)).not.toContain('IrritantResolved');
    await accept(1);
    expect(await linked.stages()).toEqual(['resolved', 'resolved']);
  });
});

describe('An acceptance on a condition', () => {
  it('takes effect where a side itself rejects the linkage that was accepted in its name', async () => {
    await linked.raise(2);
    const linkageId = await linked.link(0, 1);
    await accept(0);
    await accept(1);
    await linked.raise(4);
    const other = await linked.link(2, 3);
    await accept(3);
    expect(linkageId).not.toBe(other);
    await matter.join(US);
    await linked.say(US, 2, 'RejectLinkage', {}, { linkageId: other });
    expect(await linked.stages()).toEqual(['resolved', 'resolved', 'raised', 'resolved']);
  });

  it('once taken back is accepted anew or not at all: its withdrawal is not retracted', async () => {
    await linked.raise(2);
    await linked.link(0, 1);
    await matter.join(US);
    const accepting = async (index: number) => {
      const { resolutions } = await linked.say(RU, index, 'ProposeResolution', { terms });
      const { resolutionId, termsHash } = (resolutions as { resolutionId: string; termsHash: string }[]).at(
        -1,
      )!;
      await linked.say(US, index, 'AcceptResolution', { resolutionId, termsHash });
      return resolutionId;
    };
    const resolutionId = await accepting(0);
    await linked.say(US, 0, 'WithdrawResolutionAcceptance', { resolutionId });
    await accepting(1);
    const target = await matter.idOf('ResolutionAcceptanceWithdrawn', `irritant-${linked.on(0)}`);
    await expect(linked.say(US, 0, 'RetractEvent', { target, reason: terms })).rejects.toMatchObject({
      detail: expect.stringContaining('accept the terms anew'),
    });
    expect(await linked.stages()).toEqual(['raised', waiting]);
  });
});

describe('What is recorded once', () => {
  it('stays so, though every consequence is drawn again from the whole record', async () => {
    await linked.raise(3);
    await linked.link(0, 1);
    await linked.link(2, 1, 'precedes');
    for (const index of linked.ids.keys()) await accept(index);
    await record.settle();
    const head = await desk.record.store.head();
    await record.repeatAfter(-1, 2);
    expect(await desk.record.store.head()).toBe(head);
    expect(await linked.stages()).toEqual(['resolved', 'resolved', 'resolved']);
  });
});
