import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inYourName } from '../../src/platform/lists/in-your-name.js';
import { amendedIn } from '../../src/reading/amended.js';
import { inYourNamePage } from '../../src/reading/in-your-name.js';
import { Desk } from '../support/desk.js';
import { Matter, reason, RU, secretariat, tried, US, words } from './matter.js';

let desk: Desk;
let matter: Matter;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** US says that it was not its own act, and both conclude that it is void. */
const foundVoid = async (target: string) => {
  await matter.act(US, 'RepudiateAct', { target });
  for (const who of [US, RU]) await matter.act(who, 'ConcludeActReview', { target, outcome: 'void' });
};
const ofUs = async () => ((await matter.present())['positions'] as { US?: object }).US;
const state = async () => {
  await matter.act(US, 'StatePosition', { stance: 'contests', text: words });
  return matter.lastId();
};

describe('What a stolen key of US did to an act is undone once both find it void', () => {
  beforeEach(async () => {
    matter = await Matter.open(desk, { joined: [RU, US] });
  });

  it('a retraction: what it took back counts again, and can be taken back by US itself', async () => {
    const target = await state();
    await matter.act(US, 'RetractEvent', { target, reason });
    await foundVoid(await matter.lastId());
    expect(await ofUs()).toMatchObject({ stance: 'contests' });
    await matter.act(US, 'RetractEvent', { target, reason });
    expect(await ofUs()).toBeUndefined();
  });

  it('a correction: the words are as they were', async () => {
    const target = await state();
    await matter.act(US, 'CorrectEvent', { target, content: { text: { en: 'Other.' } } });
    await foundVoid(await matter.lastId());
    expect(await ofUs()).toMatchObject({ text: words });
  });

  it('a request for erasure: RU alone erases nothing', async () => {
    const target = await state();
    const body = { target, basis: 'personal-data', reason };
    await matter.act(US, 'RequestErasure', body);
    await foundVoid(await matter.lastId());
    await matter.act(RU, 'RequestErasure', body);
    expect(await ofUs()).toMatchObject({ text: words });
  });

  it('a repudiation: the act is no more marked as not its own, and its review is none', async () => {
    const target = await state();
    await matter.act(US, 'RepudiateAct', { target });
    const repudiation = await matter.lastId();
    await matter.act(US, 'ConcludeActReview', { target, outcome: 'void' });
    await foundVoid(repudiation);
    const position = await ofUs();
    expect(position).toMatchObject({ text: words });
    expect(position).not.toHaveProperty('repudiated');
    const concluding = () => matter.act(RU, 'ConcludeActReview', { target, outcome: 'void' });
    expect(await tried(concluding)).toBe('NO_REVIEW_OF_THE_ACT');
    await foundVoid(target);
    expect(await ofUs()).toBeUndefined();
  });

  it('its half of a review: the other half alone voids nothing, before or after it', async () => {
    const target = await state();
    await matter.act(US, 'RepudiateAct', { target });
    await matter.act(US, 'ConcludeActReview', { target, outcome: 'void' });
    await foundVoid(await matter.lastId());
    await matter.act(RU, 'ConcludeActReview', { target, outcome: 'void' });
    expect(await ofUs()).toMatchObject({ text: words });
    await matter.act(US, 'ConcludeActReview', { target, outcome: 'void' });
    expect(await ofUs()).toBeUndefined();
  });

  it('its half of a concluded review: the act counts again, and is as it was, under review', async () => {
    const target = await state();
    await matter.act(US, 'RepudiateAct', { target });
    for (const who of [RU, US]) await matter.act(who, 'ConcludeActReview', { target, outcome: 'void' });
    const half = await matter.lastId();
    expect(await ofUs()).toBeUndefined();
    await foundVoid(half);
    expect(await ofUs()).toMatchObject({ repudiated: expect.anything() });
    await matter.act(US, 'ConcludeActReview', { target, outcome: 'stands' });
    await matter.act(RU, 'ConcludeActReview', { target, outcome: 'stands' });
    expect(await ofUs()).toMatchObject({ text: words });
    expect(await ofUs()).not.toHaveProperty('repudiated');
  });

  it('what is said of it so is not told of the act any more', async () => {
    const target = await state();
    await matter.act(US, 'RetractEvent', { target, reason });
    const retraction = await matter.lastId();
    await foundVoid(retraction);
    const { by, standings } = amendedIn(await matter.events());
    expect(by.get(target)).toBeUndefined();
    expect(standings.dropped.has(retraction)).toBe(true);
  });
});

describe('How a stolen key of US answered for what was recorded in its name is undone once both find it void', () => {
  let target: string;
  const attributed = async () => {
    await matter.act(secretariat, 'StatePosition', {
      stance: 'contests',
      text: words,
      ...matter.inTheNameOf('US'),
    });
    target = await matter.lastId();
  };
  const answered = async (command: string, body: object = {}) => {
    await matter.act(US, command, { target, ...body });
    return matter.lastId();
  };
  /** The acts that are asked of US, as the list of the dialogue and the stream itself have them. */
  const inItsName = async () => {
    await desk.settled();
    const query = { party: 'US', state: 'open' };
    const { items } = inYourNamePage(desk.record, matter.dialogueId, query);
    const listed = items.map(({ event }) => event.envelope.id);
    expect(inYourName(await matter.events(), 'US').map((one) => one.id)).toEqual(listed);
    return listed;
  };

  beforeEach(async () => {
    matter = await Matter.open(desk, { joined: [RU] });
    await attributed();
  });

  it('an endorsement: the act is attributed again, asked of US again, and US may disavow it', async () => {
    const endorsement = await answered('EndorseAttribution');
    await matter.join(US);
    expect(await inItsName()).toEqual([]);
    await foundVoid(endorsement);
    expect(await ofUs()).toMatchObject({ capacity: 'attributed' });
    expect(await inItsName()).toEqual([target]);
    await answered('DisavowAttribution', { ground: 'not-what-we-said' });
    expect(await ofUs()).toBeUndefined();
  });

  it('a disavowal: the act counts again, is asked of US again, and US may endorse it', async () => {
    const disavowal = await answered('DisavowAttribution', { ground: 'not-what-we-said' });
    await matter.join(US);
    await foundVoid(disavowal);
    expect(await ofUs()).toMatchObject({ capacity: 'attributed' });
    expect(await inItsName()).toEqual([target]);
    await answered('EndorseAttribution');
    expect(await ofUs()).toMatchObject({ capacity: 'direct' });
  });
});
