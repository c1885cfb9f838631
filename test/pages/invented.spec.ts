import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { loadInvented } from '../support/invented.js';
import type { Invented } from '../support/invented.js';
import { loadRecord } from '../../src/demo/load.js';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { browse, cookieOf, shortcomings } from './reading.js';

let api: Api;
let invented: Invented;

beforeAll(async () => {
  api = await Api.start();
  await loadRecord(istanbulRecord, { url: api.server.url, key: api.keys['secretariat'] ?? '' });
  invented = await loadInvented(api, 'two a side');
});
afterAll(() => api.stop());

const page = async (path: string) =>
  (await browse(api.server.url, path, { cookie: cookieOf(api, 'reader') })).text;
const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const headings = (html: string) =>
  [...html.matchAll(/<h[12][^>]*>([^]*?)<\/h[12]>/g)].map(([, one = '']) => plain(one));

const stages = [
  'Raised',
  'Under consultation',
  'Roadmap in principle',
  'Roadmap agreed',
  'In implementation',
];

describe('The page of the invented irritant that is resolved', () => {
  it('shows every milestone from raised through a roadmap agreed to resolved', async () => {
    const [, rows = ''] =
      /Milestones reached[^]*?<tbody[^>]*>([^]*?)<\/tbody>/.exec(await page('/irritants/ALBR-1')) ?? [];
    const reached = [...rows.matchAll(/<tr[^>]*>([^]*?)<\/tr>/g)].map(([, row = '']) => plain(row));
    const first = [...stages, 'Resolved'].map((stage) =>
      reached.findIndex((one) => one.includes(` ${stage}`)),
    );
    expect(first[0]).toBe(0);
    expect(first).toEqual(first.toSorted((one, other) => one - other));
    expect(first.at(-1)).toBe(reached.length - 1);
  });

  it('replays it in its timeline, entry by entry, through the same stages', async () => {
    const [, timeline = ''] = /<h2 id="timeline">([^]*)/.exec(await page('/irritants/ALBR-1')) ?? [];
    const names = [...stages, 'Resolved'];
    const move = new RegExp(`Stage: (${names.join('|')}) → (${names.join('|')})`, 'g');
    const moves = [...plain(timeline).matchAll(move)].map(([, from, to]) => [from, to]);
    expect(moves).toEqual(stages.map((from, index) => [from, names[index + 1]]));
  });

  it('lacks nothing for a reader with a keyboard or a screen reader', async () => {
    for (const key of [1, 2, 3, 4, 5, 6, 7]) {
      expect(shortcomings(await page(`/irritants/ALBR-${key}`))).toEqual([]);
    }
    expect(shortcomings(await page('/'))).toEqual([]);
  });
});

describe('What is invented', () => {
  it('is marked in the headings of its pages, and what is not invented is not', async () => {
    expect(headings(await page('/irritants/ALBR-1'))[0]).toMatch(/ALBR-1 .* synthetic/);
    expect(headings(await page('/irritants/RUUS-1'))[0]).not.toContain('synthetic');
    expect(headings(await page(`/rounds/${invented.idOf('round-3')}`))[0]).toMatch(/Round 3 synthetic/);
    const dialogues = headings(await page('/')).filter((one) => /dialogue|consultations/.test(one));
    expect(dialogues).toEqual([
      expect.not.stringContaining('synthetic'),
      expect.stringContaining('synthetic: invented parties'),
    ]);
  });

  it('is marked in the agenda and the overview', async () => {
    const at = `/v1/dialogues/${invented.idOf('consultations')}`;
    expect((await api.get(`${at}/agenda`)).body['synthetic']).toBe(true);
    expect((await api.get('/v1/irritants/ALBR-1/overview')).body['synthetic']).toBe(true);
  });

  it('is said in the description of every representation that can be invented', async () => {
    type Schemas = Record<string, { properties?: Record<string, { description?: string }> }>;
    const { body } = await api.get<{ components: { schemas: Schemas } }>('/openapi.json');
    const marks = Object.values(body.components.schemas).flatMap(
      (one) => one.properties?.['synthetic'] ?? [],
    );
    expect(marks.length).toBeGreaterThanOrEqual(9);
    for (const { description } of marks) expect(description).toMatch(/nothing in it happened/);
  });
});
