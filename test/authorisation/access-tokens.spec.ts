import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demonstrationPrincipals } from '../../src/demo/principals.js';
import { Api } from '../support/api.js';
import { aSource, bearing, expectRefused } from '../support/bearing.js';
import { failings, IdentityProvider, signingKey } from '../support/identity-provider.js';
import { ManualClock } from '../support/manual-clock.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

const clock = new ManualClock();
let provider: IdentityProvider;
let api: Api;
let scene: Scene;

beforeAll(async () => {
  provider = await IdentityProvider.start(clock);
  api = await Api.start({ oidc: [provider.settings()] }, clock);
  scene = await setScene(api);
});
afterAll(async () => {
  await api.stop();
  await provider.stop();
});

const position = { stance: 'seeks-action', text: { en: 'It should be given back.' } };
const stating = () => `/v1/irritants/${scene.irritantId}/state-position`;

async function lastEvent() {
  const events = await api.server.record.streams.events(`irritant-${scene.irritantId}`);
  return events.at(-1)!;
}

/** Everything that the store has, as text. */
async function everythingStored(): Promise<string> {
  const found: unknown[] = [];
  for await (const message of api.server.record.store.readAll({ limit: 10_000 }))
    if (message.kind === 'event') found.push(message.event);
  return JSON.stringify(found, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

const negotiatorOf = (party: string, more: Record<string, unknown> = {}) =>
  provider.token({ claims: { entente_roles: ['negotiator'], entente_party: party, ...more } });

describe('An access token', () => {
  it.each(demonstrationPrincipals.map((one) => [one.name, one] as const))(
    'opens for the %s what a key opens, and no more',
    async (name, { party, roles }) => {
      const claims = { sub: name, entente_roles: roles, entente_party: party ?? undefined };
      const { get, create } = bearing(api, await provider.token({ claims }));
      for (const path of ['/v1/irritants', '/v1/keys', '/metrics']) {
        expect([path, (await get(path)).status]).toEqual([path, (await api.get(path, name)).status]);
      }
      const source = aSource(scene.dialogueId);
      const byKey = await api.create('/v1/sources', source, name);
      expect((await create('/v1/sources', source)).status).toBe(byKey.status);
      expect(byKey.status).toBe(
        roles.some((one) => ['registrar', 'negotiator', 'secretariat'].includes(one)) ? 201 : 403,
      );
    },
  );

  it('lets a party act directly, under an id that stays the same and names nobody', async () => {
    const name = {
      name: 'A. Negotiator',
      email: 'somebody@ministry.test',
      preferred_username: 'anegotiator',
    };
    expect((await bearing(api, await negotiatorOf('RU', name)).act(stating(), position)).status).toBe(200);
    const first = (await lastEvent()).act;
    expect(first).toEqual({
      party: 'RU',
      capacity: 'direct',
      recorderParty: 'RU',
      recordedBy: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/),
    });
    clock.advance(120_000);
    const later = await negotiatorOf('RU', { name: 'A. Newname' });
    const other = { ...position, text: { en: 'All six should be given back.' } };
    expect((await bearing(api, later).act(stating(), other)).status).toBe(200);
    expect((await lastEvent()).act).toEqual(first);
    const words = ['somebody', 'ministry', 'A. Neg', 'anegotiator', 'Newname'];
    const stored = await everythingStored();
    expect(words.filter((one) => stored.includes(one))).toEqual([]);
  });

  it('is another principal for another subject, and for the same one on the other side', async () => {
    const act = { ...position, text: { en: 'It was not ours to give.' } };
    const ids = new Set<string>();
    for (const token of [
      await negotiatorOf('US'),
      await negotiatorOf('US', { sub: 'somebody else' }),
      await negotiatorOf('RU'),
    ]) {
      expect((await bearing(api, token).act(stating(), act)).status).toBe(200);
      ids.add((await lastEvent()).act.recordedBy);
      act.text = { en: `${act.text.en}.` };
    }
    expect(ids.size).toBe(3);
  });

  it('of a registrar does not bind its party', async () => {
    const token = await negotiatorOf('US', { entente_roles: ['registrar'] });
    const { status, body } = await bearing(api, token).act(
      `/v1/irritants/${scene.irritantId}/acknowledge`,
      {},
    );
    expect([status, body['code']]).toEqual([403, 'forbidden']);
  });

  it('is taken twice with one Idempotency-Key as one request', async () => {
    const headers = { 'Idempotency-Key': 'the-same' };
    const claims = { entente_roles: ['secretariat'] };
    const asked = async () => ({
      as: 'nobody' as const,
      body: aSource(scene.dialogueId),
      headers: { ...headers, Authorization: `Bearer ${await provider.token({ claims })}` },
    });
    const first = await api.ask('POST', '/v1/sources', await asked());
    const second = await api.ask('POST', '/v1/sources', await asked());
    expect([first.status, second.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(second.body).toEqual(first.body);
  });

  it('makes no webhook, for nobody knows how long its principal may read', async () => {
    const { status, body } = await api.ask('POST', '/v1/webhooks', {
      as: 'nobody',
      body: { url: 'https://receiver.example/' },
      headers: { Authorization: `Bearer ${await negotiatorOf('RU')}` },
    });
    expect([status, body['code']]).toEqual([409, 'api-key-needed']);
  });

  it('lets somebody upload who may', async () => {
    const upload = async (token: string) =>
      api.ask('POST', `/v1/dialogues/${scene.dialogueId}/bytes`, {
        as: 'nobody',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/octet-stream',
          'Idempotency-Key': 'a-statement',
        },
        body: 'The text of a statement.',
      });
    const secretariat = await provider.token({ claims: { entente_roles: ['secretariat'] } });
    expect((await upload(secretariat)).status).toBe(201);
    const refused = await upload(secretariat.slice(0, -8));
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="entente", error="invalid_token"',
    ]);
  });

  it.each(['RS256', 'PS256', 'PS512', 'ES384', 'ES512', 'EdDSA'])('may be signed with %s', async (alg) => {
    const key = await signingKey(`of ${alg}`, alg);
    provider.publish(provider.key, key);
    clock.advance(10_000);
    expect((await bearing(api, await provider.token({ key })).get('/v1/irritants')).status).toBe(200);
  });

  it.each(['at+jwt', 'application/at+jwt', 'JWT', undefined])('may be of the type %s', async (typ) => {
    const token = await provider.token({ header: { typ } });
    expect((await bearing(api, token).get('/v1/irritants')).status).toBe(200);
  });

  it('may have several audiences, and no kid where the issuer has one key', async () => {
    provider.publish(provider.key);
    clock.advance(11 * 60_000);
    const token = await provider.token({
      header: { kid: undefined },
      claims: { aud: ['other', 'https://entente.test'] },
    });
    expect((await bearing(api, token).get('/v1/irritants')).status).toBe(200);
  });

  it('is good for thirty seconds more, for clocks differ, and not for one more', async () => {
    const token = await provider.token();
    clock.advance(300_000 + 29_000);
    expect((await bearing(api, token).get('/v1/irritants')).status).toBe(200);
    clock.advance(1_000);
    await expectRefused(api, token, /has expired/);
  });

  it('signs nobody in on the pages, which take keys alone', async () => {
    const response = await fetch(`${api.server.url}/sign-in`, {
      method: 'POST',
      headers: { Origin: api.server.url, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ key: await provider.token() }).toString(),
      redirect: 'manual',
    });
    expect([response.status, response.headers.get('set-cookie')]).toEqual([401, null]);
  });
});

