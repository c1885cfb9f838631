import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { base64url, exportSPKI, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import type { CryptoKey } from 'jose';
import { Api } from '../support/api.js';
import { aSource, bearing, expectRefused } from '../support/bearing.js';
import { IdentityProvider, signingKey } from '../support/identity-provider.js';
import type { SigningKey, Wanted } from '../support/identity-provider.js';
import { ManualClock } from '../support/manual-clock.js';
import { openTalks } from '../support/scene.js';

const clock = new ManualClock();
let provider: IdentityProvider;
let api: Api;
let rsa: SigningKey;
let stranger: SigningKey;

beforeAll(async () => {
  provider = await IdentityProvider.start(clock);
  rsa = await signingKey('rsa', 'RS256');
  stranger = await signingKey('first');
  provider.publish(provider.key, rsa);
  api = await Api.start({ oidc: [provider.settings()] }, clock);
});
afterAll(async () => {
  await api.stop();
  await provider.stop();
});

/** All that follow differ from this one, which is good, in one thing. */
const secretariat = { entente_roles: ['secretariat'] };
const token = ({ claims, ...wanted }: Wanted = {}) =>
  provider.token({ claims: { ...secretariat, ...claims }, ...wanted });
const inSeconds = (seconds: number) => Math.floor(clock.now() / 1_000) + seconds;

/** Header and claims as they are given, signed with HMAC under any bytes for a secret. */
function withHmac(header: object, secret: string | Uint8Array): string {
  const parts = [header, provider.claims(secretariat)];
  const signed = parts.map((one) => base64url.encode(JSON.stringify(one))).join('.');
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

async function publicPem(): Promise<string> {
  return exportSPKI((await importJWK(rsa.published, 'RS256', { extractable: true })) as CryptoKey);
}

describe('A good token', () => {
  it('is one, in these tests', async () => {
    const source = aSource((await openTalks(api)).dialogueId);
    expect((await bearing(api, await token()).create('/v1/sources', source)).status).toBe(201);
    expect((await bearing(api, await token({ key: rsa })).create('/v1/sources', source)).status).toBe(201);
  });
});

describe('A token is refused that is not signed by the issuer:', () => {
  it('not signed at all', async () => {
    await expectRefused(api, new UnsecuredJWT(provider.claims(secretariat)).encode(), /algorithm/);
    for (const alg of ['none', 'None', 'NONE', 'nOnE']) {
      const header = base64url.encode(JSON.stringify({ alg, kid: 'first' }));
      const claims = base64url.encode(JSON.stringify(provider.claims(secretariat)));
      await expectRefused(api, `${header}.${claims}.`, /algorithm/);
    }
  });

  it('signed with the public key as a shared secret, in each form that it is published in', async () => {
    const header = { alg: 'HS256', kid: 'rsa', typ: 'at+jwt' };
    const pem = await publicPem();
    for (const secret of [pem, pem.trim(), JSON.stringify(rsa.published), rsa.published.n ?? '']) {
      await expectRefused(api, withHmac(header, secret), /algorithm/);
      // The same bytes under the name of an algorithm that is taken.
      await expectRefused(api, withHmac({ ...header, alg: 'RS256' }, secret), /signature/);
    }
  });

  it('signed by somebody else under the name of its key', async () => {
    await expectRefused(api, await token({ key: stranger }), /signature/);
  });

  it('signed with a key of the issuer, under the name of another one', async () => {
    await expectRefused(api, await token({ key: { ...rsa, kid: 'first' } }), /does not publish/);
  });

  it('with a signature cut off, changed, or taken from another token', async () => {
    const [header, claims, signature = ''] = (await token()).split('.');
    const [, , other] = (await token()).split('.');
    const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
    for (const one of [other, flipped]) await expectRefused(api, `${header}.${claims}.${one}`, /signature/);
    await expectRefused(api, `${header}.${claims}.`, /signature/);
    await expectRefused(api, `${header}.${claims}`, /well-formed/);
  });

  it('with claims changed after it was signed', async () => {
    const [header, , signature] = (await token({ claims: { entente_roles: ['reader'] } })).split('.');
    const claims = base64url.encode(JSON.stringify(provider.claims(secretariat)));
    await expectRefused(api, `${header}.${claims}.${signature}`, /signature/);
  });

  it('with a key that it brings along, or names an address of', async () => {
    const { published } = stranger;
    for (const header of [
      { jwk: published },
      { jku: `${provider.issuer}/other` },
      { x5u: `${provider.issuer}/certificate` },
      { x5c: ['MIIB'] },
    ]) {
      const [name = ''] = Object.keys(header);
      const asked = provider.asked.length;
      await expectRefused(api, await token({ key: stranger, header }), new RegExp(`"${name}"`));
      // Also of the issuer's own: nobody has a reason for it, and what reads it one day could be led astray.
      await expectRefused(api, await token({ header }), new RegExp(`"${name}"`));
      expect(provider.asked).toHaveLength(asked);
    }
  });

  it('with a key that the issuer does not publish, for which it is asked once in ten seconds', async () => {
    const unknown = await signingKey('unknown');
    clock.advance(10_000);
    const asked = provider.asked.length;
    for (let times = 0; times < 5; times += 1)
      await expectRefused(api, await token({ key: unknown }), /names a key that its issuer does not publish/);
    await expectRefused(api, await token({ key: { ...unknown, kid: 'also unknown' } }), /does not publish/);
    expect(provider.asked.length - asked).toBe(1);
  });

  it('without the name of a key, where the issuer publishes several', async () => {
    const second = await signingKey('second');
    provider.publish(provider.key, second, rsa);
    clock.advance(11 * 60_000);
    await expectRefused(api, await token({ header: { kid: undefined } }), /does not name its key/);
  });
});

describe('A token is refused whose claims are not as they must be:', () => {
  const cases: readonly (readonly [string, () => Record<string, unknown>, RegExp])[] = [
    ['another audience', () => ({ aud: 'https://other.test' }), /another service/],
    ['several audiences without ours', () => ({ aud: ['a', 'b'] }), /another service/],
    [
      'an audience that only begins like ours',
      () => ({ aud: 'https://entente.test.evil' }),
      /another service/,
    ],
    ['an audience that is no text', () => ({ aud: { 'https://entente.test': true } }), /another service/],
    ['no audience', () => ({ aud: undefined }), /"aud"/],
    ['another issuer', () => ({ iss: 'https://evil.test' }), /somebody else/],
    ['our issuer with a slash', () => ({ iss: `${provider.issuer}/` }), /somebody else/],
    ['no issuer', () => ({ iss: undefined }), /"iss"/],
    ['a past end', () => ({ exp: inSeconds(-31) }), /expired/],
    ['no end', () => ({ exp: undefined }), /"exp"/],
    ['an end in words', () => ({ exp: 'tomorrow' }), /"exp".*number/],
    ['a beginning to come', () => ({ nbf: inSeconds(31) }), /not valid yet/],
    ['a beginning in words', () => ({ nbf: 'now' }), /"nbf".*number/],
    ['no subject', () => ({ sub: undefined }), /"sub"/],
    ['an empty subject', () => ({ sub: '' }), /"sub"/],
    ['a subject that is no text', () => ({ sub: 7 }), /"sub"/],
    ['a subject without end', () => ({ sub: 'x'.repeat(256) }), /"sub"/],
    ['what an ID token has', () => ({ at_hash: 'x' }), /ID token/],
  ];
  it.each(cases)('%s', async (_, claims, says) => {
    await expectRefused(api, await token({ header: { typ: 'JWT' }, claims: claims() }), says);
  });

  it('those of an ID token, unless the issuer calls it an access token', async () => {
    for (const claims of [{ nonce: 'n' }, { c_hash: 'x' }, { typ: 'ID' }, { token_use: 'id' }])
      await expectRefused(api, await token({ header: { typ: undefined }, claims }), /ID token/);
    const marked = await token({ claims: { nonce: 'n' } });
    expect((await bearing(api, marked).get('/v1/irritants')).status).toBe(200);
  });

  it.each([
    ['a list', []],
    ['null', null],
    ['text', 'claims'],
    ['no JSON', undefined],
  ] as const)('%s in the place of an object', async (_, claims) => {
    const header = base64url.encode(JSON.stringify({ alg: 'ES256', kid: 'first' }));
    const body = base64url.encode(claims === undefined ? '{"iss":' : JSON.stringify(claims));
    const data = new TextEncoder().encode(`${header}.${body}`);
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = await crypto.subtle.sign(algorithm, provider.key.privateKey, data);
    const signed = base64url.encode(new Uint8Array(signature));
    await expectRefused(api, `${header}.${body}.${signed}`, /well-formed/);
  });
});

describe('A token is refused whose header is not as it must be:', () => {
  it('with a demand for what nobody has to understand, even where we would', async () => {
    const crit = await new SignJWT(provider.claims(secretariat))
      .setProtectedHeader({ alg: 'ES256', kid: 'first', b64: true, crit: ['b64'] })
      .sign(provider.key.privateKey);
    await expectRefused(api, crit, /"crit"/);
    const odd = { alg: 'ES256', kid: 'first', crit: ['exp'], exp: 1 };
    const parts = [odd, provider.claims(secretariat)].map((one) => base64url.encode(JSON.stringify(one)));
    await expectRefused(api, `${parts.join('.')}.c2lnbmF0dXJl`, /"crit"/);
  });

  it.each(['dpop+jwt', 'logout+jwt', 'secevent+jwt', '', 'JWS'])('with the type "%s"', async (typ) => {
    await expectRefused(api, await token({ header: { typ } }), /"typ"/);
  });

  it('with a type, an algorithm or a name of the key that is no text', async () => {
    const claims = base64url.encode(JSON.stringify(provider.claims(secretariat)));
    for (const header of [
      { alg: 'ES256', kid: 'first', typ: 7 },
      { alg: ['ES256'], kid: 'first' },
      { alg: 'ES256', kid: { first: true } },
      { kid: 'first' },
    ])
      await expectRefused(api, `${base64url.encode(JSON.stringify(header))}.${claims}.c2ln`, /access token/);
  });
});

describe('What is no token at all is refused:', () => {
  it.each([
    'x',
    '..',
    '...',
    'a.b.c',
    'null.null.null',
    'eyJhbGciOiJFUzI1NiJ9',
    'eyJhbGciOiJFUzI1NiJ9..',
    'W10.W10.W10',
    '%00.%00.%00',
    'Entente.a.b',
    '{"alg":"ES256"}.{}.x',
  ])('%s', async (text) => {
    await expectRefused(api, text, /well-formed|algorithm|does not name its key/);
  });

  it('an encrypted one, and one with a part too many', async () => {
    const header = base64url.encode(JSON.stringify({ alg: 'RSA-OAEP', enc: 'A256GCM' }));
    await expectRefused(api, `${header}.a.b.c.d`, /algorithm/);
    await expectRefused(api, `${await token()}.x`, /well-formed/);
  });

  it('one of more than 8 KiB; beyond what headers may be, it is not even read', async () => {
    const padded = (length: number) => token({ claims: { padding: 'x'.repeat(length) } });
    await expectRefused(api, await padded(6_500), /8 KiB/);
    const { status, body } = await bearing(api, await padded(20_000)).get('/v1/irritants');
    expect([status, body['code']]).toEqual([431, 'headers-too-large']);
  });
});
