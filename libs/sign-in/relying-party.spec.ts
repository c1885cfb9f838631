import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';
import { addressIn } from '#libs/access-tokens';
import { IssuerAway, RelyingParty, SignInRefused } from './index.js';
import type { Begun } from './index.js';

type Says = (request: IncomingMessage, response: ServerResponse) => void;

/** An issuer that says whatever a test wants, at each of its addresses. */
let server: Server;
let issuer: string;
let own: { readonly privateKey: CryptoKey; readonly jwk: JWK; readonly spki: string };
let other: { readonly privateKey: CryptoKey; readonly jwk: JWK };
let says: Record<string, Says>;
let document: Record<string, unknown>;
let idToken: (claims: JWTPayload) => string | Promise<string>;
let asked: string[];
let reported: string[];
let nonce: string;

const json =
  (value: unknown): Says =>
  (_, response) =>
    void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));

async function keyPair(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
  return { privateKey, jwk, spki: await exportSPKI(publicKey) };
}

beforeAll(async () => {
  [own, other] = [await keyPair('own'), await keyPair('other')];
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0]!;
    asked.push(path);
    (says[path] ?? ((_, answer) => void answer.writeHead(404).end()))(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const seconds = () => Math.floor(Date.now() / 1_000);
const good = (): JWTPayload => ({
  iss: issuer,
  sub: 'anna',
  aud: 'pages',
  iat: seconds(),
  exp: seconds() + 300,
  nonce,
});
const signed = (
  claims: JWTPayload,
  { privateKey, jwk }: typeof other = own,
  kid: string | undefined = jwk.kid,
) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', ...(kid === undefined ? {} : { kid }) })
    .sign(privateKey);

beforeEach(() => {
  [asked, reported] = [[], []];
  idToken = (claims) => signed(claims);
  document = {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    id_token_signing_alg_values_supported: ['ES256', 'HS256', 'none'],
    authorization_response_iss_parameter_supported: true,
  };
  says = {
    '/.well-known/openid-configuration': (...both) => json(document)(...both),
    '/jwks': json({ keys: [own.jwk] }),
    '/token': (request, response) =>
      void Promise.resolve(idToken(good())).then((token) =>
        json({ access_token: 'a', token_type: 'Bearer', id_token: token })(request, response),
      ),
  };
});

function party(over: Partial<ConstructorParameters<typeof RelyingParty>[0]> = {}) {
  return new RelyingParty({
    issuer,
    clientId: 'pages',
    authentication: { kind: 'secret', secret: 'a secret of the pages' },
    redirectUri: 'http://127.0.0.1:1/sign-in/from/ru',
    scopes: ['openid'],
    now: () => Date.now(),
    report: (reason) => void reported.push(reason),
    ...over,
  });
}

async function finished(one = party(), query: (begun: Begun) => Record<string, string> = answer) {
  const { begun } = await one.begin();
  ({ nonce } = begun);
  return one.finish(new URLSearchParams(query(begun)).toString(), begun);
}
const answer = ({ state }: Begun) => ({ code: 'c', state, iss: issuer });
const failure = (...asking: Parameters<typeof finished>) =>
  finished(...asking).then(
    () => undefined,
    (error: unknown) => error as Error,
  );

describe('An ID token', () => {
  it('that is good says who has come, and until when', async () => {
    const { claims, expiresAt } = await finished();
    expect([claims['sub'], expiresAt > Date.now()]).toEqual(['anna', true]);
  });

  const hmac = (claims: JWTPayload, secret: string) => {
    const part = (one: unknown) => Buffer.from(JSON.stringify(one)).toString('base64url');
    const text = `${part({ alg: 'HS256', kid: 'own' })}.${part(claims)}`;
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
  it.each<[string, (claims: JWTPayload) => string | Promise<string>]>([
    ['unsigned', (claims) => new UnsecuredJWT(claims).encode()],
    ['signed with the public key as a secret', (claims) => hmac(claims, own.spki)],
    ['signed with the secret of the client', (claims) => hmac(claims, 'a secret of the pages')],
    ['by a key that is not published', (claims) => signed(claims, other)],
    ['by another key under the published name', (claims) => signed(claims, other, 'own')],
    ['of another issuer', (claims) => signed({ ...claims, iss: 'https://id.elsewhere.example' })],
    ['for another client', (claims) => signed({ ...claims, aud: 'another' })],
    ['for another client too', (claims) => signed({ ...claims, aud: ['pages', 'another'] })],
    ['that another client has asked for', (claims) => signed({ ...claims, azp: 'another' })],
    [
      'that another client has asked for, for both',
      (claims) => signed({ ...claims, aud: ['pages', 'another'], azp: 'another' }),
    ],
    ['that has expired', (claims) => signed({ ...claims, exp: seconds() - 60 })],
    ['that never expires', ({ exp: _, ...claims }) => signed(claims)],
    ['that is not valid yet', (claims) => signed({ ...claims, nbf: seconds() + 3_600 })],
    ['of the future', (claims) => signed({ ...claims, iat: seconds() + 3_600 })],
    ['of no time', ({ iat: _, ...claims }) => signed(claims)],
    ['without a nonce', ({ nonce: _, ...claims }) => signed(claims)],
    ['of nobody', (claims) => signed({ ...claims, sub: '' })],
    ['of somebody without an end', (claims) => signed({ ...claims, sub: 'a'.repeat(256) })],
    ['that is none', () => 'none'],
  ])('%s lets nobody in, and the operator is told why', async (_, made) => {
    idToken = made;
    const error = await failure();
    expect(error).toBeInstanceOf(SignInRefused);
    expect(error!.message).toBe(
      'It says who you are in a way that is not taken here. Tell whoever runs this server.',
    );
    expect(reported).toEqual([expect.stringMatching(/^its ID token is not taken: [\w ,“”"-]+$/)]);
    expect(reported.join()).not.toMatch(/anna|secret/);
  });

  it('is expected', async () => {
    says['/token'] = json({ access_token: 'a', token_type: 'Bearer' });
    expect(await failure()).toBeInstanceOf(SignInRefused);
  });

  it('for another nonce is not of the sign-in that was begun', async () => {
    idToken = (claims) => signed({ ...claims, nonce: 'another' });
    expect((await failure())?.message).toMatch(/does not belong to the sign-in that was begun here/);
    expect(reported).toEqual([]);
  });
});

describe('The way back', () => {
  it.each<[string, (begun: Begun) => Record<string, string>]>([
    ['of another state', (begun) => ({ ...answer(begun), state: 'another' })],
    ['of no state', ({ state: _, ...begun }) => ({ code: 'c', iss: issuer, ...(begun && {}) })],
    ['of another issuer', (begun) => ({ ...answer(begun), iss: 'https://id.elsewhere.example' })],
    ['of no issuer', ({ state }) => ({ code: 'c', state })],
    ['without a code', ({ state }) => ({ state, iss: issuer })],
    ['with a token in place of a code', (begun) => ({ ...answer(begun), id_token: 'x', response: 'y' })],
  ])('%s is not gone', async (_, query) => {
    expect(await failure(party(), query)).toMatchObject({
      name: 'SignInRefused',
      message: expect.stringContaining('does not belong to the sign-in that was begun here'),
    });
    expect(asked).not.toContain('/token');
  });

  it.each(['constructor', '__proto__', 'toString', '<b>', 'x'.repeat(2_000)])(
    'with the error %j is told in our words',
    async (error) => {
      const refused = await failure(party(), ({ state }) => ({ error, state, iss: issuer }));
      expect(refused?.message).toBe('It did not let anybody in.');
    },
  );
});

describe('What an issuer says of itself', () => {
  const endless: Says = (_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const more = () => {
      while (!response.destroyed && response.write('{"a":"'.padEnd(64 * 1024, 'x')));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  };
  const large = (_: IncomingMessage, response: ServerResponse) =>
    void response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end(JSON.stringify({ keys: Array.from({ length: 100_000 }, () => own.jwk) }));

  it.each([
    ['without an end', '/.well-known/openid-configuration', endless],
    ['without an end', '/token', endless],
    ['without an end', '/jwks', endless],
    ['in 10 MB', '/jwks', large],
    [
      'by another address',
      '/jwks',
      (_: unknown, response: ServerResponse) => void response.writeHead(302, { Location: '/other' }).end(),
    ],
    [
      'by another address',
      '/token',
      (_: unknown, response: ServerResponse) => void response.writeHead(307, { Location: '/other' }).end(),
    ],
    [
      'with a fault of its own',
      '/token',
      (_: unknown, response: ServerResponse) => void response.writeHead(500).end(),
    ],
  ])('%s at %s is left', async (_, path, say) => {
    says[path] = say;
    const error = await failure();
    expect(error instanceof IssuerAway || error instanceof SignInRefused).toBe(true);
    expect(asked).not.toContain('/other');
    expect(asked.filter((one) => one === path)).toHaveLength(1);
  });

  it('slowly is not waited for', async () => {
    says['/jwks'] = () => undefined;
    expect(await failure(party({ answerMs: 100 }))).toBeInstanceOf(IssuerAway);
    expect(reported).toEqual([expect.stringMatching(/\/jwks does not answer in time$/)]);
  });

  it.each([
    'http://127.0.0.1:9200/_search',
    'http://localhost/',
    'https://[::1]:8443/',
    'http://id.example/keys',
  ])('leads nobody from elsewhere to this machine: %s', (address) => {
    const named = (from: string) => addressIn({ issuer: from, jwks_uri: address }, 'jwks_uri');
    expect(() => named('https://id.example')).toThrow('names no https address in "jwks_uri"');
    if (!address.includes('id.example')) expect(named('http://127.0.0.1:8080/realm')).toBe(address);
  });

  it('is of another issuer: nobody is sent there', async () => {
    document['issuer'] = 'https://id.elsewhere.example';
    expect(await failure()).toBeInstanceOf(IssuerAway);
  });

  it('changes: whoever comes next is sent where it says then, once a minute has gone', async () => {
    let now = Date.now();
    const one = party({ now: () => now });
    await one.begin();
    document['authorization_endpoint'] = `${issuer}/elsewhere`;
    expect((await one.begin()).address).toMatch(/\/auth\?/);
    now += 60_000;
    expect((await one.begin()).address).toMatch(/\/elsewhere\?/);
  });
});
