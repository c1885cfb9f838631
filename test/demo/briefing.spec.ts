import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writesMissing } from '../golden/runs.js';
import { shortcomings } from '../pages/reading.js';
import { ManualClock } from '../support/manual-clock.js';
import { loadIstanbul } from './istanbul.js';
import type { Istanbul } from './istanbul.js';

/** On the clock of this test the record was loaded, and is read, at one moment for ever. */
let record: Istanbul;
let dialogue: string;

beforeAll(async () => {
  record = await loadIstanbul({}, new ManualClock('2026-01-01T00:00:00.000Z'));
  dialogue = `/v1/dialogues/${record.idOf('missions-dialogue')}`;
});
afterAll(() => record.server.stop());

/** A book is for its own side, and a secretariat reads those of both. */
async function text(path: string, accept: string): Promise<string> {
  const answer = await fetch(`${record.server.url}${path}`, {
    headers: { Authorization: `Bearer ${record.server.keys['secretariat']}`, Accept: accept },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain(accept);
  return answer.text();
}

/** Ids are drawn anew with each loading: in a kept text each has a number, in the order in which they appear. */
function normal(given: string): string {
  const seen: string[] = [];
  return given.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
    if (!seen.includes(id)) seen.push(id);
    return `id-${seen.indexOf(id) + 1}`;
  });
}

/** What people have read and found right; `GOLDEN_WRITE=1` writes what is missing. */
function expectAsKept(name: string, given: string): void {
  const file = fileURLToPath(new URL(`golden/${name}.txt`, import.meta.url));
  const text = normal(given);
  if (!existsSync(file) && writesMissing) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

const asJson = (body: unknown) => `${JSON.stringify(body, null, 2)}\n`;

/** The words alone, from the title of the book to its last source, whatever marks them as what they are. */
function wordsOf(form: string): readonly string[] {
  const [, content = form] = /<article class="brief">(.*)<\/article>/s.exec(form) ?? [];
  const plain = content.replace(/<[^>]+>/g, ' ').replaceAll('&#39;', "'");
  return plain.match(/[\p{L}\d][\p{L}\d-]*/gu)?.filter((word) => !/^\d\d?$/.test(word)) ?? [];
}

describe('The briefing on the Istanbul record', () => {
  it.each(['agenda', 'statistics'])('has the %s as it was read and kept', async (what) => {
    expectAsKept(`${what}.json`, asJson(await record.server.read(`${dialogue}/${what}`)));
  });

  it.each(['RU', 'US'])('has the briefing book for %s as it was read and kept', async (party) => {
    const book = await text(`${dialogue}/brief?for=${party}`, 'text/markdown');
    expectAsKept(`brief-for-${party}.md`, book);
  });

  it('on 1 March 2025 knows nothing of April', async () => {
    const then = '2025-03-01';
    const agenda = await record.server.read<{ items: object[]; at: string }>(
      `${dialogue}/agenda?effectiveAt=${then}`,
    );
    expect([agenda.items, agenda.at]).toEqual([[], '2025-03-01T23:59:59.999Z']);
    const statistics = await record.server.read<{ total: object; categories: object[] }>(
      `${dialogue}/statistics?effectiveAt=${then}`,
    );
    expect(statistics).toMatchObject({ total: { irritants: 0, open: 0, stages: {} }, categories: [] });
    const book = await text(`${dialogue}/brief?for=RU&effectiveAt=${then}`, 'text/markdown');
    expect(book).toContain('**Counting what had happened by:** 2025-03-01');
    expect(`${JSON.stringify([agenda, statistics])}${book}`).not.toMatch(/2025-04|April|RUUS-|propert/i);
  });

  it('says the same in HTML as in Markdown, on a page that lacks nothing', async () => {
    const page = await text(`${dialogue}/brief?for=RU`, 'text/html');
    expect(shortcomings(page)).toEqual([]);
    const book = await text(`${dialogue}/brief?for=RU`, 'text/markdown');
    expect(wordsOf(page)).toEqual(wordsOf(book));
  });
});
