import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { browse, cookieOf, shortcomings } from '../pages/reading.js';
import { Api } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { everyLinkageAct, Pair } from './linkage-acts.js';
import { momentOfNow } from '../support/moment.js';

let api: Api;
let scene: Scene;
let pair: Pair;
const text = { en: 'Neither is settled without the other.' };

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
  pair = await Pair.raise(api, scene);
});

type Entries = {
  items: { summary: string; event: { envelope: { type: string; stream: string } }; amendedBy?: unknown }[];
};
async function historyOf(id: string): Promise<Entries['items']> {
  await api.settled();
  return (await api.get<Entries>(`/v1/irritants/${id}/history?limit=200`)).body.items;
}
const namesIn = (items: Entries['items'], stream: string) =>
  items.filter((one) => one.event.envelope.stream === stream).map((one) => one.event.envelope.type);
const overview = async (id: string, query = '') =>
  (await api.get(`/v1/irritants/${id}/overview${query}`)).body;

describe('A linkage', () => {
  it('is asserted by one side and awaited from the other, and moves no stage', async () => {
    const linkageId = await pair.asserted();
    const first = await pair.shown(pair.first);
    expect(first).toMatchObject({
      stage: 'raised',
      linkages: [
        {
          direction: 'outgoing',
          linkageId,
          irritantId: pair.other.id,
          condition: 'together',
          state: 'asserted',
          party: 'RU',
          text,
        },
      ],
    });
    expect(first.awaiting).toContainEqual({
      what: 'answer-to-linkage',
      from: 'US',
      since: expect.any(String),
      linkageId,
    });
    expect(await api.types('irritants', pair.first)).toEqual(['IrritantRaised', 'LinkageAsserted']);
  });

  it('is answered with the last word of the other side; the same word twice is none', async () => {
    const linkageId = await pair.asserted('us-registrar', { condition: 'precedes' });
    const reason = { en: 'On its own merits.' };
    await pair.act('ru-negotiator', `linkages/${linkageId}/reject`, { reason });
    const rejected = await pair.act('ru-negotiator', `linkages/${linkageId}/reject`, { reason });
    expect(rejected.body.linkages).toMatchObject([{ state: 'rejected', answer: { party: 'RU', reason } }]);
    await pair.act('ru-negotiator', `linkages/${linkageId}/accept`);
    const accepted = await pair.act('ru-negotiator', `linkages/${linkageId}/accept`);
    expect(accepted.body.linkages).toMatchObject([{ state: 'accepted', answer: { party: 'RU' } }]);
    expect(accepted.body.awaiting.filter((one) => one['what'] === 'answer-to-linkage')).toEqual([]);
    expect(await api.types('irritants', pair.first)).toEqual([
      'IrritantRaised',
      'LinkageAsserted',
      'LinkageRejected',
      'LinkageAccepted',
    ]);
  });

  it('is with an irritant of the same dialogue, and is not asserted on a closed one', async () => {
    const elsewhere = await setScene(api);
    const strange = { irritantId: elsewhere.irritantId, condition: 'together' };
    expect(await pair.act('ru-registrar', 'assert-linkage', strange)).toMatchObject({
      status: 409,
      body: { code: 'reference-elsewhere' },
    });
    await pair.act('ru-negotiator', 'withdraw');
    const late = { irritantId: pair.other.id, condition: 'together' };
    expect(await pair.act('ru-registrar', 'assert-linkage', late)).toMatchObject({
      status: 409,
      body: { code: 'irritant-closed' },
    });
    expect(await api.types('irritants', pair.first)).toEqual(['IrritantRaised', 'IrritantWithdrawn']);
  });

  it('is accepted by the side itself: nobody answers in the name of one that has joined', async () => {
    const linkageId = await pair.asserted();
    const forUs = { party: 'US', sources: [{ sourceId: scene.sources.US }] };
    expect(await pair.act('secretariat', `linkages/${linkageId}/accept`, forUs)).toMatchObject({
      status: 409,
      body: { code: 'party-speaks-for-itself' },
    });
  });
});

