import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { expectOnlyReads } from '../support/only-reads.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { browse, cookieOf, shortcomings } from './reading.js';

let api: Api;
let scene: Scene;

beforeAll(async () => {
  api = await Api.start();
  scene = await setScene(api);
  await api.settled();
});

afterAll(() => api.stop());

const signIn = (form: object, headers: Record<string, string> = {}) =>
  browse(api.server.url, '/sign-in', { form, headers });

describe('without a key', () => {
  it('the first page asks for one and shows nothing of the record', async () => {
    const { status, text } = await browse(api.server.url, '/');
    expect(status).toBe(200);
    expect(text).toContain('action="/sign-in"');
    expect(text).toMatch(/<input[^>]*type="password"/);
    expect(text).not.toContain('Six properties');
    expect(shortcomings(text)).toEqual([]);
  });

  it.each(['/irritants/RUUS-1', '/rounds/0196f0a0-0000-7000-8000-000000000000'])(
    '%s is 401 and leads back after signing in',
    async (path) => {
      const { status, text } = await browse(api.server.url, path);
      expect(status).toBe(401);
      expect(text).toContain(`name="to" value="${path}"`);
    },
  );

  it('the first page leads back to what was looked for on it', async () => {
    const { status, text } = await browse(api.server.url, '/?awaiting=RU&stage=raised');
    expect(status).toBe(200);
    expect(text).toContain('name="to" value="/?awaiting=RU&amp;stage=raised"');
    const key = api.keys['reader'];
    const { status: entered, headers } = await signIn({ key, to: '/?awaiting=RU&stage=raised' });
    expect([entered, headers.get('location')]).toEqual([303, '/?awaiting=RU&stage=raised']);
  });

  it('a cookie with a key that was revoked asks again', async () => {
    const { key, credential } = await api.server.record.credentials.issue(
      { name: 'gone', party: null, roles: ['reader'], days: 1 },
      { as: 'folder' },
    );
    await api.server.record.credentials.revoke(credential.id);
    const { text } = await browse(api.server.url, '/', { cookie: api.cookieFor(key) });
    expect(text).toContain('action="/sign-in"');
  });
});

describe('a cookie that no server of ours gave', () => {
  it('of whatever length and content lets nobody in, and breaks nothing', async () => {
    const good = cookieOf(api, 'reader').slice('entente='.length);
    const begun = (await import('node:crypto')).randomBytes(64).toString('base64url');
    const flipped = `${good.slice(0, 20)}${good[20] === 'A' ? 'B' : 'A'}${good.slice(21)}`;
    const cut = Array.from({ length: 40 }, (_, at) => good.slice(0, at));
    const cookies = [...cut, good.slice(1), `${good}A`, `${good}${good}`, flipped, begun, 'x'.repeat(8_000)];
    for (const value of [...cookies, '%', '%00', '"', '__proto__', '{"by":"key"}']) {
      const cookie = `entente=${value}; entente-begun=${value}; __Host-entente=${good}`;
      const { status, text, headers } = await browse(api.server.url, `/irritants/${scene.key}`, { cookie });
      expect([value, status]).toEqual([value, 401]);
      expect(text).not.toContain('Six properties');
      expect([headers.get('cache-control'), headers.get('set-cookie')]).toEqual(['no-store', null]);
    }
    const twice = `entente=${good}; entente=${flipped}`;
    const page = await browse(api.server.url, `/irritants/${scene.key}`, { cookie: twice });
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
  });
});

describe('signing in', () => {
  it('sets a cookie that no script reads and no other site sends, and leads to the record', async () => {
    const { status, headers } = await signIn({ key: api.keys['reader'] });
    expect([status, headers.get('location')]).toEqual([303, '/']);
    const [cookie = '', ...attributes] = (headers.get('set-cookie') ?? '').split('; ');
    expect(cookie).toMatch(/^entente=[\w-]+$/);
    expect(cookie).not.toContain(api.keys['reader']!.slice('entente_'.length));
    expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax']);
    const page = await browse(api.server.url, '/', { cookie });
    expect(page.text).toContain('Six properties');
  });

  it('leads back to the page that asked for it, and to no other site', async () => {
    const to = async (wanted: string) =>
      (await signIn({ key: api.keys['reader'], to: wanted })).headers.get('location');
    expect(await to(`/irritants/${scene.key}?effectiveAt=2025-03-01`)).toBe(
      `/irritants/${scene.key}?effectiveAt=2025-03-01`,
    );
    expect(await to('https://elsewhere.example/')).toBe('/');
    expect(await to('//elsewhere.example/')).toBe('/');
    expect(await to('/irritants/a\r\nSet-Cookie: b')).toBe('/');
  });

  it('with a wrong key shows the form again, with the fault', async () => {
    const { status, headers, text } = await signIn({ key: 'entente_wrong' });
    expect([status, headers.get('set-cookie')]).toEqual([401, null]);
    expect(text).toContain('role="alert"');
    expect(text).not.toContain('entente_wrong');
    expect(shortcomings(text)).toEqual([]);
  });

  it("an operator's key is told that operators read no content", async () => {
    const { status, headers, text } = await signIn({ key: api.keys['operator'] });
    expect([status, headers.get('set-cookie')]).toEqual([403, null]);
    expect(text).toContain('operators run the service');
    const page = await browse(api.server.url, '/', { cookie: cookieOf(api, 'operator') });
    expect(page.text).not.toContain('Six properties');
  });

  it.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['a sibling site', { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['another origin', { Origin: 'https://elsewhere.example' }, 403],
    ['a hidden origin', { Origin: 'null' }, 403],
    ['our own page', { 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }, 303],
  ])('from %s', async (_, headers, expected) => {
    const answer = await signIn({ key: api.keys['reader'] }, headers);
    expect(answer.status).toBe(expected);
    expect(answer.headers.has('set-cookie')).toBe(expected === 303);
  });

  it('behind a name that is not this machine the cookie is Secure, and no other host can set it', async () => {
    const response = await api.server.record.credentials.authenticate(api.keys['reader'] ?? '');
    expect(response?.name).toBe('reader');
    const { headers } = await rawSignIn('record.example', api.keys['reader'] ?? '');
    expect(headers).toMatch(/set-cookie: __Host-entente=[^\r]*; Path=\/; HttpOnly; Secure; SameSite=Lax/i);
  });

  it('signing out clears the cookie', async () => {
    const { status, headers } = await browse(api.server.url, '/sign-out', {
      cookie: cookieOf(api, 'reader'),
      form: {},
    });
    expect([status, headers.get('location')]).toEqual([303, '/']);
    expect(headers.get('set-cookie')).toMatch(/^entente=; .*(Max-Age=0|Expires=Thu, 01 Jan 1970)/);
  });
});

describe('the cookie reads pages and nothing else', () => {
  it.each(['secretariat', 'ru-negotiator'])('of %s writes nothing and reads no interface', (name) =>
    expectOnlyReads(api, cookieOf(api, name), scene.key),
  );
});

/** A request whose Host is another than the address it goes to, which fetch does not send. */
async function rawSignIn(host: string, key: string): Promise<{ headers: string }> {
  const { connect } = await import('node:net');
  const { hostname, port } = new URL(api.server.url);
  const body = `key=${key}`;
  const socket = connect(Number(port), hostname);
  socket.end(
    `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
  const answer = (await socket.toArray()).map(String).join('');
  return { headers: answer.slice(0, answer.indexOf('\r\n\r\n')) };
}
