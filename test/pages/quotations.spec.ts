import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import { Api } from '../support/api.js';
import { loadInvented } from '../support/invented.js';
import {
  eventsOf,
  misquoted,
  quotationsInText,
  quotationsOnPage,
  rowsOfWords,
  writtenIn,
} from '../support/quoting.js';
import type { Written } from '../support/quoting.js';
import { rewriteInto } from '../support/rewritten.js';
import { speak } from '../support/speaking.js';
import { booksOf, pagesOf, timelinesOf } from './walk.js';

/** So wide that no text takes several lines. */
const widest = 100_000;

/** The same record, each text made unlike all others, so that what is quoted is known by its words alone. */
async function toldApart(original: Api): Promise<Api> {
  const api = await Api.start();
  let texts = 0;
  await rewriteInto(original.server.record, api.server.record, (text) => {
    texts += 1;
    return `${text.replace(/[“”«»"'\s]+/g, ' ').slice(0, 60)} no. ${texts}.`;
  });
  return api;
}

async function demonstrate(api: Api): Promise<void> {
  const { server, keys } = api;
  await loadRecord(istanbulRecord, { url: server.url, key: keys['secretariat'] ?? '' });
  await loadInvented(api, 'two a side');
}

describe.each([
  ['with words of every kind', speak],
  ['of the demonstration', demonstrate],
])('In a record %s, quotation marks', (_, load) => {
  let original: Api;
  let api: Api;
  let written: readonly Written[];

  beforeAll(async () => {
    original = await Api.start();
    await load(original);
    api = await toldApart(original);
    written = writtenIn(eventsOf(api.server.record));
  });
  afterAll(async () => {
    await api.stop();
    await original.stop();
  });

  const quotable = () => written.filter((one) => one.isQuotable);
  const shownIn = (text: string) => written.filter((one) => text.includes(one.text));

  it('stand on the pages around nothing but words that were said', async () => {
    const pages = await pagesOf(api);
    const quotations = [...pages].flatMap(([path, html]) =>
      quotationsOnPage(html).map((quotation) => [path, quotation] as const),
    );
    expect(quotations.filter(([, one]) => misquoted([one], written).length > 0)).toEqual([]);
    const all = [...pages.values()].join('');
    expect(quotations.length > 0).toBe(quotable().length > 0);
    expect(shownIn(all).filter((one) => !one.isQuotable).length).toBeGreaterThan(5);
  });

  it('stand in the briefing books around nothing but words that were said', async () => {
    const books = await booksOf(api);
    expect(books.length).toBeGreaterThan(1);
    for (const book of books) expect(misquoted(quotationsInText(book), written)).toEqual([]);
    expect(books.flatMap(quotationsInText).length > 0).toBe(quotable().length > 0);
  });

  it('stand in a terminal around nothing but words that were said', async () => {
    const timelines = await timelinesOf(api, widest);
    expect(timelines.length).toBeGreaterThan(0);
    for (const timeline of timelines) expect(misquoted(quotationsInText(timeline), written)).toEqual([]);
    expect(timelines.flatMap(quotationsInText).length > 0).toBe(quotable().length > 0);
  });

  it('and the row of a side’s own words are for what that side said', async () => {
    const rows = (await booksOf(api)).flatMap(rowsOfWords);
    const texts = rows.flatMap((row) => shownIn(row));
    expect(texts.filter((one) => !one.isQuotable)).toEqual([]);
  });
});

describe('A summary in quotation marks', () => {
  const summary: Written = { text: 'A summary.', isQuotable: false, type: 'PositionStated', field: 'text' };
  const said: Written = {
    text: 'Their words & “more”.',
    isQuotable: true,
    type: 'PositionStated',
    field: 'text',
  };
  const found = (quotations: readonly string[]) => misquoted(quotations, [summary, said]);

  it.each([
    '<blockquote lang="en" dir="auto"><p>A summary.</p></blockquote>',
    '<p>They said: <q>A summary.</q></p>',
    '<p>They said: “<bdi>A\n summary.</bdi>”</p>',
    '<td>&quot;A summary.&quot;</td>',
  ])('is found on a page: %s', (html) => {
    expect(found(quotationsOnPage(html))).toContain('A summary.');
  });

  it.each(['- RU: “A summary.” (◐ attributed)', '| In its words | “A summary\\.” |', '> «A summary.»'])(
    'is found in a text: %s',
    (text) => {
      expect(found(quotationsInText(text))).toContain('A summary.');
    },
  );

  it('is told from words that were said', () => {
    expect(found(quotationsOnPage('<blockquote><p>Their words &amp; “more”.</p></blockquote>'))).toEqual([
      'more',
    ]);
    expect(found(quotationsOnPage('<div class="summary"><p>A summary.</p></div>'))).toEqual([]);
  });
});
