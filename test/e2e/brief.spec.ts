import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import type { Body } from '../support/api.js';
import { holdTalks } from '../support/talks.js';
import type { FullTalks } from '../support/talks.js';
import { done } from '../support/acting.js';
import { raising } from '../support/scene.js';

/** Words that would be a heading, a table, a list, a link, a quotation and markup, were they taken for such. */
const hostile = [
  'Return | of *all* `six` _properties_',
  '# Not a heading',
  '## S-1 Forged',
  '| a | b |',
  '| --- | --- |',
  '- forged item',
  '---',
  '> forged',
  '1. one',
  '[1]: javascript:alert(1)',
  '[x](javascript:alert(1)) ![y](https://example.org/y)',
  '~~gone~~ &lt;b&gt; <script>alert(1)</script> <img src=x onerror=alert(1)> $a$ \\',
].join('\n');

let api: Api;
let talks: FullTalks;

beforeAll(async () => {
  api = await Api.start();
  talks = await holdTalks(api, { en: hostile, ru: `Русский ${hostile}` });
});
afterAll(() => api.stop());

async function brief(query: string, accept = 'text/markdown') {
  const path = `/v1/dialogues/${talks.dialogueId}/brief${query}`;
  const answer = await api.ask<string>('GET', path, { as: 'secretariat', headers: { Accept: accept } });
  return { ...answer, type: answer.headers.get('content-type') };
}

function sectionOf(book: string, key: string): string {
  return book.split('\n---\n').find((one) => one.trim().startsWith(`## ${key} `)) ?? '';
}

