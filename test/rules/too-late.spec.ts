import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { amendedIn } from '../../src/reading/amended.js';
import type { Principal } from '../../src/platform/record/principal.js';
import { Desk } from '../support/desk.js';
import { Matter, reason, RU, secretariat, tried, US, words, wording } from './matter.js';

let desk: Desk;
let matter: Matter;
beforeEach(async () => {
  await desk?.close();
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** Between the moment at which an event of that type is decided, and its being stored, this happens. */
function justBefore(type: string, happens: () => Promise<unknown>): void {
  const { store } = desk.record;
  const append = store.append.bind(store);
  let isHeld = false;
  store.append = async (...args: Parameters<typeof append>) => {
    if (!isHeld && args[1].some((one) => one.type === type)) {
      isHeld = true;
      await happens();
    }
    return append(...args);
  };
}

const second = { en: 'Second.' };
const other = { en: 'Other words.' };
const position = (text: object = words) => ({ stance: 'contests', text, ...matter.inTheNameOf('US') });
const said = async (who: Principal, text: object = words) => {
  await matter.act(who, 'StatePosition', position(text));
  return matter.lastId();
};
const ofUS = async () => ((await matter.present())['positions'] as { US?: object }).US;
const voided = async (stream?: string) => {
  await desk.settled();
  return (await matter.events(stream)).filter(({ type }) => type === 'AttributionVoid');
};
const nobodys = () => ({
  raisers: [],
  respondents: [],
  raisedBasis: 'first-recorded',
  category: 'visas',
  title: { en: 'Other' },
  sources: [{ sourceId: matter.statements.US }],
  wording,
});

describe('A party joins just before it is stored that', () => {
  beforeEach(async () => {
    matter = await Matter.open(desk, { joined: [RU] });
  });

  it('what was recorded in its name is worded otherwise: the words stay as the party found them', async () => {
    const target = await said(secretariat);
    justBefore('EventCorrected', () => matter.join(US));
    await matter.act(secretariat, 'CorrectEvent', { target, content: { text: other } });
    expect(await ofUS()).toMatchObject({ text: words });
    // It is the party that corrects them now.
    await matter.act(US, 'CorrectEvent', { target, content: { text: other } });
    expect(await ofUS()).toMatchObject({ text: other });
  });

  it('a word in its name is taken back, so that an earlier one would be there again', async () => {
    await said(secretariat);
    const target = await said(secretariat, second);
    justBefore('EventRetracted', () => matter.join(US));
    await matter.act(secretariat, 'RetractEvent', { target, reason });
    expect(await ofUS()).toMatchObject({ text: second });
    const { standings, by } = amendedIn(await matter.events());
    expect([standings.dropped.has(target), by.get(target)]).toEqual([false, undefined]);
    // As it stands, the party can answer for it.
    await matter.act(US, 'EndorseAttribution', { target });
    expect(await ofUS()).toMatchObject({ text: second, capacity: 'direct' });
  });

  it('a correction of a word in its name is taken back', async () => {
    const target = await said(secretariat);
    await matter.act(secretariat, 'CorrectEvent', { target, content: { text: other } });
    const correction = await matter.lastId();
    justBefore('EventRetracted', () => matter.join(US));
    await matter.act(secretariat, 'RetractEvent', { target: correction, reason });
    expect(await ofUS()).toMatchObject({ text: other });
  });

  it('a word in its name on which nothing rests is taken back: that is still allowed', async () => {
    const target = await said(secretariat);
    justBefore('EventRetracted', () => matter.join(US));
    await matter.act(secretariat, 'RetractEvent', { target, reason });
    expect(await ofUS()).toBeUndefined();
    expect(await voided()).toEqual([]);
  });
});

describe('Words that are being erased as a party joins', () => {
  let target: string;
  const ask = (who: Principal) =>
    matter.act(who, 'RequestErasure', { target, basis: 'personal-data', reason });
  const ofRU = async () => ((await matter.present())['positions'] as { RU: object }).RU;
  beforeEach(async () => {
    matter = await Matter.open(desk, { joined: [RU] });
    await matter.act(RU, 'StatePosition', { stance: 'seeks-action', text: words });
    target = await matter.lastId();
    await ask(secretariat);
  });

  it('stay where it had joined before the erasing was stored, and go once it asks as well', async () => {
    justBefore('ContentErased', () => matter.join(US));
    await ask(RU);
    expect(await ofRU()).toMatchObject({ text: words });
    expect((await matter.events()).find(({ id }) => id === target)).toMatchObject({
      erased: false,
      content: { text: words },
    });
    await ask(RU);
    expect(await ofRU()).toMatchObject({ text: words });
    await ask(US);
    expect(await ofRU()).not.toHaveProperty('text');
    expect((await matter.events()).find(({ id }) => id === target)).toMatchObject({ erased: true });
  });

  it('stay too where the server stopped before it could look', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'entente-late-'));
    await desk.close();
    desk = await Desk.open(folder);
    matter = await Matter.open(desk, { joined: [RU] });
    await matter.act(RU, 'StatePosition', { stance: 'seeks-action', text: words });
    target = await matter.lastId();
    await ask(secretariat);
    const { streams } = desk.record;
    const read = streams.events.bind(streams);
    justBefore('ContentErased', async () => {
      await matter.join(US);
      streams.events = () => Promise.reject(new Error('The server stopped.'));
    });
    await expect(ask(RU)).rejects.toThrow('The server stopped.');
    streams.events = read;
    expect(await matter.types()).toContain('ContentErased');
    await desk.close();
    const again = await Desk.open(folder);
    desk = again;
    const events = await again.record.streams.events(`irritant-${matter.irritantId}`);
    expect(events.map(({ type }) => type).slice(-2)).toEqual(['ContentErased', 'AttributionVoid']);
    expect(await again.read('irritants', matter.irritantId)).toMatchObject({
      positions: { RU: { text: words } },
    });
    await again.close();
    desk = await Desk.open();
    rmSync(folder, { recursive: true, force: true });
  });

  it('go where it joined after that', async () => {
    await ask(RU);
    await matter.join(US);
    expect(await ofRU()).not.toHaveProperty('text');
  });
});

