import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { join, openTalks, raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { browse, cookieOf, shortcomings } from '../pages/reading.js';
import { asRussiaSeesIt, everyAssetAct, Property } from './asset-acts.js';
import type { AssetView } from './asset-acts.js';

let api: Api;
let scene: Scene;
let property: Property;
const text = { en: 'Words.' };

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
  property = await Property.register(api, scene);
});

const typesOf = (one: Property) => api.types('assets', one.id);
const found = async (query: string) => {
  await api.settled();
  const { body } = await api.get<{ items: { id: string }[] }>(
    `/v1/assets?dialogue=${scene.dialogueId}&${query}`,
  );
  return body.items.map((one) => one.id);
};

describe('An asset', () => {
  it('is registered as the word of one side, and becomes an instrument of its irritant', async () => {
    expect(await property.shown()).toMatchObject({
      status: 'held',
      name: { en: 'Property 1' },
      location: null,
      assertedBy: ['RU'],
      ownership: { RU: { owner: 'RU', tenure: 'owned', holder: 'US', party: 'RU', capacity: 'direct' } },
      agreed: { owner: null, tenure: null, holder: null },
      awaiting: [],
    });
    await api.settled();
    const irritant = await api.get(`/v1/irritants/${scene.irritantId}`);
    expect(irritant.body).toMatchObject({
      stage: 'raised',
      instruments: [{ kind: 'asset', id: property.id }],
    });
    const overview = await api.get(`/v1/irritants/${scene.irritantId}/overview`);
    expect(overview.body['linked']).toMatchObject([{ kind: 'asset', id: property.id, status: 'held' }]);
  });

  it('shows what the sides agree on once the other has spoken, and what they do not', async () => {
    const other = await api.create<{ id: string }>(
      '/v1/irritants',
      raising(scene.dialogueId),
      'ru-registrar',
    );
    const word = {
      irritantIds: [scene.irritantId, other.body.id],
      owner: 'US',
      tenure: 'owned',
      holder: 'US',
      name: { en: 'The property' },
    };
    const said = await property.act('us-registrar', 'assert-ownership', word);
    expect(said.body).toMatchObject({
      name: { en: 'Property 1' },
      assertedBy: ['RU', 'US'],
      ownership: { RU: { owner: 'RU' }, US: { owner: 'US', name: { en: 'The property' } } },
      agreed: { owner: null, tenure: 'owned', holder: 'US', basis: 'direct' },
      irritantIds: [scene.irritantId, other.body.id],
    });
    expect((await property.act('us-registrar', 'assert-ownership', word)).status).toBe(200);
    expect(await typesOf(property)).toEqual(['AssetRegistered', 'AssetRegistered']);
    await api.settled();
    const linked = await api.get(`/v1/irritants/${other.body.id}`);
    expect(linked.body['instruments']).toEqual([{ kind: 'asset', id: property.id }]);
  });

  it('is registered also while work on its irritant is suspended, for it is a statement', async () => {
    await api.act(`/v1/irritants/${scene.irritantId}/suspend`, {}, 'us-negotiator');
    const { status } = await api.create('/v1/assets', asRussiaSeesIt(scene), 'ru-registrar');
    expect(status).toBe(201);
  });

  it('belongs to irritants of its own dialogue, and is owned and held by its parties', async () => {
    const elsewhere = await setScene(api);
    const strange = await api.create(
      '/v1/assets',
      asRussiaSeesIt(scene, { irritantIds: [elsewhere.irritantId] }),
      'ru-registrar',
    );
    expect(strange).toMatchObject({ status: 409, body: { code: 'reference-elsewhere' } });
    const third = await api.create('/v1/assets', asRussiaSeesIt(scene, { holder: 'TR' }), 'ru-registrar');
    expect(third).toMatchObject({ status: 409, body: { code: 'party-unknown' } });
    await api.settled();
    expect((await found('owner=RU')).length).toBe(1);
  });

  it('is found by its irritant, by who is said to own or hold it, and by its status', async () => {
    const second = await Property.register(api, scene);
    await second.act('us-registrar', 'assert-ownership', {
      irritantIds: [scene.irritantId],
      owner: 'US',
      tenure: 'owned',
      holder: 'US',
      name: text,
    });
    await second.returned();
    const both = [property.id, second.id].sort();
    expect((await found(`irritant=${scene.irritantId}`)).sort()).toEqual(both);
    expect((await found('owner=RU')).sort()).toEqual(both);
    expect(await found('owner=US')).toEqual([second.id]);
    expect(await found('holder=RU')).toEqual([]);
    expect((await found('holder=US')).sort()).toEqual(both);
    expect(await found('status=held')).toEqual([property.id]);
    expect(await found('status=returned')).toEqual([second.id]);
  });
});

