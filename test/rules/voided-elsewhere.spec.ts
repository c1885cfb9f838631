import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal } from '../../src/platform/record/principal.js';
import { Desk } from '../support/desk.js';
import { Matter, RU, secretariat, US, words } from './matter.js';

let desk: Desk;
let matter: Matter;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** US says that it was not its own act, and both conclude that it is void. */
const foundVoid = async (slice: string, id: string, target: string) => {
  await desk.do(US, `${slice}.RepudiateAct`, id, { target });
  for (const who of [US, RU])
    await desk.do(who, `${slice}.ConcludeActReview`, id, { target, outcome: 'void' });
  await desk.settled();
};
/** The last act of US by its own word there. */
const ownOf = async (stream: string, type: string) =>
  (await matter.events(stream)).findLast((one) => one.type === type && one.act.party === 'US')?.id ?? '';

describe('In other entries it is as if a stolen key of US had not answered for the text agreed in its name', () => {
  let id: string;
  let target: string;
  const answered = async (command: string, body: object = {}) => {
    await desk.do(US, `proposals.${command}`, id, { target, ...body });
    await desk.settled();
  };
  const shown = async () => {
    const { stage, basis, milestones, instruments } = await matter.present();
    return { stage, basis, milestones, instruments };
  };

  beforeEach(async () => {
    matter = await Matter.open(desk, { joined: [RU] });
    id = await matter.begin(RU, 'proposals.TableProposal', {
      form: 'proposal',
      irritantIds: [matter.irritantId],
      title: words,
      texts: words,
    });
    const { versions } = await desk.read('proposals', id);
    const [first] = versions as { version: number; contentHash: string }[];
    const assent = { version: first?.version, contentHash: first?.contentHash, adReferendum: false };
    const assents: readonly [Principal, object][] = [
      [RU, {}],
      [secretariat, matter.inTheNameOf('US')],
    ];
    for (const [who, beside] of assents)
      await desk.do(who, 'proposals.AssentToProposal', id, { ...assent, ...beside });
    target = await ownOf(`proposal-${id}`, 'AssentGiven');
  });

  it('by a disavowal: the matter is agreed as it was, by the same milestones', async () => {
    const before = await shown();
    expect(before).toMatchObject({ stage: 'agreed', basis: 'attributed' });
    await answered('DisavowAttribution', { ground: 'not-what-we-said' });
    expect(await shown()).toMatchObject({ stage: 'raised' });
    await matter.join(US);
    await foundVoid('proposals', id, await ownOf(`proposal-${id}`, 'AttributionDisavowed'));
    expect(await shown()).toEqual(before);
  });

  it('by an endorsement: the matter is agreed by what was said in its name', async () => {
    const before = await shown();
    await answered('EndorseAttribution');
    expect(await shown()).toMatchObject({ stage: 'agreed', basis: 'direct' });
    await matter.join(US);
    await foundVoid('proposals', id, await ownOf(`proposal-${id}`, 'AttributionEndorsed'));
    expect(await shown()).toEqual(before);
  });

  it('nor by a disavowal that was void, whose voiding US had not concluded either', async () => {
    await answered('DisavowAttribution', { ground: 'not-what-we-said' });
    const fallen = await shown();
    await matter.join(US);
    await foundVoid('proposals', id, await ownOf(`proposal-${id}`, 'AttributionDisavowed'));
    const half = await ownOf(`proposal-${id}`, 'ActReviewConcluded');
    await foundVoid('proposals', id, half);
    expect(await shown()).toEqual(fallen);
  });
});

describe('What followed because a word of US had fallen follows no more once that fall is void', () => {
  const texts = async () => {
    const id = await matter.begin(RU, 'proposals.TableProposal', {
      form: 'proposal',
      irritantIds: [matter.irritantId],
      title: words,
      texts: words,
    });
    const { versions } = await desk.read('proposals', id);
    const [first] = versions as { version: number; contentHash: string }[];
    const assent = { version: first?.version, contentHash: first?.contentHash, adReferendum: false };
    return { id, assent };
  };
  const stageOf = async (id: string) => {
    await desk.settled();
    const { status } = await desk.read('proposals', id);
    const { stage, milestones } = await matter.present();
    return { status, stage, milestones };
  };

  it('an agreement that came about without a withdrawal of assent', async () => {
    matter = await Matter.open(desk, { joined: [RU] });
    const { id, assent } = await texts();
    const forUs = matter.inTheNameOf('US');
    await desk.do(secretariat, 'proposals.AssentToProposal', id, { ...assent, ...forUs });
    const { version } = assent;
    await desk.do(secretariat, 'proposals.WithdrawAssentToProposal', id, { version, ...forUs });
    const target = await matter.lastId(`proposal-${id}`);
    await desk.do(RU, 'proposals.AssentToProposal', id, assent);
    const before = await stageOf(id);
    expect(before).toMatchObject({ status: 'tabled' });
    await desk.do(US, 'proposals.DisavowAttribution', id, { target, ground: 'not-what-we-said' });
    expect(await stageOf(id)).toMatchObject({ status: 'agreed', stage: 'agreed' });
    await matter.join(US);
    await foundVoid('proposals', id, await ownOf(`proposal-${id}`, 'AttributionDisavowed'));
    expect(await stageOf(id)).toEqual(before);
  });

  it('the end of an agreement, whose assent was found void in a review that was itself begun by a stolen key', async () => {
    matter = await Matter.open(desk, { joined: [RU, US] });
    const { id, assent } = await texts();
    for (const who of [RU, US]) await desk.do(who, 'proposals.AssentToProposal', id, assent);
    const before = await stageOf(id);
    expect(before).toMatchObject({ status: 'agreed', stage: 'agreed' });
    const stream = `proposal-${id}`;
    await foundVoid('proposals', id, await ownOf(stream, 'AssentGiven'));
    expect(await stageOf(id)).toMatchObject({ status: 'tabled', stage: 'raised' });
    await foundVoid('proposals', id, await ownOf(stream, 'ActRepudiated'));
    expect(await stageOf(id)).toEqual(before);
  });
});

describe('A source that US is said to have disowned', () => {
  const barredBy = async () => {
    await desk.settled();
    return (await desk.read('sources', matter.statements.US))['barredBy'];
  };
  const stated = async (stance: string) => {
    await matter.act(secretariat, 'StatePosition', {
      stance,
      text: words,
      ...matter.inTheNameOf('US'),
    });
    return matter.lastId();
  };

  it('carries its word again once both find each disavowal on that ground void', async () => {
    matter = await Matter.open(desk);
    const targets = [await stated('contests'), await stated('acknowledges')];
    const disavowals = [];
    for (const target of targets) {
      const sourceId = matter.statements.US;
      await matter.act(US, 'DisavowAttribution', { target, ground: 'not-our-source', sourceId });
      disavowals.push(await matter.lastId());
      await desk.settled();
    }
    for (const one of [US, RU]) await matter.join(one);
    const [first = '', second = ''] = disavowals;
    expect(await barredBy()).toHaveLength(1);
    await foundVoid('irritants', matter.irritantId, first);
    expect(await barredBy()).toHaveLength(1);
    await foundVoid('irritants', matter.irritantId, second);
    expect(await barredBy()).toEqual([]);
  });
});
