import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { browse, cookieOf, shortcomings } from '../pages/reading.js';
import type { Api } from '../support/api.js';
import { framesOf } from '../support/invented.js';
import { eventsOf, misquoted, quotationsInText, quotationsOnPage, writtenIn } from '../support/quoting.js';
import type { Written } from '../support/quoting.js';
import { disputes } from './all.js';
import { entriesOf, historyOf, readDialogue, readIrritant, standing } from './entries.js';
import { playInTurn, startServer } from './played.js';
import type { Played } from './played.js';
import { labelOf } from './telling.js';
import type { Dispute } from './telling.js';

/** One record for all of them, played in turn: where one bore on another, it would stand elsewhere than it does. */
let api: Api;
let played: ReadonlyMap<string, Played>;
let written: readonly Written[];

beforeAll(async () => {
  const started = await startServer();
  api = started.api;
  played = await playInTurn(started.server, new Map(disputes.map((one) => [labelOf(one), one.steps])));
  await api.settled();
  written = writtenIn(eventsOf(api.server.record));
});
afterAll(() => api.stop());

const of = (dispute: Dispute) => played.get(labelOf(dispute))!;
const idOf = (dispute: Dispute, label: string) => of(dispute).idOf(label);

describe.each(disputes.map((one) => [one.name, one] as const))('%s', (_, dispute) => {
  it('is entered in 10 to 40 acts, every one of which is recorded', () => {
    const acts = dispute.steps.filter((one) => !('create' in one && one.create === 'sources'));
    expect(acts.length).toBeGreaterThanOrEqual(10);
    expect(acts.length).toBeLessThanOrEqual(40);
    expect(of(dispute).recorded).toBe(dispute.steps.length);
  });

  it('stands, irritant by irritant, where those who know it say that it stands', async () => {
    for (const known of dispute.known) {
      const irritant = await readIrritant(api, idOf(dispute, known.irritant));
      expect(standing(irritant)).toEqual({
        stage: known.stage,
        basis: 'attributed',
        overlays: known.overlays ?? [],
        positions: known.positions ?? {},
        awaiting: known.awaiting ?? [],
        claims: known.claims ?? [],
        flags: [],
      });
    }
  });

  it('stood, counting only what had happened by then, where it stood then', async () => {
    for (const { irritant, earlier } of dispute.known) {
      for (const [by, stage] of earlier) {
        const path = `/v1/irritants/${idOf(dispute, irritant)}?effectiveAt=${by}`;
        const { status, body } = await api.get<{ stage: string }>(path);
        expect([irritant, by, status, body.stage]).toEqual([irritant, by, 200, stage]);
      }
    }
  });

  it('has no irritant of which nobody says where it stands', async () => {
    const { items } = await entriesOf(api, 'irritants', of(dispute).dialogueId);
    const known = dispute.known.map((one) => idOf(dispute, one.irritant));
    expect(items.map(({ id }) => id).toSorted()).toEqual(known.toSorted());
  });

  it('is kept by a secretariat, which records each act of a party as said by it, in a summary', async () => {
    const { kept, joined, synthetic } = await readDialogue(api, of(dispute).dialogueId);
    expect({ kept, joined, synthetic }).toEqual({
      kept: { by: 'secretariat' },
      joined: [],
      synthetic: false,
    });
    const { items } = await entriesOf(api, 'irritants', of(dispute).dialogueId);
    for (const { id } of items) {
      for (const { event } of await framesOf(api, 'irritants', id)) {
        const { act, wording } = event.envelope;
        expect(['attributed', 'derived']).toContain(act.capacity);
        if (act.capacity === 'attributed') expect(wording).toEqual([{ as: 'summary' }]);
      }
    }
  });

  it('replays each of its entries, event by event, to what it is now', async () => {
    let seen = 0;
    for (const collection of ['irritants', 'rounds', 'exchanges', 'commitments']) {
      const { items } = await entriesOf(api, collection, of(dispute).dialogueId);
      for (const { id } of items) {
        const { body } = await api.get<{ revision: number }>(`/v1/${collection}/${id}`);
        const frames = await framesOf(api, collection, id);
        const own = (await historyOf(api, collection, id)).filter(({ stream }) => stream.endsWith(id));
        expect(frames).toHaveLength(body.revision + 1);
        expect(own.map((one) => one.id)).toEqual(frames.map((one) => one.event.envelope.id));
        expect(frames.at(-1)?.state).toEqual(body);
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThanOrEqual(dispute.known.length);
  });

  it('is shown on the pages of its irritants, which show nothing as a side’s own words, for all of it is summed up', async () => {
    for (const { irritant, stage } of dispute.known) {
      const { title } = await readIrritant(api, idOf(dispute, irritant));
      const html = await pageAt(`/irritants/${idOf(dispute, irritant)}`);
      expect(html).toContain('Kept by a secretariat: it records for neither side.');
      expect(html).toContain(title.en);
      expect(html.toLowerCase()).toContain(stage.replaceAll('-', ' '));
      expect(misquoted(quotationsOnPage(html), written)).toEqual([]);
      expect(html).not.toContain('own words');
    }
  });

  it.each([0, 1])('has a briefing book for each side, with every irritant in it (%s)', async (side) => {
    const path = `/dialogues/${of(dispute).dialogueId}/brief?for=${dispute.parties[side]}`;
    const html = await pageAt(path);
    const book = await textAt(`${path}&format=md`);
    for (const { irritant } of dispute.known) {
      const { key } = await readIrritant(api, idOf(dispute, irritant));
      expect(html).toContain(key);
      expect(book).toContain(key);
    }
    expect(misquoted(quotationsInText(book), written)).toEqual([]);
    expect(book).not.toContain('own words');
  });

  it('is refused what the gaps say that the record can’t say', async () => {
    for (const gap of dispute.gaps) {
      if (typeof gap === 'string') continue;
      const [step, code, at = ''] = gap.refused;
      const refusal = await of(dispute).refusalOf(step);
      expect(refusal).toContain(`${code}: `);
      expect(refusal).toContain(at);
    }
  });
});

async function textAt(path: string): Promise<string> {
  const { status, text } = await browse(api.server.url, path, { cookie: cookieOf(api, 'secretariat') });
  expect([path, status]).toEqual([path, 200]);
  return text;
}

async function pageAt(path: string): Promise<string> {
  const html = await textAt(path);
  expect([path, ...shortcomings(html)]).toEqual([path]);
  return html;
}