describe('The briefing book', () => {
  it('is HTML unless Markdown is asked for, by header or in the address', async () => {
    const asked = async (query: string, accept: string) => (await brief(`?for=RU${query}`, accept)).type;
    const [html, markdown] = ['text/html; charset=utf-8', 'text/markdown; charset=utf-8'];
    expect(await asked('', '*/*')).toBe(html);
    expect(await asked('', 'text/markdown')).toBe(markdown);
    expect(await asked('', 'text/html, text/markdown;q=0.5')).toBe(html);
    expect(await asked('', 'text/markdown, */*;q=0.1')).toBe(markdown);
    expect(await asked('&format=md', 'text/html')).toBe(markdown);
    expect(await asked('&format=html', 'text/markdown')).toBe(html);
    const refused = await brief('?for=RU', 'application/json');
    expect([refused.status, refused.body]).toMatchObject([406, { code: 'not-acceptable' }]);
    expect((await brief('?for=RU')).headers.get('vary')).toBe('Accept, Accept-Encoding');
  });

  it('is made for a party of the dialogue and for nobody else', async () => {
    const { status, body } = await brief('?for=FR');
    expect([status, body]).toMatchObject([
      400,
      { code: 'parameter-invalid', detail: 'for takes a party: RU or US', errors: [{ parameter: 'for' }] },
    ]);
    expect((await brief('')).status).toBe(400);
  });

  it('gives every open irritant a section, on a page of its own where it is printed', async () => {
    const { body } = await brief('?for=RU');
    expect(body.match(/^## \S+-\d+ /gm)).toEqual([`## ${talks.key} `, `## ${talks.otherKey} `]);
    const html = (await brief('?for=RU', 'text/html')).body;
    expect(html.match(/<section class="leaf"/g)).toHaveLength(4);
  });

  it('begins with the reader’s own side: its position, and what is awaited of it', async () => {
    for (const [reader, other] of [
      ['RU', 'US'],
      ['US', 'RU'],
    ] as const) {
      const book = sectionOf((await brief(`?for=${reader}`)).body, talks.key);
      expect(book).toContain(`|  | ${reader} | ${other} |`);
      const from = [...book.matchAll(/^\| (RU|US) \| /gm)].map(([, party]) => party);
      expect(from).toEqual(from.toSorted((one, two) => Number(one === other) - Number(two === other)));
      expect(new Set(from)).toEqual(new Set([reader, other]));
    }
  });

  it('has what is due, claimed, proposed, at issue and linked', async () => {
    const book = sectionOf((await brief('?for=RU')).body, talks.key);
    for (const title of [
      'Said by one side, unanswered by the other',
      'Next steps',
      'Overdue commitments',
      'Proposals on the table',
      'Assets',
      'Linkages',
      'What each side said last',
    ])
      expect(book).toContain(`\n### ${title}\n`);
    expect(book).toMatch(/\| US \| Blocked \| 2025-03, \*\*overdue\*\* \| nothing \|/);
    expect(book).toMatch(/\| RU \(ad referendum\) \| 2025-06-30, \*\*expired\*\* \|/);
    expect(book).toContain(
      `**${talks.key} is to be settled together with ${talks.otherKey},** says RU: not answered yet.`,
    );
    expect(sectionOf((await brief('?for=RU')).body, talks.otherKey)).toContain(
      'None recorded: unanswered claims',
    );
  });

  it('keeps what people wrote as words, in Markdown and in HTML', async () => {
    const { body } = await brief('?for=RU');
    const lines = body.split('\n');
    const begin = (start: RegExp) => lines.filter((one) => start.test(one));
    expect(begin(/^#{1,6} .*(Not a heading|Forged)/).filter((one) => !one.includes('\\*all\\*'))).toEqual([]);
    expect(begin(/^(>|\[1\]:|1\. one|- forged|~~)/)).toEqual([]);
    expect(lines.filter((one) => /^-{3,}$/.test(one))).toHaveLength(4);
    expect(body).not.toMatch(/(?<!\\)<(?!https?:)/);
    expect(body).not.toMatch(/(?<!\\)\]\(/);
    const widths = (rows: readonly string[]) => new Set(rows.map((row) => row.match(/(?<!\\)\|/g)?.length));
    for (const table of body.match(/(^\|.*\n?)+/gm) ?? [])
      expect(widths(table.trim().split('\n')).size).toBe(1);
    const html = (await brief('?for=RU', 'text/html')).body;
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain('<bdi lang="ru">Русский Return');
  });

  it('says first of an invented dialogue that it is invented, and on each of its pages', async () => {
    const opened = await api.create<{ id: string }>('/v1/dialogues', {
      parties: ['XA', 'XB'],
      keyPrefix: talks.key.replace(/^S(.*)-1$/, 'T$1'),
      synthetic: true,
      name: { en: 'An invented dialogue' },
    });
    const raised = { ...raising(opened.body.id), raisers: ['XA'], respondents: ['XB'], party: 'XA' };
    const source = await api.create<{ id: string }>('/v1/sources', {
      dialogueId: opened.body.id,
      kind: 'statement',
      issuers: ['XA'],
      lang: 'en',
      held: false,
      title: 'Invented',
      citation: 'Invented',
    });
    const irritant = { ...raised, occurred: '2025-04-10', sources: [{ sourceId: source.body.id }] };
    const made = await api.create('/v1/irritants', irritant);
    expect([opened.status, source.status, made.status]).toEqual([201, 201, 201]);
    await api.settled();
    const path = `/v1/dialogues/${opened.body.id}/brief?for=XA&format=md`;
    const { body } = await api.ask<string>('GET', path, { as: 'secretariat' });
    expect(body).toMatch(/^# Briefing book for XA\n\n> \*\*Synthetic\.\*\*/);
    expect(body).toMatch(/^## \S+-1 Six properties \(synthetic\)$/m);
    expect((await brief('?for=RU')).body).not.toMatch(/synthetic/i);
  });

  it('as of an earlier moment holds what was known then, and a retracted word in none', async () => {
    const before = (await brief('?for=RU')).body;
    const [, asOfSeq] = /stood at:\*\* s(\d+)/.exec(before) ?? [];
    const at = `irritants/${talks.irritantId}`;
    const reason = { en: 'Said in error.' };
    const { positions } = await done<Body & { positions: Record<string, { eventId: string }> }>(
      api,
      `${at}/state-position`,
      'us-negotiator',
      { stance: 'resolved', text: { en: 'Nothing is left of it.' } },
    );
    await api.settled();
    expect((await brief('?for=RU')).body).toContain('Nothing is left of it.');
    expect((await brief(`?for=RU&knownAt=s${asOfSeq}`)).body).toBe(before);
    await done(api, `${at}/retract`, 'us-negotiator', { target: positions['US']?.eventId, reason });
    await api.settled();
    expect((await brief('?for=RU')).body).not.toContain('Nothing is left of it.');
  });
});
