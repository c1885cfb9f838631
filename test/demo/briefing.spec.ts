import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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

/** The words alone, from the title of the book to its last source, whatever marks them as what they are. */
function wordsOf(form: string): readonly string[] {
  const [, content = form] = /<article class="brief">(.*)<\/article>/s.exec(form) ?? [];
  const plain = content.replace(/<[^>]+>/g, ' ').replaceAll('&#39;', "'");
  return plain.match(/[\p{L}\d][\p{L}\d-]*/gu)?.filter((word) => !/^\d\d?$/.test(word)) ?? [];
}

describe('The briefing on the Istanbul record', () => {
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
