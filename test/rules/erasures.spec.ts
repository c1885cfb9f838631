import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedAct } from '../../src/platform/record/recording.js';
import type { Stored } from '../../src/platform/record/envelope.js';
import { fold, represent } from '../../src/platform/record/fold.js';
import type { Principal } from '../../src/platform/record/principal.js';
import { Desk } from '../support/desk.js';
import { Matter, otherSecretariat, reason, RU, secretariat, US } from './matter.js';

let desk: Desk;
let matter: Matter;
let target: string;
const secret = { en: 'A name.' };

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const ask = (who: Principal, basis = 'personal-data') =>
  matter.act(who, 'RequestErasure', { target, basis, reason });
const state = async (who: Principal, beside: object = {}) => {
  await matter.act(who, 'StatePosition', { stance: 'seeks-action', text: secret, ...beside });
  target = await matter.lastId();
};
const isThere = async () => JSON.stringify(await matter.present()).includes(secret.en);
const otherOf = (one: Principal): Principal => ({ ...one, id: `${one.id}-2` });

describe('Where both have joined, words go', () => {
  beforeEach(async () => {
    matter = await Matter.open(desk, { joined: [RU, US] });
    await state(RU);
  });

  it('once a negotiator of each has asked for it on the same ground', async () => {
    await ask(RU);
    expect(await isThere()).toBe(true);
    await ask(US, 'legal-duty');
    expect(await isThere()).toBe(true);
    await ask(US);
    expect(await isThere()).toBe(false);
    expect((await matter.types()).slice(2)).toEqual([
      'ErasureRequested',
      'ErasureRequested',
      'ErasureRequested',
      'ContentErased',
    ]);
  });

  it('not by two of one side, nor by a secretariat in the place of one', async () => {
    for (const one of [RU, otherOf(RU), secretariat, otherSecretariat]) await ask(one);
    expect(await isThere()).toBe(true);
    expect(await matter.types()).not.toContain('ContentErased');
  });

  it('by a request that the one who asked has not taken back since', async () => {
    await ask(RU);
    await matter.act(RU, 'RetractEvent', { target: await matter.lastId(), reason });
    await ask(US);
    expect(await isThere()).toBe(true);
    await ask(RU);
    expect(await isThere()).toBe(false);
  });

  it('by one request of each: the same asked again records nothing', async () => {
    await ask(RU);
    await ask(RU);
    expect((await matter.types()).filter((one) => one === 'ErasureRequested')).toHaveLength(1);
  });
});

describe('Where a party has not joined, a secretariat stands in its place', () => {
  it.each([
    ['one of the two', [RU]],
    ['neither', []],
  ])('%s', async (_, joined) => {
    matter = await Matter.open(desk, { joined });
    await state(secretariat, matter.inTheNameOf('US'));
    await ask(secretariat);
    expect(await isThere()).toBe(true);
    await ask(joined[0] ?? otherSecretariat);
    expect(await isThere()).toBe(false);
  });
});

describe('Where one side keeps the record alone', () => {
  beforeEach(async () => {
    matter = await Matter.open(desk, { by: RU });
  });

  it('its own words go once it and a secretariat ask', async () => {
    await state(RU);
    await ask(RU);
    await ask(otherOf(RU));
    expect(await isThere()).toBe(true);
    await ask(secretariat);
    expect(await isThere()).toBe(false);
  });

  it('what it recorded in the name of the absent side goes by legal duty only', async () => {
    await state(RU, matter.inTheNameOf('US'));
    await expect(ask(RU)).rejects.toMatchObject({ kind: { code: 'ABSENT_PARTYS_WORDS' } });
    // Nor does a secretariat that comes later stand in for it.
    await expect(ask(secretariat)).rejects.toMatchObject({ kind: { code: 'ABSENT_PARTYS_WORDS' } });
    await ask(RU, 'legal-duty');
    await ask(secretariat, 'legal-duty');
    expect(await isThere()).toBe(false);
  });
});

describe('A request to erase', () => {
  beforeEach(async () => {
    matter = await Matter.open(desk, { joined: [RU, US] });
  });

  it('of a correction is refused, and names the event to ask for: its first words would stand again', async () => {
    await state(US);
    const corrected = target;
    await matter.act(US, 'CorrectEvent', { target, content: { text: { en: 'Another name.' } } });
    target = await matter.lastId();
    await expect(ask(RU)).rejects.toMatchObject({
      kind: { code: 'TARGET_NOT_AMENDABLE' },
      detail: expect.stringContaining(corrected),
    });
  });
});

describe('An erasure', () => {
  const erasing = (like: Stored, of: string): Stored => ({
    ...like,
    id: `erases-${of}`,
    type: 'ContentErased',
    act: derivedAct,
    data: { target: of },
    content: {},
    revision: like.revision + 1,
  });

  it.each([
    ['of the event', 1],
    ['of its correction, as older records may hold,', 2],
  ])(
    '%s leaves neither the first words nor the corrected ones, before the store has rewritten any',
    async (_, at) => {
      matter = await Matter.open(desk, { joined: [RU, US] });
      await state(US);
      await matter.act(US, 'CorrectEvent', { target, content: { text: { en: 'Another name.' } } });
      const recorded = await matter.events();
      const [, , correction] = recorded;
      if (correction === undefined) throw new Error('There is no correction.');
      const slice = desk.record.registry.get('irritants');
      const before = fold(slice, recorded);
      expect(JSON.stringify(before && represent(before))).toContain('Another name.');
      const after = fold(slice, [...recorded, erasing(correction, recorded[at]?.id ?? '')]);
      expect(after && represent(after)).toMatchObject({ positions: { US: { stance: 'seeks-action' } } });
      expect(JSON.stringify(after && represent(after))).not.toContain('name.');
    },
  );
});
