import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/event-store';
import { Desk } from '../support/desk.js';
import { Matter, RU, secretariat, US, words } from './matter.js';

let desk: Desk;
let matter: Matter;
let target: string;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const others = { en: 'Others.' };
const ofRU = { party: 'RU', capacity: 'direct', recordedBy: RU.id, recorderParty: 'RU' };
const ofSecretariat = { party: null, capacity: 'direct', recordedBy: secretariat.id, recorderParty: null };

/** As whoever can write into the store puts it there, past all rules. */
async function written(type: string, act: JsonObject, content: JsonObject, said?: JsonObject): Promise<void> {
  const { store, ids } = desk.record;
  const meta = { schemaVersion: 1, act, sources: [], audience: 'both', correlationId: 'by-hand' };
  const data = said ?? {
    target,
    ...(type === 'EventCorrected' ? { schemaVersion: 1, reading: [{ field: 'text' }] } : {}),
  };
  const expected = BigInt((await matter.events()).length - 1);
  const event = { id: ids.next(), type, data, content, salt: ids.salt(), meta };
  await store.append(`irritant-${matter.irritantId}`, [event], { expected });
  await desk.settled();
}
const retract = () => written('EventRetracted', ofRU, { reason: others });
const reword = async (act: JsonObject) => {
  const said = (await matter.events()).find(({ id }) => id === target)?.content as JsonObject;
  await written('EventCorrected', act, { content: { ...said, text: others } });
};

/** RU keeps the record alone, and US endorses what that recorded in its name. */
async function endorsed(): Promise<void> {
  matter = await Matter.open(desk, { by: RU });
  await matter.act(RU, 'StatePosition', { stance: 'contests', text: words, ...matter.inTheNameOf('US') });
  target = await matter.lastId();
  await matter.act(US, 'EndorseAttribution', { target });
}

async function confirmed(): Promise<void> {
  matter = await Matter.open(desk, { joined: [RU, US] });
  const claimId = await matter.claim(RU);
  target = await matter.lastId();
  await matter.act(US, 'ConfirmUnderstanding', { mode: 'same-text' }, { claimId });
}

describe('Whatever one side writes into the store as its own amendment,', () => {
  it.each([
    ['taken back', retract],
    ['worded otherwise', () => reword(ofRU)],
  ])('what the other side has endorsed is not %s', async (_, amend) => {
    await endorsed();
    await amend();
    expect((await matter.present())['positions']).toMatchObject({ US: { capacity: 'direct', text: words } });
  });

  it.each([
    ['taken back with its confirmation', retract],
    ['worded otherwise under it', () => reword(ofRU)],
  ])('what the other side has confirmed is not %s', async (_, amend) => {
    await confirmed();
    await amend();
    const present = await matter.present();
    expect(present['claims']).toMatchObject([{ state: 'confirmed', text: words, answer: { party: 'US' } }]);
    expect(present['stage']).toBe('roadmap-in-principle');
  });

  it('what a party said itself is worded otherwise by no secretariat', async () => {
    matter = await Matter.open(desk, { joined: [RU, US] });
    await matter.act(US, 'StatePosition', { stance: 'contests', text: words });
    target = await matter.lastId();
    await reword(ofSecretariat);
    expect((await matter.present())['positions']).toMatchObject({ US: { text: words } });
  });

  it('what one side claims is confirmed by nobody who is no party of the dialogue', async () => {
    matter = await Matter.open(desk, { joined: [RU, US] });
    const claimId = await matter.claim(RU);
    const ofFR = { party: 'FR', capacity: 'direct', recordedBy: 'p-fr', recorderParty: 'FR' };
    const textHash = (await matter.events()).at(-1)?.data['textHash'] as string;
    await written('UnderstandingConfirmed', ofFR, {}, { claimId, mode: 'same-text', textHash });
    expect(await matter.types()).toContain('AttributionVoid');
    const present = await matter.present();
    expect(present['claims']).toMatchObject([{ state: 'unanswered' }]);
    expect(present['awaiting']).toContainEqual(
      expect.objectContaining({ what: 'answer-to-claim', claimId, from: 'US' }),
    );
  });
});