describe('Where one side keeps the record alone', () => {
  beforeEach(async () => {
    matter = await Matter.open(desk, { by: RU });
  });

  it('what nobody says is raised by it no more once the other side had joined', async () => {
    justBefore('IrritantRaised', () => matter.join(US));
    const id = await matter.begin(RU, 'irritants.RaiseIrritant', nobodys());
    expect(await voided(`irritant-${id}`)).toHaveLength(1);
    expect(await desk.read('irritants', id)).toMatchObject({ stage: 'raised', raisers: [] });
  });

  it.each([
    ['in the name of the other side', 'PositionStated', () => said(RU)],
    ['as said by nobody', 'IrritantRaised', () => matter.begin(RU, 'irritants.RaiseIrritant', nobodys())],
  ])('nothing is recorded by it %s once a secretariat had come', async (_, type, record) => {
    const source = { kind: 'statement', issuers: ['US'], lang: 'en', held: false };
    justBefore(type, () =>
      matter.begin(secretariat, 'sources.RegisterSource', { ...source, title: 'S', citation: 'S' }),
    );
    const id = await record();
    expect(await voided(type === 'IrritantRaised' ? `irritant-${id}` : undefined)).toHaveLength(1);
    expect(await ofUS()).toBeUndefined();
  });

  it('what it says for itself, and what it recorded before, stays', async () => {
    await said(RU);
    const id = await matter.begin(RU, 'irritants.RaiseIrritant', nobodys());
    justBefore('DormancyProposed', () => matter.join(US));
    await matter.act(RU, 'ProposeDormancy', { reason: words });
    expect([...(await voided()), ...(await voided(`irritant-${id}`))]).toEqual([]);
    expect(await ofUS()).toMatchObject({ text: words });
  });
});

describe('A source that a party says is not its own', () => {
  let elsewhere: string;
  let sourceId: string;
  beforeEach(async () => {
    matter = await Matter.open(desk, { joined: [RU] });
    sourceId = matter.statements.US;
    elsewhere = await matter.begin(secretariat, 'irritants.RaiseIrritant', nobodys());
  });
  const disown = async (target: string) =>
    matter.act(US, 'DisavowAttribution', { target, ground: 'not-our-source', sourceId });
  const citing = (body: object = position()) =>
    desk.do(secretariat, 'irritants.StatePosition', elsewhere, body);

  it('carries no word of it that lands after that, be the bar drawn or not', async () => {
    const target = await said(secretariat);
    justBefore('PositionStated', () => disown(target));
    await citing();
    expect(await voided(`irritant-${elsewhere}`)).toHaveLength(1);
    await desk.settled();
    expect(await tried(() => citing())).toBe('SOURCE_NOT_ISSUED_BY_PARTY');
  });

  it('takes nothing from what cites another source of it as well, nor from what landed before', async () => {
    const target = await said(secretariat);
    await citing(position(second));
    const registered = { kind: 'statement', issuers: ['US'], lang: 'en', held: false };
    const more = await matter.begin(secretariat, 'sources.RegisterSource', {
      ...registered,
      title: 'Other',
      citation: 'Other',
    });
    justBefore('PositionStated', () => disown(target));
    await citing({ ...position(), sources: [{ sourceId }, { sourceId: more }] });
    expect(await voided(`irritant-${elsewhere}`)).toEqual([]);
  });
});

describe('What landed after a party had joined, and that party endorses before it is found to be void,', () => {
  beforeEach(async () => {
    matter = await Matter.open(desk, { joined: [RU] });
  });

  it('is its own word and stays', async () => {
    justBefore('PositionStated', () => matter.join(US));
    justBefore('AttributionVoid', async () => {
      await matter.act(US, 'EndorseAttribution', { target: await matter.lastId() });
    });
    await said(secretariat);
    expect(await voided()).toEqual([]);
    expect(await ofUS()).toMatchObject({ text: words, capacity: 'direct' });
  });

  it('stays with the words that were corrected when it endorsed it', async () => {
    const target = await said(secretariat);
    justBefore('EventCorrected', () => matter.join(US));
    justBefore('AttributionVoid', () => matter.act(US, 'EndorseAttribution', { target }));
    await matter.act(secretariat, 'CorrectEvent', { target, content: { text: other } });
    expect(await voided()).toEqual([]);
    expect(await ofUS()).toMatchObject({ text: other, capacity: 'direct' });
  });

  it('has its consequences like any endorsed act', async () => {
    justBefore('IrritantAcknowledged', () => matter.join(US));
    justBefore('AttributionVoid', async () => {
      await matter.act(US, 'EndorseAttribution', { target: await matter.lastId() });
    });
    await matter.act(secretariat, 'AcknowledgeIrritant', matter.inTheNameOf('US'));
    expect(await matter.present()).toMatchObject({ stage: 'under-consultation', basis: 'direct' });
  });
});