describe('Access to an asset', () => {
  it('is awaited until the other side answers; the last answer counts, and the same one twice is none', async () => {
    const accessId = await property.requested();
    expect((await property.shown()).awaiting).toEqual([
      { what: 'answer-to-access', from: 'US', since: expect.any(String), accessId },
    ]);
    const deny = `access/${accessId}/deny`;
    expect((await property.act('us-negotiator', deny, {})).status).toBe(400);
    await property.act('us-negotiator', deny, { reason: text });
    await property.act('us-negotiator', deny, { reason: text });
    const grant = { from: '2025-06-01', until: '2025-06-30', conditions: text };
    const granted = await property.act('us-negotiator', `access/${accessId}/grant`, grant);
    await property.act('us-negotiator', `access/${accessId}/grant`, grant);
    expect(granted.body).toMatchObject({
      awaiting: [],
      accesses: [{ state: 'granted', purpose: 'inspection', answer: { party: 'US', ...grant } }],
    });
    expect(await typesOf(property)).toEqual([
      'AssetRegistered',
      'AccessRequested',
      'AccessDenied',
      'AccessGranted',
    ]);
  });

  it('that was granted is what an inspection goes under', async () => {
    const accessId = await property.requested();
    const inspection = { accessId, findings: text };
    const tooEarly = await property.act('ru-registrar', 'record-inspection', inspection);
    expect(tooEarly).toMatchObject({ status: 409, body: { code: 'access-not-granted' } });
    await property.act('us-negotiator', `access/${accessId}/grant`);
    const inspected = await property.act('ru-registrar', 'record-inspection', inspection);
    expect(inspected.body.inspections).toMatchObject([{ accessId, findings: text, party: 'RU' }]);
  });

  it('is not granted in the name of a side from what the press says, nor once it speaks for itself', async () => {
    const { dialogueId, sources } = await openTalks(api);
    await join(api, dialogueId, 'RU');
    const raised = await api.create<{ id: string; key: string }>(
      '/v1/irritants',
      raising(dialogueId),
      'ru-registrar',
    );
    const own = { dialogueId, sources, irritantId: raised.body.id, key: raised.body.key };
    const asked = await Property.register(api, own);
    const accessId = await asked.requested();
    const grant = (sourceId: string) =>
      asked.act('secretariat', `access/${accessId}/grant`, { party: 'US', sources: [{ sourceId }] });
    expect(await grant(sources.press)).toMatchObject({
      status: 409,
      body: { code: 'source-not-issued-by-party' },
    });
    expect((await grant(sources.US)).body.accesses).toMatchObject([
      { state: 'granted', answer: { capacity: 'attributed' } },
    ]);
    await join(api, dialogueId, 'US');
    expect(await grant(sources.US)).toMatchObject({ status: 409, body: { code: 'party-speaks-for-itself' } });
    const denied = await asked.act('us-negotiator', `access/${accessId}/deny`, { reason: text });
    expect(denied.body.accesses).toMatchObject([{ state: 'denied', answer: { capacity: 'direct' } }]);
  });

  it('that the other side has answered is asked for anew, not taken back', async () => {
    const accessId = await property.requested();
    const target = (await api.server.record.streams.events(`asset-${property.id}`)).at(-1)?.id;
    await property.act('us-negotiator', `access/${accessId}/deny`, { reason: text });
    expect(await property.act('ru-registrar', 'retract', { target, reason: text })).toMatchObject({
      status: 409,
      body: { code: 'relied-upon' },
    });
    const again = await property.requested();
    expect(again).not.toBe(accessId);
    expect(await property.requested()).toBe(again);
  });
});

describe('Damage to an asset', () => {
  it('is assessed as a decimal number in a currency, and disputed by the other side', async () => {
    for (const amount of ['1e3', '-1', '1.00000', '01', '1,5', '1'.repeat(16)]) {
      const { status } = await property.act('ru-registrar', 'assess-damage', { amount, currency: 'USD' });
      expect([amount, status]).toEqual([amount, 400]);
    }
    const damageId = await property.assessed();
    expect((await property.shown()).awaiting).toMatchObject([
      { what: 'answer-to-damage', from: 'US', damageId },
    ]);
    const lower = { amount: '200000', currency: 'USD', reason: text };
    const disputed = await property.act('us-registrar', `damage/${damageId}/dispute`, lower);
    expect(disputed.body).toMatchObject({
      awaiting: [],
      damages: [{ amount: '1250000.50', currency: 'USD', dispute: { party: 'US', ...lower } }],
    });
  });
});

