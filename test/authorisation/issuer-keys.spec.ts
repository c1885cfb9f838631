import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { bearing, expectRefused } from '../support/bearing.js';
import { failings, IdentityProvider, signingKey, silence } from '../support/identity-provider.js';
import { ManualClock } from '../support/manual-clock.js';

const clock = new ManualClock();
const minute = 60_000;
const cannot = /keys of its issuer can't be fetched/;
const discovery = '/realms/entente/.well-known/openid-configuration';
const keys = '/realms/entente/keys';
let provider: IdentityProvider;
let api: Api;

beforeAll(async () => {
  provider = await IdentityProvider.start(clock);
});
afterAll(() => provider.stop());

/** Each test begins with a server that has never asked. */
beforeEach(async () => {
  provider.failing = undefined;
  provider.document = {};
  provider.publish(provider.key);
  provider.asked.length = 0;
  api = await Api.start({ oidc: [provider.settings()] }, clock);
});
afterEach(() => api.stop());

const status = async (token?: string, on = api) =>
  (await bearing(on, token ?? (await provider.token())).get('/v1/irritants')).status;

/** Asks until the answer is as it should be: what happens beside a request has no moment that one could wait for. */
async function until(wanted: () => Promise<boolean> | boolean): Promise<void> {
  for (let times = 0; times < 500; times += 1) if (await wanted()) return;
  throw new Error('It never came about.');
}

describe('The keys of the issuer', () => {
  it('are found through its discovery document, with the first token and not before', async () => {
    expect(provider.asked).toEqual([]);
    expect(await status()).toBe(200);
    expect(provider.asked).toEqual([discovery, keys]);
    expect(await status()).toBe(200);
    expect(provider.asked).toHaveLength(2);
  });

  it('are fetched once, however many tokens come at the same time', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => provider.token()));
    expect(new Set(await Promise.all(tokens.map((one) => status(one))))).toEqual(new Set([200]));
    expect(provider.asked).toEqual([discovery, keys]);
  });

  it('are fetched from the configured address, without discovery', async () => {
    const direct = await Api.start({ oidc: [provider.settings({ jwksUrl: provider.jwksUrl })] }, clock);
    expect(await status(undefined, direct)).toBe(200);
    expect(provider.asked).toEqual([keys]);
    await direct.stop();
  });

  it('are fetched anew after five minutes, while nobody waits for them', async () => {
    expect(await status()).toBe(200);
    clock.advance(6 * minute);
    provider.failing = silence;
    expect(await status()).toBe(200);
    await until(() => provider.asked.length === 3);
    expect(await status()).toBe(200);
    expect(provider.asked).toEqual([discovery, keys, keys]);
  });
});

describe('When the issuer changes its keys', () => {
  it('the new one is taken at once, and the old one as long as it is published', async () => {
    const before = await provider.token();
    expect(await status(before)).toBe(200);
    const second = await signingKey('second');
    provider.publish(provider.key, second);
    clock.advance(10_000);
    expect(await status(await provider.token({ key: second }))).toBe(200);
    expect(await status(before)).toBe(200);
    provider.publish(second);
    clock.advance(4 * minute);
    expect(await status(await provider.token({ key: second }))).toBe(200);
    clock.advance(2 * minute);
    await until(async () => (await status(await provider.token())) === 401);
    await expectRefused(api, await provider.token(), /does not publish/);
  });

  describe('and gives the new one the name of the old', () => {
    it('what is signed with it is taken after one more look, and what the old one signed no more', async () => {
      const before = await provider.token();
      expect(await status(before)).toBe(200);
      const replaced = await signingKey(provider.key.kid);
      provider.publish(replaced);
      clock.advance(10_000);
      const fresh = await provider.token({ key: replaced });
      expect(await status(fresh)).toBe(200);
      expect(await status(fresh)).toBe(200);
      await expectRefused(api, before, /signature/);
      expect(provider.asked).toEqual([discovery, keys, keys]);
    });

    it('many tokens at once wait for one look, and each is judged by it', async () => {
      expect(await status()).toBe(200);
      const replaced = await signingKey(provider.key.kid);
      provider.publish(replaced);
      clock.advance(10_000);
      const fresh = await Promise.all(Array.from({ length: 12 }, () => provider.token({ key: replaced })));
      expect(new Set(await Promise.all(fresh.map((one) => status(one))))).toEqual(new Set([200]));
      expect(provider.asked).toEqual([discovery, keys, keys]);
    });

    it('a flood of tokens that somebody else signed makes the issuer be asked once in ten seconds', async () => {
      expect(await status()).toBe(200);
      const stranger = await signingKey(provider.key.kid);
      for (let window = 1; window <= 3; window += 1) {
        clock.advance(10_000);
        for (let count = 0; count < 10; count += 1)
          await expectRefused(api, await provider.token({ key: stranger }), /signature/);
        expect(provider.asked).toHaveLength(2 + window);
        clock.advance(9_999);
        await expectRefused(api, await provider.token({ key: stranger }), /signature/);
        expect(provider.asked).toHaveLength(2 + window);
        clock.advance(-9_999);
      }
      expect(await status()).toBe(200);
    });

    it.each(Object.entries(failings))('and then %s, a wrong signature stays one', async (_, failing) => {
      expect(await status()).toBe(200);
      clock.advance(10_000);
      provider.failing = failing;
      const stranger = await signingKey(provider.key.kid);
      await expectRefused(api, await provider.token({ key: stranger }), /signature/);
      expect(await status()).toBe(200);
    });
  });

  it('and their address, it is found again', async () => {
    provider.document = { jwks_uri: `${provider.issuer}/moved` };
    await expectRefused(api, await provider.token(), cannot);
    provider.document = {};
    clock.advance(10_000);
    expect(await status()).toBe(200);
  });
});

