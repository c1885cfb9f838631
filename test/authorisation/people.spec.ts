import { createHash, randomBytes } from 'node:crypto';
import { exportJWK, exportPKCS8, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OidcSettings } from '#config';
import { issuersCheck } from '../../src/cli/issuer-check.js';
import { Api } from '../support/api.js';
import { made } from '../support/acting.js';
import { bearing } from '../support/bearing.js';
import { Browser } from '../support/browser.js';
import type { Visited } from '../support/browser.js';
import { freePort } from '../support/free-port.js';
import { ManualClock } from '../support/manual-clock.js';
import { audience, OpenIdProvider } from '../support/openid-provider.js';
import { shortcomings } from '../pages/reading.js';
import { until } from '../support/settling.js';
import { opened, sealed } from '../../src/site/sealed.js';
import { expectOnlyReads } from '../support/only-reads.js';
import { openTalks, raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

/** A clock of its own, for sessions end; begun now, for the providers go by the real one. */
const clock = new ManualClock(new Date().toISOString());
let port: number;
let home: string;
let ru: OpenIdProvider;
let us: OpenIdProvider;
let api: Api;
let oidc: readonly OidcSettings[];
let scene: Scene;
let otherName: string;

const negotiator = (name: string, party?: string) => ({
  name,
  claims: { entente_roles: ['negotiator', 'offline_access'], entente_party: party },
});

beforeAll(async () => {
  port = await freePort();
  home = `http://127.0.0.1:${port}`;
  ru = await OpenIdProvider.start({
    id: 'ru',
    address: home,
    seconds: 20 * 3_600,
    accounts: {
      anna: negotiator('A. Negotiator <b>'),
      turncoat: negotiator('T. Coat', 'US'),
      runner: { name: 'O', claims: { entente_roles: ['operator'] } },
      clerk: { name: 'C', claims: { entente_roles: ['offline_access'] } },
    },
  });
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const published = { ...(await exportJWK(publicKey)), kid: 'of the pages', alg: 'ES256', use: 'sig' };
  const proof = { pem: await exportPKCS8(privateKey), algorithm: 'ES256', keyId: published.kid };
  us = await OpenIdProvider.start({
    clientKeys: { keys: [published] },
    id: 'us',
    address: home,
    seconds: 40 * 60,
    accounts: { bill: negotiator('B. Ill', 'US') },
  });
  const closed = ru.settings(null, { id: 'closed', name: 'Closed House' });
  oidc = [
    ru.settings('RU'),
    us.settings('US', { authentication: { kind: 'key', ...proof } }),
    { ...closed, issuer: `http://127.0.0.1:${await freePort()}` },
  ];
  api = await Api.start({ port, oidc }, clock);
  scene = await setScene(api);
  const others = await openTalks(api, { as: 'ru-negotiator', parties: { RU: 'RU', US: 'FR' } });
  const cheese = { ...raising(others.dialogueId), respondents: ['FR'], title: { en: 'Cheese' } };
  otherName = (await made<{ key: string }>(api, 'irritants', 'ru-registrar', cheese)).key;
  await api.settled();
});
afterAll(async () => {
  await api.stop();
  await ru.stop();
  await us.stop();
});

/** Signs in as that person of that provider, in that browser. */
async function signedIn(provider: OpenIdProvider, person: string, browser = new Browser(), to = '') {
  provider.person = person;
  const id = provider === ru ? 'ru' : 'us';
  const visited = await browser.visit(`${home}/sign-in/with/${id}${to}`);
  return { browser, visited };
}

/** Goes as far as the provider, which sends the browser back with an answer that is then in our hands. */
async function answerOf(provider: OpenIdProvider, person: string, browser: Browser): Promise<URL> {
  provider.person = person;
  const id = provider === ru ? 'ru' : 'us';
  const isBack = (url: string) => url.startsWith(`${home}/sign-in/from/`);
  return new URL((await browser.visit(`${home}/sign-in/with/${id}`, { until: isBack })).url);
}

const page = (browser: Browser, path: string) => browser.visit(`${home}${path}`);

/** Nobody is signed in by that answer: it is a page that says so, and no session comes of it. */
function expectNobody(browser: Browser, { status, text, headers }: Visited, expected: number, says: RegExp) {
  expect([status, text.replace(/\s+/g, ' ')]).toEqual([expected, expect.stringMatching(says)]);
  expect(browser.cookie(home, 'entente')).toBeUndefined();
  expect(text).not.toContain('Six properties');
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(shortcomings(text)).toEqual([]);
}

describe('Somebody who signs in at the issuer of a party', () => {
  it('reads what that party reads, and nothing else, under the name that the issuer gives', async () => {
    const anna = await signedIn(ru, 'anna');
    expect([anna.visited.status, anna.visited.url]).toEqual([200, `${home}/`]);
    expect(anna.visited.text).toContain('A. Negotiator &lt;b&gt;');
    expect(anna.visited.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    const bill = await signedIn(us, 'bill');
    expect((await page(anna.browser, `/irritants/${scene.key}`)).status).toBe(200);
    expect((await page(bill.browser, `/irritants/${scene.key}`)).status).toBe(200);
    expect((await page(anna.browser, `/irritants/${otherName}`)).status).toBe(200);
    expect((await page(bill.browser, `/irritants/${otherName}`)).status).toBe(404);
    const book = (party: string) => `/dialogues/${scene.dialogueId}/brief?for=${party}`;
    expect((await page(anna.browser, book('RU'))).status).toBe(200);
    expect((await page(anna.browser, book('US'))).status).toBe(403);
    expect((await page(bill.browser, book('RU'))).status).toBe(403);
  });

  it('is led back to the page that was asked for', async () => {
    const browser = new Browser();
    const asked = await page(browser, `/irritants/${scene.key}?effectiveAt=2030-01-01`);
    expect(asked.status).toBe(401);
    const [, link = ''] = /href="(\/sign-in\/with\/ru[^"]*)"/.exec(asked.text) ?? [];
    ru.person = 'anna';
    const { url } = await page(browser, link.replaceAll('&amp;', '&'));
    expect(url).toBe(`${home}/irritants/${scene.key}?effectiveAt=2030-01-01`);
  });

  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/sign-out',
    'javascript:1',
  ])('is led nowhere else: not to %s', async (to) => {
    const { visited } = await signedIn(ru, 'anna', new Browser(), `?to=${encodeURIComponent(to)}`);
    expect(visited.url).toBe(`${home}/`);
  });

  it('has the same rights, and is the same principal, by an access token of that issuer', async () => {
    const { browser } = await signedIn(ru, 'anna');
    const token = await accessToken(ru, 'anna');
    const { get, act } = bearing(api, token);
    expect((await get(`/v1/irritants/${scene.key}`)).status).toBe(200);
    expect((await get(`/v1/irritants/${otherName}`)).status).toBe(200);
    const position = { stance: 'seeks-action', text: { en: 'It should be given back.' } };
    expect((await act(`/v1/irritants/${scene.irritantId}/state-position`, position)).status).toBe(200);
    const { act: by } = (await api.server.record.streams.events(`irritant-${scene.irritantId}`)).at(-1)!;
    expect(by).toMatchObject({ party: 'RU', capacity: 'direct' });
    const stored = await signInsOf(by.recordedBy);
    expect(stored).not.toEqual([]);
    expect(JSON.stringify(stored)).not.toMatch(/anna|Negotiator/);
    expect((await page(browser, '/')).text).toContain('Six properties');
    const other = await accessToken(us, 'bill');
    expect((await bearing(api, other).get(`/v1/irritants/${otherName}`)).status).toBe(404);
  });
});

