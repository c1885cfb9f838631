import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { firstUnfit } from '#libs/characters';
import { loadRecord } from '../../src/demo/load.js';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { Api } from '../support/api.js';
import { loadInvented } from '../support/invented.js';
import { rewriteInto } from '../support/rewritten.js';
import { shortcomings } from './reading.js';
import { textNodesOf } from './rendered.js';
import { booksOf, pagesOf, timelinesOf } from './walk.js';

/** One of each kind that shows something else than it is, some of which no store or line takes gladly. */
const unfit = [
  '\u0000',
  '\u0007',
  '\u001b[31m',
  '\u001b]8;;https://example.org\u001b\\',
  '\r',
  '\u0085',
  '\u009b2J',
  '\u202a',
  '\u202b',
  '\u202c',
  '\u202d',
  '\u202e',
  '\u2066',
  '\u2067',
  '\u2068',
  '\u2069',
  '\ufeff',
  '\ufdd0',
  '\uffff',
  '\u{1fffe}',
  '\u{e0001}',
  '\u{e0041}',
  '\ud800',
  '\udfff',
];
const codeOf = (text: string) =>
  `⟦U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`;

const hebrew = /[\u0590-\u05ff]/;

let demonstration: Api;

beforeAll(async () => {
  demonstration = await Api.start();
  const { server, keys } = demonstration;
  await loadRecord(istanbulRecord, { url: server.url, key: keys['secretariat'] ?? '' });
  await loadInvented(demonstration, 'two a side');
});
afterAll(() => demonstration.stop());

interface Listed {
  readonly items: readonly { readonly id: string }[];
}

describe('A record in which every text runs from right to left', () => {
  let api: Api;

  beforeAll(async () => {
    api = await Api.start();
    await rewriteInto(
      demonstration.server.record,
      api.server.record,
      (text) => `אבג ${text.slice(0, 60)} 12 (דהו)`,
    );
  });
  afterAll(() => api.stop());

  it('moves nothing on a page that stands beside its texts', async () => {
    const pages = await pagesOf(api, ['/search?q=%D7%90%D7%91%D7%92']);
    for (const [path, html] of pages) {
      const texts = textNodesOf(html).filter(
        ({ text, within }) => hebrew.test(text) && !within.endsWith(' title'),
      );
      expect([path, texts.filter((one) => !one.isKeptApart)]).toEqual([path, []]);
      expect([path, texts.length > 3]).toEqual([path, true]);
      expect([path, ...shortcomings(html)]).toEqual([path]);
    }
  });

  it('moves nothing in a briefing book in Markdown', async () => {
    for (const book of await booksOf(api)) {
      expect(book).toMatch(hebrew);
      expect(book.replace(/\u2068[^\u2068\u2069\n]*\u2069/g, '')).not.toMatch(hebrew);
    }
  });

  it('moves nothing in a terminal, on no line of a text that takes several', async () => {
    for (const timeline of await timelinesOf(api, 72)) {
      expect(timeline).toMatch(hebrew);
      expect(timeline.replace(/\u2068[^\u2068\u2069\n]*\u2069/g, '')).not.toMatch(hebrew);
    }
  });
});

describe('A record whose texts hold what shows something else than it is', () => {
  let api: Api;
  let texts = 0;

  beforeAll(async () => {
    api = await Api.start();
    await rewriteInto(demonstration.server.record, api.server.record, (text) => {
      texts += 1;
      return `${text}${unfit[texts % unfit.length]} `;
    });
  });
  afterAll(() => api.stop());

  const marksIn = (all: string) => unfit.filter((one) => !all.includes(codeOf(one)));

  it('shows each by its code on its pages, in their titles and their attributes', async () => {
    const pages = [...(await pagesOf(api)).values()];
    for (const page of pages) {
      expect(firstUnfit(page)).toBeUndefined();
      expect(shortcomings(page)).toEqual([]);
      for (const attribute of page.match(/="[^"]*"/g) ?? []) expect(attribute).not.toContain('<');
      for (const [title] of page.matchAll(/<title>.*?<\/title>/gs)) expect(title).not.toContain('<span');
    }
    expect(marksIn(pages.join())).toEqual([]);
    expect(pages.join()).toContain('<span class="unfit">⟦U+202E⟧</span>');
  });

  it('shows each by its code in the briefing books', async () => {
    const books = (await booksOf(api)).join();
    expect(firstUnfit(books)).toBeUndefined();
    expect(marksIn(books)).toEqual([]);
  });

  it('shows each by its code in a terminal', async () => {
    const timelines = (await timelinesOf(api, 72)).join('\n');
    expect(firstUnfit(timelines)).toBeUndefined();
    expect(marksIn(timelines)).toEqual([]);
  });

  it('gives each to programs as it is stored', async () => {
    const { id } = (await api.get<Listed>('/v1/irritants?limit=1')).body.items[0] ?? { id: '' };
    const { body } = await api.get<string>(`/v1/irritants/${id}/replay`);
    expect(firstUnfit(JSON.parse(body.split('\n')[0] ?? '').event.content.title.en)).toBeDefined();
  });
});