describe('When the keys cannot be had', () => {
  it.each(Object.entries(failings))('because the issuer %s, every token is refused', async (_, failing) => {
    provider.failing = failing;
    await expectRefused(api, await provider.token(), cannot);
    expect((await api.get('/v1/irritants')).status).toBe(200);
    expect((await api.get('/readyz')).status).toBe(200);
    // It is asked once in ten seconds: a flood of tokens is none of requests to the issuer.
    expect(provider.asked).toHaveLength(1);
    provider.failing = undefined;
    await expectRefused(api, await provider.token(), cannot);
    clock.advance(10_000);
    expect(await status()).toBe(200);
  });

  it.each(Object.entries(failings))('because their address %s, it is the same', async (_, failing) => {
    const direct = await Api.start({ oidc: [provider.settings({ jwksUrl: provider.jwksUrl })] }, clock);
    provider.failing = failing;
    await expectRefused(direct, await provider.token(), cannot);
    await direct.stop();
  });

  it('because nobody listens, every token is refused', async () => {
    const gone = await IdentityProvider.start(clock);
    const settings = gone.settings();
    const token = await gone.token();
    await gone.stop();
    const alone = await Api.start({ oidc: [settings] }, clock);
    await expectRefused(alone, token, cannot);
    expect((await alone.get('/v1/irritants')).status).toBe(200);
    await alone.stop();
  });

  it('because the issuer takes the request and says nothing, tokens wait for a bounded time, and keys not at all', async () => {
    provider.failing = silence;
    const refused = expectRefused(api, await provider.token(), cannot);
    expect((await api.get('/v1/irritants')).status).toBe(200);
    await refused;
  });

  it.each([
    ['speaks for another issuer', { issuer: 'https://other.test' }],
    ['names no address', { jwks_uri: undefined }],
    ['names one without TLS', { jwks_uri: 'http://keys.test/keys' }],
    ['names one that is none', { jwks_uri: 'file:///etc/keys' }],
  ])('because the discovery document %s, every token is refused', async (_, document) => {
    provider.document = document;
    await expectRefused(api, await provider.token(), cannot);
    expect(provider.asked).toEqual([discovery]);
  });

  it('any more, those at hand serve for ten minutes, and no longer', async () => {
    expect(await status()).toBe(200);
    provider.failing = failings['answers 503'];
    clock.advance(10 * minute - 1);
    expect(await status()).toBe(200);
    clock.advance(1);
    await expectRefused(api, await provider.token(), cannot);
  });

  it('because what is published is not usable, tokens are refused and nothing breaks', async () => {
    const { published } = provider.key;
    const weak = { kty: 'RSA', kid: 'first', alg: 'RS256', n: 'AQAB', e: 'AQAB' };
    const secret = { kty: 'oct', kid: 'first', k: 'c2VjcmV0' };
    for (const jwk of [{ ...published, x: 'AA' }, { ...published, d: published.x! }, weak, secret]) {
      provider.publishInstead(jwk);
      clock.advance(11 * minute);
      await expectRefused(api, await provider.token(), /can't be checked|does not publish|signature/);
    }
  });
});