describe('A party', () => {
  it('is shown which issuers may speak for it or for nobody, and not which speak for the other side', async () => {
    const issuersOf = async (as: 'ru-negotiator' | 'us-negotiator' | 'operator') =>
      (await api.get<{ issuers: { name: string; parties: string[] }[] }>('/v1/keys', as)).body.issuers.map(
        ({ name, parties }) => [name, ...parties],
      );
    expect(await issuersOf('ru-negotiator')).toEqual([['Ministry of RU', 'RU'], ['Closed House']]);
    expect(await issuersOf('us-negotiator')).toEqual([['Ministry of US', 'US'], ['Closed House']]);
    expect(await issuersOf('operator')).toHaveLength(3);
  });
});

/** Every sign-in that is stored for a principal. */
async function signInsOf(principalId: string): Promise<readonly unknown[]> {
  return Array.fromAsync(api.server.record.store.readStream(`sign-ins-${principalId}`), ({ data }) => data);
}

/** As a tool of somebody gets one: by the code flow, for the audience of the interface. */
async function accessToken(provider: OpenIdProvider, person: string): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const asked = new URL(`${provider.issuer}/auth`);
  const parameters = {
    client_id: 'tool',
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1/tool',
    scope: 'openid',
    resource: audience,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) asked.searchParams.set(name, value);
  provider.person = person;
  const isBack = (url: string) => url.startsWith('http://127.0.0.1/tool');
  const back = new URL((await new Browser().visit(asked.href, { until: isBack })).url);
  const answer = await fetch(`${provider.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'tool',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: 'http://127.0.0.1/tool',
      code_verifier: verifier,
      resource: audience,
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

describe('Somebody who signs out', () => {
  /** Tokens are of the time of the issuer. */
  const now = () => clock.advance(Date.now() - clock.now());
  const irritantFor = async (cookie: string) =>
    (await fetch(`${home}/irritants/${scene.key}`, { headers: { Cookie: `entente=${cookie}` } })).status;

  it('is signed out of every copy of the cookie, and led to sign out at the issuer too', async () => {
    now();
    const { browser } = await signedIn(ru, 'anna');
    const first = browser.cookie(home, 'entente')!;
    await signedIn(ru, 'anna', browser);
    const second = browser.cookie(home, 'entente')!;
    const elsewhere = (await signedIn(ru, 'anna')).browser.cookie(home, 'entente')!;
    const out = await browser.visit(`${home}/sign-out`, { form: {} });
    expect([out.status, out.text]).toEqual([200, expect.stringContaining('You are signed out here')]);
    expect(shortcomings(out.text)).toEqual([]);
    expect(browser.cookie(home, 'entente')).toBeUndefined();
    expect([await irritantFor(first), await irritantFor(second)]).toEqual([200, 401]);

    const [, there = ''] = /href="([^"]*session\/end[^"]*)"/.exec(out.text) ?? [];
    const asked = await browser.visit(there.replaceAll('&amp;', '&'));
    const [, xsrf = ''] = /name="xsrf" value="([^"]*)"/.exec(asked.text) ?? [];
    const confirmed = await browser.visit(`${ru.issuer}/session/end/confirm`, {
      form: { xsrf, logout: 'yes' },
    });
    expect([confirmed.status, confirmed.url]).toEqual([200, `${home}/`]);
    // The issuer has said so by the back channel: of that session, and of no other.
    await until(async () => (await irritantFor(first)) === 401);
    expect(await irritantFor(elsewhere)).toBe(200);
  });

  it('by the back channel is signed out by a logout token alone', async () => {
    now();
    const { browser } = await signedIn(ru, 'anna');
    const cookie = browser.cookie(home, 'entente')!;
    for (const token of [await accessToken(ru, 'anna'), 'none', '']) {
      for (const id of ['ru', 'us', 'closed', 'nobody']) {
        const body = new URLSearchParams({ logout_token: token });
        const { status } = await fetch(`${home}/sign-out/by/${id}`, { method: 'POST', body });
        expect([id, status]).toEqual([id, id === 'nobody' ? 404 : 400]);
      }
    }
    expect(await irritantFor(cookie)).toBe(200);
  });
});

describe('A logout token that names a session alone', () => {
  const statusOf = async (browser: Browser) => (await page(browser, `/irritants/${scene.key}`)).status;
  const sentBy = async (id: string, token: string) =>
    (
      await fetch(`${home}/sign-out/by/${id}`, {
        method: 'POST',
        body: new URLSearchParams({ logout_token: token }),
      })
    ).status;

  it('signs that one out, by the issuer of it and by no other', async () => {
    clock.advance(Date.now() - clock.now());
    const { browser: meant } = await signedIn(ru, 'anna');
    const sid = ru.sessions().at(-1)!;
    const { browser: another } = await signedIn(ru, 'anna');
    const { browser: bills } = await signedIn(us, 'bill');
    await api.settled();
    expect(await sentBy('us', await us.logoutToken({ sid }))).toBe(200);
    for (const wrong of [
      {},
      { sid: '' },
      { sid: 7 },
      { sid, nonce: 'n' },
      { sid, events: {} },
      { sid, sub: '' },
    ])
      expect([wrong, await sentBy('ru', await ru.logoutToken(wrong))]).toEqual([wrong, 400]);
    expect(await sentBy('ru', await ru.logoutToken({ sid: 'none of ours' }))).toBe(200);
    expect([await statusOf(meant), await statusOf(another), await statusOf(bills)]).toEqual([200, 200, 200]);
    expect(await sentBy('ru', await ru.logoutToken({ sid }))).toBe(200);
    clock.advance(1_000);
    expect([await statusOf(meant), await statusOf(another), await statusOf(bills)]).toEqual([401, 200, 200]);
  });
});

describe('Where an issuer does not answer', () => {
  it('the sign-in page says so by its name, and a key goes on', async () => {
    const browser = new Browser();
    const { text, status } = await page(browser, '/');
    expect([status, text]).toEqual([200, expect.stringContaining('Closed House</bdi> does not answer now')]);
    expect(text).not.toContain('Ministry of RU</bdi> does not answer');
    const visited = await page(browser, '/sign-in/with/closed');
    expectNobody(browser, visited, 503, /Closed House does not answer now/);
    expect(visited.headers.get('retry-after')).toBe('10');
    expect(visited.text).not.toMatch(/127\.0\.0\.1|ECONN/);
    const entered = await browser.visit(`${home}/sign-in`, { form: { key: api.keys['reader']! } });
    expect(entered.text).toContain('Six properties');
  });
});

describe('The doctor', () => {
  it('asks each issuer whether it answers, and whether it takes this server for its client', async () => {
    const wrong = { kind: 'secret', secret: 'another secret' } as const;
    const found = await issuersCheck([
      ...oidc,
      { ...ru.settings('RU', { name: 'Wrong House', authentication: wrong }), issuer: ru.issuer },
    ]);
    const people = found.filter(({ about }) => about === 'sign-in');
    expect(people.map(({ grade, says }) => [grade, says])).toEqual([
      ['well', `Ministry of RU (${ru.issuer}) answers, and takes this server as pages`],
      ['well', `Ministry of US (${us.issuer}) answers, and takes this server as pages`],
      ['ill', expect.stringMatching(/^Closed House .*can't be reached \(ECONNREFUSED\)\..*keys go on/)],
      ['ill', expect.stringMatching(/^Wrong House .*refuses this server as its client: invalid_client\./)],
    ]);
    expect(found.filter(({ about }) => about === 'access tokens')).toHaveLength(4);
    expect(JSON.stringify(found)).not.toMatch(/another secret|a secret of the pages/);
  });
});

describe('The answer of an issuer signs nobody in', () => {
  it('that was asked for in another browser', async () => {
    const answer = await answerOf(ru, 'anna', new Browser());
    const thief = new Browser();
    expectNobody(thief, await thief.visit(answer.href), 400, /began no sign-in there/);
    const begun = new Browser();
    await answerOf(ru, 'anna', begun);
    expectNobody(begun, await begun.visit(answer.href), 403, /does not belong to the sign-in/);
  });

  it('with another state, or none', async () => {
    for (const state of ['another', undefined]) {
      const browser = new Browser();
      const answer = await answerOf(ru, 'anna', browser);
      if (state === undefined) answer.searchParams.delete('state');
      else answer.searchParams.set('state', state);
      expectNobody(browser, await browser.visit(answer.href), 403, /does not belong to the sign-in/);
    }
  });

  it('a second time', async () => {
    const browser = new Browser();
    const answer = await answerOf(ru, 'anna', browser);
    const kept = browser.cookie(home, 'entente-begun')!;
    expect((await browser.visit(answer.href)).url).toBe(`${home}/`);
    const again = new Browser();
    again.setCookie(home, 'entente-begun', kept);
    expectNobody(again, await again.visit(answer.href), 403, /used already/);
  });

  it('that another issuer gave, or that names another one', async () => {
    const browser = new Browser();
    const answer = await answerOf(ru, 'anna', browser);
    const mixed = new URL(answer);
    mixed.searchParams.set('iss', us.issuer);
    expectNobody(browser, await browser.visit(mixed.href), 403, /does not belong to the sign-in/);
    mixed.searchParams.delete('iss');
    expectNobody(browser, await browser.visit(mixed.href), 403, /does not belong to the sign-in/);
    const sideways = answer.href.replace('/from/ru', '/from/us');
    expectNobody(browser, await browser.visit(sideways), 400, /began no sign-in there/);
  });

  it('with an ID token for another nonce', async () => {
    const [first, second] = [new Browser(), new Browser()];
    const answer = await answerOf(ru, 'anna', first);
    await answerOf(ru, 'anna', second);
    const sealedByUs = (browser: Browser) => browser.cookie(home, 'entente-begun')!;
    // All of the first sign-in but its nonce, which only a server of ours could seal.
    const { moments, store } = api.server.record;
    const { epoch } = await store.identity();
    const begun = opened(moments, 'begun', epoch, sealedByUs(first))!;
    const other = opened(moments, 'begun', epoch, sealedByUs(second))!;
    first.setCookie(home, 'entente-begun', sealed(moments, 'begun', epoch, { ...begun, nonce: other.nonce }));
    expectNobody(first, await first.visit(answer.href), 403, /does not belong to the sign-in/);
  });

  it('after ten minutes, or where the person declined', async () => {
    const browser = new Browser();
    const answer = await answerOf(ru, 'anna', browser);
    clock.advance(10 * 60_000);
    expectNobody(browser, await browser.visit(answer.href), 400, /began no sign-in there/);
    const declining = new Browser();
    ru.person = undefined;
    const declined = await declining.visit(`${home}/sign-in/with/ru`);
    expectNobody(declining, declined, 403, /Ministry of RU: The sign-in was declined there/);
  });

  it.each([
    ['turncoat', /may not name the party US: it is bound to RU/],
    ['runner', /An operator serves both sides/],
    ['clerk', /gives you no role/],
  ])('for %s', async (person, says) => {
    const { browser, visited } = await signedIn(ru, person);
    expectNobody(browser, visited, 403, says);
    expect(visited.text).not.toContain(person);
  });

  it('at an issuer that nobody named, or by a look at its headers alone', async () => {
    const browser = new Browser();
    expectNobody(browser, await page(browser, '/sign-in/with/xx'), 404, /knows no issuer/);
    const answer = await answerOf(ru, 'anna', browser);
    const headers = { Cookie: browser.cookiesOf(home) };
    expect((await fetch(answer, { method: 'HEAD', headers, redirect: 'manual' })).status).toBe(400);
    expect((await browser.visit(answer.href)).url).toBe(`${home}/`);
  });
});

describe('A session', () => {
  it('ends with the word of the issuer, however much is read', async () => {
    const { browser } = await signedIn(us, 'bill');
    clock.advance(25 * 60_000);
    expect((await page(browser, `/irritants/${scene.key}`)).status).toBe(200);
    clock.advance(20 * 60_000);
    expect((await page(browser, `/irritants/${scene.key}`)).status).toBe(401);
  });

  it('is a new one at each sign-in, and what a browser brought along names nothing', async () => {
    const browser = new Browser();
    browser.setCookie(home, 'entente', 'chosen-by-somebody-else');
    await signedIn(ru, 'anna', browser);
    const first = browser.cookie(home, 'entente');
    expect(first).not.toBe('chosen-by-somebody-else');
    await signedIn(ru, 'anna', browser);
    expect(browser.cookie(home, 'entente')).not.toBe(first);
  });

  it('reads pages and nothing else: it writes nothing, and reads no interface', async () => {
    const { browser } = await signedIn(ru, 'anna');
    await expectOnlyReads(api, browser.cookiesOf(home), scene.key);
  });

  it('is one of ten at the most: the oldest ends in an eleventh browser, however many begin at once', async () => {
    const { browser: first } = await signedIn(ru, 'anna');
    clock.advance(1);
    await Promise.all(Array.from({ length: 9 }, () => signedIn(ru, 'anna')));
    expect((await page(first, `/irritants/${scene.key}`)).status).toBe(200);
    const { browser: last } = await signedIn(ru, 'anna');
    expect((await page(first, `/irritants/${scene.key}`)).status).toBe(401);
    expect((await page(last, `/irritants/${scene.key}`)).status).toBe(200);
  });

  const readsUntil = async (browser: Browser, stepMs: number, mostMs: number) => {
    const begun = clock.now();
    while (clock.now() - begun < mostMs) {
      clock.advance(stepMs);
      if ((await page(browser, `/irritants/${scene.key}`)).status === 401) break;
    }
    return (clock.now() - begun) / 60_000;
  };

  it('ends an hour after the last page, or after twelve in any case', async () => {
    const { browser: idle } = await signedIn(ru, 'anna');
    expect(await readsUntil(idle, 60 * 60_000, 60 * 60_000)).toBe(60);
    expect((await page(idle, `/irritants/${scene.key}`)).status).toBe(401);
    const { browser: busy } = await signedIn(ru, 'anna');
    expect(await readsUntil(busy, 50 * 60_000, 20 * 60 * 60_000)).toBe(750);
  });
});

describe('Another server on the same store', () => {
  let second: Api;
  /** It binds the issuer of US to another party. */
  beforeAll(async () => {
    const [first, other, ...rest] = oidc;
    const rebound = { ...other!, parties: ['FR'], boundTo: { party: 'FR' } };
    const settings = { oidc: [first!, rebound, ...rest] };
    const through = () => api.server.record.store;
    second = await Api.start(settings, clock, undefined, undefined, through);
  });
  afterAll(() => second.stop());

  const at = (server: Api, url: string | URL, cookie: string) =>
    fetch(new URL(new URL(url).pathname + new URL(url).search, server.server.url), {
      headers: { Cookie: cookie },
      redirect: 'manual',
    });

  it('finishes what was begun at the first one, and knows its sessions and their end within a second', async () => {
    clock.advance(Date.now() - clock.now());
    const browser = new Browser();
    const answer = await answerOf(ru, 'anna', browser);
    const entered = await at(second, answer, browser.cookiesOf(home));
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/']);
    const [cookie = ''] = entered.headers.getSetCookie().map((line) => line.split(';')[0]);
    const irritant = `${home}/irritants/${scene.key}`;
    expect((await at(api, irritant, cookie)).status).toBe(200);
    expect((await at(second, irritant, cookie)).status).toBe(200);
    const out = await fetch(`${home}/sign-out`, {
      method: 'POST',
      headers: { Cookie: cookie },
      redirect: 'manual',
    });
    expect(out.status).toBe(200);
    clock.advance(1_000);
    expect((await at(second, irritant, cookie)).status).toBe(401);
  });

  it('takes no session of an issuer that it binds otherwise', async () => {
    const { browser } = await signedIn(us, 'bill');
    const irritant = `${home}/irritants/${scene.key}`;
    expect((await at(api, irritant, browser.cookiesOf(home))).status).toBe(200);
    expect((await at(second, irritant, browser.cookiesOf(home))).status).toBe(401);
  });
});