describe('The other irritant', () => {
  it('learns of the linkage once, as no instrument, and shows its words and state as they stand', async () => {
    await everyLinkageAct(api, scene);
    const linkageId = await pair.asserted();
    await pair.asserted('us-registrar', { condition: 'package', text: { en: 'One package.' } });
    const other = await pair.shown(pair.other.id);
    expect(other).toMatchObject({
      linkages: [{ direction: 'incoming', irritantId: pair.first }],
      instruments: [],
      awaiting: [{ what: 'answer-to-raising' }],
    });
    expect(await api.types('irritants', pair.other.id)).toEqual(['IrritantRaised', 'InstrumentLinked']);
    const from = { direction: 'incoming', irritantId: pair.first, key: scene.key };
    expect((await overview(pair.other.id))['incomingLinkages']).toMatchObject([
      { ...from, linkageId, condition: 'together', state: 'asserted', party: 'RU', text },
      { ...from, condition: 'package', state: 'asserted', party: 'US' },
    ]);
    await pair.act('us-negotiator', `linkages/${linkageId}/accept`);
    await api.settled();
    expect((await overview(pair.other.id))['incomingLinkages']).toMatchObject([
      { linkageId, state: 'accepted', answer: { party: 'US' } },
      { state: 'asserted' },
    ]);
    expect((await overview(pair.first))['incomingLinkages']).toEqual([]);
  });

  it('shows the linkage as it stood at an earlier moment', async () => {
    const linkageId = await pair.asserted();
    await api.settled();
    const then = momentOfNow(api.server.record);
    await pair.act('us-negotiator', `linkages/${linkageId}/accept`);
    await api.settled();
    const before = await overview(pair.other.id, `?knownAt=${then}`);
    expect(before['incomingLinkages']).toMatchObject([{ linkageId, state: 'asserted' }]);
  });

  it('has in its history what names it, and no other matter of the first', async () => {
    const linkageId = await pair.asserted();
    await pair.act('ru-registrar', 'state-position', { stance: 'seeks-action', text });
    await pair.act('us-negotiator', `linkages/${linkageId}/accept`);
    const third = await api.create<{ id: string }>(
      '/v1/irritants',
      raising(scene.dialogueId),
      'ru-registrar',
    );
    await pair.asserted('ru-registrar', { irritantId: third.body.id });
    expect(namesIn(await historyOf(pair.other.id), `irritant-${pair.first}`)).toEqual(['LinkageAsserted']);
    expect(namesIn(await historyOf(third.body.id), `irritant-${pair.first}`)).toEqual(['LinkageAsserted']);
    expect(namesIn(await historyOf(pair.first), `irritant-${pair.other.id}`)).toEqual([]);
  });

  it('is told in both histories by the keys of both', async () => {
    const linkageId = await pair.asserted();
    await pair.act('us-negotiator', `linkages/${linkageId}/accept`);
    const keys = `${scene.key} with ${pair.other.key}`;
    const toldOf = async (id: string) =>
      (await historyOf(id)).flatMap(({ summary }) => (summary.includes('linkage') ? [summary] : []));
    const own = await toldOf(pair.first);
    expect(own[0]).toContain(`RU asserted a linkage of ${keys} (together)`);
    expect(own[1]?.replace(/\bs\d+/, 'sN')).toBe(`US accepted the linkage of ${keys} (sN: together)`);
    expect((await toldOf(pair.other.id))[0]).toBe(own[0]);
  });

  it('shows in its history that the linkage was retracted, and no linkage any more', async () => {
    await pair.asserted();
    const target = (await api.server.record.streams.events(`irritant-${pair.first}`)).at(-1)?.id;
    await pair.act('ru-registrar', 'retract', { target, reason: text });
    const items = await historyOf(pair.other.id);
    expect(namesIn(items, `irritant-${pair.first}`)).toEqual(['LinkageAsserted', 'EventRetracted']);
    expect(items.find((one) => one.amendedBy !== undefined)?.amendedBy).toMatchObject([
      { type: 'EventRetracted' },
    ]);
    expect((await overview(pair.other.id))['incomingLinkages']).toEqual([]);
    expect((await pair.shown(pair.other.id))['overlays']).toEqual([]);
  });

  it('is not what a resolution checks, nor does it come under review with the first', async () => {
    await pair.asserted();
    const on = pair.other.id;
    await api.settled();
    type Terms = { resolutionId: string; termsHash: string };
    const proposed = await pair.act('ru-negotiator', 'propose-resolution', { terms: text }, on);
    const [terms] = proposed.body['resolutions'] as Terms[];
    const accepted = await pair.act(
      'us-negotiator',
      'accept-resolution',
      { resolutionId: terms?.resolutionId, termsHash: terms?.termsHash },
      on,
    );
    expect(accepted.body.stage).toBe('resolved');
    const checked = (await api.server.record.streams.events(`irritant-${on}`)).find(
      (one) => one.type === 'ResolutionAccepted',
    );
    expect(checked?.data).toMatchObject({ checked: [] });
    await pair.act('us-negotiator', 'open-stage-review', { stage: 'raised' });
    expect(await pair.shown(pair.first)).toMatchObject({ overlays: ['stage-under-review'] });
    expect(await pair.shown(on)).toMatchObject({ overlays: [], flags: [] });
  });
});

describe('The page of an irritant', () => {
  it('shows linkages on both irritants, with their words and state', async () => {
    const hostile = { en: '<script>alert("1")</script>' };
    const linkageId = await pair.asserted('ru-registrar', { text: hostile });
    await pair.act('us-negotiator', `linkages/${linkageId}/reject`, { reason: hostile });
    await api.settled();
    for (const [key, sentence] of [
      [scene.key, `to be settled together with ${pair.other.key} rejected`],
      [
        pair.other.key,
        `to be settled together with this one: ${scene.key} Six properties (title as RU words it) rejected`,
      ],
    ] as const) {
      const page = await browse(api.server.url, `/irritants/${key}`, { cookie: cookieOf(api, 'reader') });
      expect([page.status, ...shortcomings(page.text)]).toEqual([200]);
      const words = page.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
      expect(words).toContain(sentence);
      expect(words).toContain('US rejected it');
    }
  });
});