describe('The return of an asset', () => {
  it('is reported by one side and is so once the other says the same', async () => {
    await property.act('us-negotiator', 'record-return', { to: 'RU' });
    expect(await property.shown()).toMatchObject({
      status: 'return-reported',
      returnedTo: null,
      awaiting: [{ what: 'confirmation-of-return', from: 'RU' }],
    });
    await property.act('us-negotiator', 'record-return', { to: 'RU' });
    const confirmed = await property.act('ru-negotiator', 'record-return', { to: 'RU', protocol: text });
    expect(confirmed.body).toMatchObject({ status: 'returned', returnedTo: 'RU', awaiting: [] });
    expect(await typesOf(property)).toEqual(['AssetRegistered', 'AssetReturned', 'AssetReturned']);
    await api.settled();
    expect((await api.get(`/v1/irritants/${scene.irritantId}`)).body).toMatchObject({ stage: 'raised' });
  });

  it('that both have said is taken back by neither alone', async () => {
    await property.returned();
    const events = await api.server.record.streams.events(`asset-${property.id}`);
    for (const { id: target, act } of events.filter((one) => one.type === 'AssetReturned')) {
      const as = act.party === 'RU' ? 'ru-negotiator' : 'us-negotiator';
      expect(await property.act(as, 'retract', { target, reason: text })).toMatchObject({
        status: 409,
        body: { code: 'relied-upon' },
      });
    }
  });

  it('leaves statements on damage and ownership, and nothing else', async () => {
    const returned = await everyAssetAct(api, scene);
    const before = (await typesOf(returned)).length;
    const refused = await returned.act('ru-registrar', 'record-inspection', { findings: text });
    expect(refused).toMatchObject({ status: 409, body: { code: 'asset-returned' } });
    expect((await typesOf(returned)).length).toBe(before);
    expect(await returned.assessed()).not.toBe('');
    expect((await typesOf(returned)).slice(before)).toEqual(['DamageAssessed']);
  });

  it('names an exchange of notes of the same dialogue, if it names one', async () => {
    const notes = await api.create<{ id: string }>(
      '/v1/exchanges',
      { dialogueId: scene.dialogueId },
      'ru-negotiator',
    );
    const unknown = { to: 'RU', exchangeId: scene.irritantId };
    expect(await property.act('ru-negotiator', 'record-return', unknown)).toMatchObject({
      status: 409,
      body: { code: 'reference-unknown' },
    });
    const named = { to: 'RU', exchangeId: notes.body.id };
    expect((await property.act('ru-negotiator', 'record-return', named)).body).toMatchObject({
      returns: [{ exchangeId: notes.body.id, to: 'RU', party: 'RU' }],
    });
  });
});

describe('The page of an irritant', () => {
  it('shows its assets with what each side says, asks, finds and awaits', async () => {
    const hostile = { en: '<script>alert("1")</script>' };
    const returned = await everyAssetAct(api, scene);
    await property.act('ru-registrar', 'request-access', { purpose: 'visit', text: hostile });
    await property.assessed();
    await api.settled();
    const { status, text: page } = await browse(api.server.url, `/irritants/${scene.key}`, {
      cookie: cookieOf(api, 'reader'),
    });
    expect([status, ...shortcomings(page)]).toEqual([200]);
    const words = page
      .replace(/<\/?bdi>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
    expect(words).toContain('RU asked for access (visit): unanswered');
    expect(words).toContain('RU asked for access (inspection): granted');
    expect(words).toContain('RU assesses damage of 1250000.50 USD');
    expect(words).toContain('From US : an answer to the request for access (asset: Property 1), since');
    expect(words).toContain('Owner RU (owned), holder US');
    expect(words).toContain('US on whose it is Says nothing of it');
    expect((await returned.shown()).status).toBe('returned');
    expect(words).toContain('Property 1 returned');
  });
});

describe('What was recorded of an asset in the name of a side', () => {
  it('is disavowed by that side once it has joined, and with it goes what it had answered', async () => {
    const { dialogueId, sources } = await openTalks(api);
    await join(api, dialogueId, 'US');
    const raised = await api.create<{ id: string; key: string }>(
      '/v1/irritants',
      { ...raising(dialogueId), party: 'RU', sources: [{ sourceId: sources.RU }] },
      'secretariat',
    );
    const body = {
      ...asRussiaSeesIt({ dialogueId, sources, irritantId: raised.body.id, key: raised.body.key }),
      party: 'RU',
      sources: [{ sourceId: sources.RU }],
    };
    const made = await api.create<AssetView>('/v1/assets', body, 'secretariat');
    const on = (as: 'secretariat' | 'us-negotiator' | 'ru-negotiator', path: string, more: object) =>
      api.act<AssetView>(`/v1/assets/${made.body.id}/${path}`, { ...more }, as);
    const said = { party: 'RU', sources: [{ sourceId: sources.RU }] };
    await on('secretariat', 'record-return', { ...said, to: 'RU' });
    const joint = await on('us-negotiator', 'record-return', { to: 'RU' });
    expect(joint.body).toMatchObject({ status: 'returned' });
    await join(api, dialogueId, 'RU');
    const target = (await api.server.record.streams.events(`asset-${made.body.id}`))[1]?.id;
    const disavowed = await on('ru-negotiator', 'disavow', { target, ground: 'not-what-we-said' });
    expect(disavowed.body).toMatchObject({
      status: 'return-reported',
      returns: [{ party: 'US', to: 'RU' }],
      awaiting: [{ what: 'confirmation-of-return', from: 'RU' }],
    });
  });
});
