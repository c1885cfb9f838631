import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { loadInvented } from '../support/invented.js';
import type { Invented } from '../support/invented.js';
import { loadRecord } from '../../src/demo/load.js';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { renderTimeline } from '../../src/cli/timeline.js';
import { Readings } from '../../src/reading/readings.js';
import { readDialogue } from '../../src/site/irritant.reading.js';
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

/** The rows of the first table of a page, each in words. */
const rowsOf = (html: string) =>
  [...html.matchAll(/<tr role="row">([^]*?)<\/tr>/g)].map(([, row = '']) => plain(row));
const standingOf = async (key: string) =>
  plain(/id="joint-stage">([^]*?)<\/section>/.exec(await page(`/irritants/${key}`))?.[1] ?? '');
const rowOf = async (key: string) => rowsOf(await page('/')).find((one) => one.includes(` ${key} `)) ?? '';

/** The briefing book of a dialogue for one of its sides, in either form. */
async function book(dialogueId: string, side: string, form: 'text/html' | 'text/markdown'): Promise<string> {
  const path = `/v1/dialogues/${dialogueId}/brief?for=${side}`;
  const { body } = await api.ask<string>('GET', path, { headers: { Accept: form } });
  return plain(body).replaceAll('**', '');
}

async function replayed(irritantId: string): Promise<string> {
  const readings = new Readings(api.server.record, {});
  const frames = await Array.fromAsync(
    readings.replay(api.server.record.registry.get('irritants'), irritantId),
  );
  const dialogueId = String(frames[0]?.state?.['dialogueId']);
  const dialogue = readDialogue(readings, dialogueId, []);
  return renderTimeline({ frames, dialogue, instruments: [], sources: {}, colours: false, width: 300 });
}

const id = async (key: string) =>
  (await api.get<{ id: string; dialogueId: string }>(`/v1/irritants/${key}`)).body;

describe('What one side alone tells of is said to be that', () => {
  const alone = 'by RU’s word alone';

  it('beside the stage on the page, in the list, in the book and in the terminal', async () => {
    const { id: irritantId, dialogueId } = await id('RUUS-4');
    expect(await standingOf('RUUS-4')).toContain(`attributed , ${alone}, since 2025-04-10`);
    expect(await rowOf('RUUS-4')).toContain(alone);
    for (const form of ['text/html', 'text/markdown'] as const)
      expect(await book(dialogueId, 'US', form)).toContain(`attributed, ${alone}`);
    const told = await replayed(irritantId);
    expect(told).toContain(`attributed, ${alone}, since 2025-04-10`);
    expect(told).toContain(`stage: raised → under consultation, ${alone}`);
    expect(plain(await page('/irritants/RUUS-4'))).toContain(`Under consultation , ${alone}`);
  });

  it('and what both have said is not', async () => {
    expect(await standingOf('RUUS-2')).not.toContain('alone');
    expect(await rowOf('RUUS-2')).not.toContain('alone');
  });

  it('where that side recorded it itself, in place of saying that each side did', async () => {
    const [, rows = ''] = /Milestones reached([^]*?)<\/table>/.exec(await page('/irritants/ALBR-2')) ?? [];
    expect(plain(rows)).toContain('direct , by ALDOR’s word alone');
  });
});

describe('A title that one side worded', () => {
  const note = '(title as ALDOR words it)';

  it('says so wherever it stands as the name of the matter, until the other side has accepted it', async () => {
    const { id: irritantId, dialogueId } = await id('ALBR-5');
    expect(headings(await page('/irritants/ALBR-5'))[0]).toContain(note);
    expect(await rowOf('ALBR-5')).toContain(note);
    expect(plain(await page('/search?q=seafarers'))).toContain(note);
    for (const form of ['text/html', 'text/markdown'] as const) {
      // In the contents, and at the head of its own page.
      expect(
        (await book(dialogueId, 'BREVIA', form)).split(`Hiring of local staff by the missions ${note}`)
          .length,
      ).toBeGreaterThan(2);
    }
    expect(await replayed(irritantId)).toContain(`ALBR-5 Hiring of local staff by the missions ${note}`);
    await acts('brevia-negotiator', irritantId, 'accept-title', {});
    expect(headings(await page('/irritants/ALBR-5'))[0]).not.toContain('words it');
    expect(await rowOf('ALBR-5')).not.toContain('words it');
  });

  it('is told apart from one that a secretariat worded, which is neither side’s', async () => {
    expect(await page('/irritants/RUUS-1')).not.toContain('words it');
  });
});

async function acts(who: string, irritantId: string, act: string, body: object): Promise<void> {
  const { headers: shown } = await api.get(`/v1/irritants/${irritantId}`);
  const headers = {
    Authorization: `Bearer ${invented.keys[who]}`,
    'Idempotency-Key': randomUUID(),
    'If-Match': shown.get('etag') ?? '',
  };
  const { status } = await api.ask('POST', `/v1/irritants/${irritantId}/${act}`, { body, headers });
  expect(status).toBe(200);
  await api.settled();
}

describe('What was resolved and one side reopened', () => {
  it('says who reopened it, and beside it what was resolved', async () => {
    const { id: irritantId, dialogueId } = await id('ALBR-1');
    const { milestones } = (await api.get<{ milestones: { eventId: string }[] }>('/v1/irritants/ALBR-1'))
      .body;
    await acts('brevia-negotiator', irritantId, 'reopen', {
      closingEventId: milestones.at(-1)?.eventId,
      reason: { en: 'The register was changed again.' },
    });
    const stands = await standingOf('ALBR-1');
    expect(stands).toContain('Reopened by BREVIA after it was resolved The register was changed again.');
    expect(stands).toMatch(/What was resolved, on terms of BREVIA that ALDOR accepted: \S.{20}/);
    expect(await rowOf('ALBR-1')).toContain('direct , reopened by BREVIA after it was resolved');
    const { items } = (await api.get<{ items: object[] }>(`/v1/dialogues/${dialogueId}/agenda`)).body;
    expect(items).toContainEqual(
      expect.objectContaining({
        key: 'ALBR-1',
        byWordOf: 'BREVIA',
        reopened: expect.objectContaining({ party: 'BREVIA', closed: 'resolved' }) as object,
      }),
    );
    for (const form of ['text/html', 'text/markdown'] as const) {
      const told = await book(dialogueId, 'ALDOR', form);
      expect(told).toContain('reopened by BREVIA after it was resolved');
      expect(told).toMatch(/What was resolved:? Terms of BREVIA, accepted by ALDOR:/);
    }
    expect(await replayed(irritantId)).toMatch(
      /Reopened by BREVIA after it was resolved[^]*What was resolved, on terms of BREVIA/,
    );
  });
});
