import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject, NewEvent } from '#libs/event-store';
import { projected } from '../support/settling.js';
import { Desk } from '../support/desk.js';
import { Matter, RU, secretariat, US, words } from './matter.js';

let desk: Desk;
let matter: Matter;
/** What the secretariat recorded in the name of US, which has not joined. */
let target: string;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  matter = await Matter.open(desk, { joined: [RU] });
  const stated = { stance: 'contests', text: words, ...matter.inTheNameOf('US') };
  await matter.act(secretariat, 'StatePosition', stated);
  target = await matter.lastId();
});

interface Written {
  readonly type: string;
  readonly act: object;
  readonly data: JsonObject;
  readonly content?: JsonObject;
}

/** As whoever can write into the store puts it there at once, past all rules; the ids, which can be known beforehand. */
async function written(...given: readonly ((ids: readonly string[]) => Written)[]): Promise<void> {
  const { store, ids, projections } = desk.record;
  const before = await matter.events();
  const drawn = given.map(() => ids.next());
  const events = given.map((one, at) => {
    const { type, act, data, content = {} } = one(drawn);
    const meta = { schemaVersion: 1, act, sources: [], audience: 'both', correlationId: 'by-hand' };
    return { id: drawn[at] ?? '', type, data, content, salt: ids.salt(), meta: meta as JsonObject };
  });
  const expected = BigInt(before.length - 1);
  await store.append(`irritant-${matter.irritantId}`, events as [NewEvent, ...NewEvent[]], { expected });
  await projected(projections);
  await desk.settled();
}

const position = async (): Promise<JsonObject> =>
  (await matter.events()).find(({ id }) => id === target)?.data as JsonObject;

const throughRU = { party: 'US', capacity: 'direct', recordedBy: RU.id, recorderParty: 'RU' };

const inTheListOf = (party: string) =>
  desk.record.projections
    .view('attributions')
    .tables.prepare('SELECT state, doubt FROM {acts} WHERE dialogue = ? AND party = ? AND ordinal = ?')
    .get(matter.dialogueId, party, desk.record.projections.record.byId(target)!.ordinal);

describe('What somebody wrote into the store as the word of a party, and is none,', () => {
  it('bars no source of that party', async () => {
    const sourceId = matter.statements.US;
    const data = { target, ground: 'not-our-source', sourceId };
    await written(() => ({ type: 'AttributionDisavowed', act: throughRU, data }));
    expect(await matter.types(`source-${sourceId}`)).toEqual(['SourceRegistered']);
  });

  it('does not have what was said in its name stand as endorsed', async () => {
    await written(() => ({ type: 'AttributionEndorsed', act: throughRU, data: { target } }));
    expect(inTheListOf('US')).toEqual({ state: 'open', doubt: null });
  });

  it('does not have it stand as doubted', async () => {
    const act = { party: 'RU', capacity: 'direct', recordedBy: RU.id, recorderParty: 'RU' };
    const content = { reason: { en: 'x' } };
    await written(() => ({ type: 'AttributionDoubted', act, data: { target }, content }));
    expect(inTheListOf('US')).toEqual({ state: 'open', doubt: null });
  });

  it('keeps no act in its name that others recorded after it had joined', async () => {
    await matter.join(US);
    const data = await position();
    const attributed = {
      party: 'US',
      capacity: 'attributed',
      recordedBy: secretariat.id,
      recorderParty: null,
    };
    await written(
      () => ({ type: 'PositionStated', act: attributed, data, content: { text: { en: 'Others.' } } }),
      ([stated = '']) => ({ type: 'AttributionEndorsed', act: throughRU, data: { target: stated } }),
    );
    expect(await matter.types()).toContain('AttributionVoid');
    expect((await matter.present())['positions']).toMatchObject({ US: { text: words } });
  });

  it('takes no words out of the store, for whose going nobody has asked', async () => {
    const askedBy = ['p-ru', 'p-us'];
    const conclusion = { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null };
    const { deciding } = desk.record.recorder;
    for (const again of [false, true]) {
      if (again) {
        matter = await Matter.open(desk);
        const stated = { stance: 'contests', text: words, ...matter.inTheNameOf('US') };
        await matter.act(secretariat, 'StatePosition', stated);
        target = await matter.lastId();
      }
      const data = { target, basis: 'security', askedBy };
      await written(() => ({ type: 'ContentErased', act: conclusion, data }));
      await deciding.erasures.finish(`irritant-${matter.irritantId}`);
      expect((await matter.present())['positions']).toMatchObject({ US: { text: words } });
    }
  });

  it.each<[string, object]>([
    ['it is said to be concluded', { capacity: 'derived', recordedBy: 'entente', recorderParty: null }],
    [
      'it is said to be its own, through people of others',
      { capacity: 'direct', recordedBy: US.id, recorderParty: 'US' },
    ],
    [
      'its own people say so of it as others',
      { capacity: 'attributed', recordedBy: RU.id, recorderParty: 'RU' },
    ],
  ])('is not its position because %s', async (_, how) => {
    const data = await position();
    const act = { party: 'RU', ...how };
    await written(() => ({ type: 'PositionStated', act, data, content: { text: words } }));
    const present = await matter.present();
    expect(Object.keys(present['positions'] as object)).toEqual(['US']);
    expect(present['unreadableSince']).toBeUndefined();
  });
});