describe('The roles of an access token', () => {
  const reading = async (claims: Record<string, unknown>) =>
    bearing(api, await provider.token({ claims })).get('/v1/irritants');

  it.each([
    ['no roles', undefined],
    ['none that we know', ['offline_access', 'minister', 'constructor', 'READER']],
    ['an empty list', []],
    ['null', null],
  ])('may be missing: %s is somebody known who may do nothing', async (_, entente_roles) => {
    const { status, headers, body } = await reading({ entente_roles });
    expect([status, body['code']]).toEqual([403, 'forbidden']);
    expect(body['detail']).toMatch(/gives no role/);
    expect(headers.get('www-authenticate')).toBeNull();
  });

  it('may stand among others, in a list or in text', async () => {
    expect((await reading({ entente_roles: ['offline_access', 'reader', 'reader'] })).status).toBe(200);
    expect((await reading({ entente_roles: 'openid reader' })).status).toBe(200);
  });

  it.each([
    ['a number', 7],
    ['a list with something else', ['reader', 7]],
    ['an object', { reader: true }],
  ])('are malformed as %s', async (_, entente_roles) => {
    await expectRefused(api, await provider.token({ claims: { entente_roles } }), /"entente_roles".*list/);
  });

  it.each([
    ['a registrar without a party', ['registrar'], undefined, /"entente_party"/],
    ['a negotiator without a party', ['negotiator'], null, /"entente_party"/],
    ['a secretariat of one side', ['secretariat'], 'RU', /neither side/],
    ['an operator who reads', ['operator', 'reader'], undefined, /operator/],
    ['a party in small letters', ['reader'], 'ru', /party code/],
    ['no party code', ['registrar'], '', /party code/],
    ['two parties', ['registrar'], ['RU', 'US'], /party code/],
  ])('and the party have to fit together: not %s', async (_, entente_roles, entente_party, says) => {
    await expectRefused(api, await provider.token({ claims: { entente_roles, entente_party } }), says);
  });

  it('name no party but those that the issuer is bound to, and by default none', async () => {
    const of = (entente_party: string) =>
      provider.token({ claims: { entente_roles: ['negotiator'], entente_party } });
    await expectRefused(api, await of('FR'), /may not name the party FR.*ENTENTE_OIDC_PARTIES/);
    const unbound = await Api.start({ oidc: [provider.settings({ parties: [] })] }, clock);
    try {
      await expectRefused(unbound, await of('RU'), /may not name the party RU/);
      const reader = await provider.token({ claims: { entente_roles: ['reader'] } });
      expect((await bearing(unbound, reader).get('/v1/irritants')).status).toBe(200);
    } finally {
      await unbound.stop();
    }
  });

  it('come from the configured claims, by name or by path, and with the prefix alone', async () => {
    const settings = {
      rolesClaim: 'realm_access.roles',
      rolePrefix: 'entente-',
      partyClaim: 'https://entente.test/party',
    };
    const other = await Api.start({ oidc: [provider.settings(settings)] }, clock);
    try {
      const asking = async (claims: Record<string, unknown>) =>
        (await bearing(other, await provider.token({ claims })).get('/v1/irritants')).status;
      const held = (...roles: string[]) => ({ realm_access: { roles } });
      expect(await asking(held('entente-reader'))).toBe(200);
      expect(await asking({ ...held('entente-registrar'), [settings.partyClaim]: 'US' })).toBe(200);
      expect(await asking({ 'realm_access.roles': ['entente-reader'] })).toBe(200);
      expect(await asking(held('reader'))).toBe(403);
      expect(await asking({ entente_roles: ['entente-reader'] })).toBe(403);
      expect(await asking({ realm_access: ['entente-reader'] })).toBe(403);
    } finally {
      await other.stop();
    }
  });
});

describe('An API key', () => {
  it('works while the provider is down, and one with a mistake in it is no business of the provider', async () => {
    provider.failing = failings['answers 503'];
    const asked = provider.asked.length;
    const key = api.keys['reader']!;
    expect((await api.get('/v1/irritants')).status).toBe(200);
    await expectRefused(api, `${key}x`, /key is unknown/);
    await expectRefused(api, key.slice(0, -1), /key is unknown/);
    expect(provider.asked).toHaveLength(asked);
    provider.failing = undefined;
  });

  it('or a token is asked for where there is neither', async () => {
    const { status, headers, body } = await api.ask('GET', '/v1/irritants', { as: 'nobody' });
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="entente"']);
    expect(body['detail']).toMatch(/neither a key nor an access token/);
  });
});

describe('Without an issuer', () => {
  it('no access token is taken', async () => {
    const keysOnly = await Api.start({}, clock);
    await expectRefused(keysOnly, await provider.token(), /key is unknown/);
    await keysOnly.stop();
  });
});
