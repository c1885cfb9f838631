import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { named } from '../support/searching.js';
import { browse, cookieOf, shortcomings } from './reading.js';

const hostile = '<img src=x onerror=alert(1)> "quoted" & more';

interface Made {
  readonly [field: string]: unknown;
  readonly id: string;
}

let api: Api;
let scene: Scene;
let roundId: string;

beforeAll(async () => {
  api = await Api.start();
  scene = await setScene(api);
  const on = `irritants/${scene.irritantId}`;
  await done(api, `${on}/contest`, 'us-registrar', { statement: { en: `The plaque: ${hostile}` } });
  ({ id: roundId } = await made<Made>(api, 'rounds', 'ru-registrar', { dialogueId: scene.dialogueId }));
  await done(api, `rounds/${roundId}/name-delegate`, 'ru-registrar', named('Darchiyev'));
  const notes = { dialogueId: scene.dialogueId, subject: { en: 'Notes on the plaque' } };
  const { id } = await made<Made>(api, 'exchanges', 'ru-negotiator', notes);
  await done(api, `exchanges/${id}/assert-coverage`, 'ru-negotiator', { irritantId: scene.irritantId });
  await api.settled();
});
afterAll(() => api.stop());

const read = (path: string) => browse(api.server.url, path, { cookie: cookieOf(api, 'reader') });
const search = (q: string) => read(`/search?${new URLSearchParams({ q }).toString()}`);

describe('the search field', () => {
  it('is on every page of the record, with a label, as a form that needs no script', async () => {
    for (const path of [
      '/',
      `/irritants/${scene.key}`,
      `/rounds/${roundId}`,
      '/search',
      '/irritants/NONE-1',
    ]) {
      const { text } = await read(path);
      expect([path, ...shortcomings(text)]).toEqual([path]);
      expect(text).toMatch(/<form class="search" role="search" method="get" action="\/search">/);
      expect(text).toContain('<label for="q">Search the record</label>');
    }
  });
});

describe('the page of what was found', () => {
  it('leads to the pages of what it names, and marks the words', async () => {
    const { status, text } = await search('plaq');
    expect(status).toBe(200);
    expect(shortcomings(text)).toEqual([]);
    expect(text).toMatch(new RegExp(`<a href="/irritants/${scene.key}"`));
    expect(text).toContain('<mark>plaque</mark>');
    expect(text).toContain('value="plaq"');
    // The notes have no page of their own: they are shown with the irritant that they cover.
    expect(text).toContain('Notes on the <mark>plaque</mark>');
    expect(text).toMatch(new RegExp(`Exchange on <a href="/irritants/${scene.key}">${scene.key}</a>`));
    expect((await search('Darchiyev')).text).toContain(`<a href="/rounds/${roundId}"`);
    expect((await search('"A dialogue"')).text).toContain(`<a href="/#dialogue-${scene.dialogueId}"`);
  });

  it('shows what people wrote, and what was typed, as it is and never as markup', async () => {
    const { text } = await search(hostile.slice(0, 30));
    expect(text).not.toContain('<img');
    expect(text).toContain('&lt;');
    expect(text).toContain(
      '&lt;<mark>img</mark> <mark>src=x</mark> <mark>onerror=alert(1</mark>)&gt; &quot;quoted&quot;',
    );
  });

  it('asks for words where none were typed, and says so where nothing was found or asked for', async () => {
    for (const path of ['/search', '/search?q=', '/search?q=+']) {
      const { status, text } = await read(path);
      expect([status, text.includes('<h1>Search the record</h1>')]).toEqual([200, true]);
    }
    expect((await search('nowhere')).text).toContain('Nothing in the record has all of these words.');
    const refused = await search('***');
    expect([refused.status, refused.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    expect(refused.text).toContain('has no word or number to look for');
    expect(shortcomings(refused.text)).toEqual([]);
  });

  it('goes on to a next page where there is more than one holds', async () => {
    for (let number = 0; number < 51; number += 1)
      await made(api, 'irritants', 'ru-registrar', {
        ...raising(scene.dialogueId),
        title: { en: `Manifold ${number}` },
      });
    await api.settled();
    const { text } = await search('manifold');
    expect(text.match(/<li>\s*<h2>/g)).toHaveLength(50);
    const [, next = ''] = /<a rel="next" href="([^"]+)"/.exec(text) ?? [];
    const last = await read(next.replaceAll('&amp;', '&'));
    expect(last.text.match(/<li>\s*<h2>/g)).toHaveLength(1);
    expect(last.text).toContain('Manifold 0');
    expect(last.text).not.toContain('rel="next"');
  });

  it('is 401 without a key, and signing in leads back to it with the same words', async () => {
    const path = `/search?${new URLSearchParams({ q: '"Дарчиев" six*' }).toString()}`;
    const { status, text } = await browse(api.server.url, path);
    expect([status, text.includes('Six properties')]).toEqual([401, false]);
    const [, to = ''] = /name="to" value="([^"]+)"/.exec(text) ?? [];
    const form = { key: api.keys['reader'], to: to.replaceAll('&amp;', '&') };
    const entered = await browse(api.server.url, '/sign-in', { form });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, path]);
  });
});
