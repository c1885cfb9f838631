import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { browse, cookieOf, shortcomings } from '../pages/reading.js';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import type { Body } from '../support/api.js';
import { assertedBy } from '../support/owing.js';
import { agree, draft } from '../support/roadmap.js';
import type { Tabled } from '../support/roadmap.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

let api: Api;
let scene: Scene;
let id: string;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
  ({ id } = await assertedBy(api, scene));
});

const named = (over: Body = {}) => ({
  commitmentId: id,
  obligor: 'US',
  beneficiary: 'RU',
  mode: 'once',
  due: '2025-09',
  ...over,
});

/** A proposal of RU that names commitments, on which both agree. */
async function agreedOn(commitments: readonly object[]): Promise<Tabled> {
  const tabled = await made<Tabled>(api, 'proposals', 'ru-negotiator', {
    dialogueId: scene.dialogueId,
    form: 'proposal',
    irritantIds: [scene.irritantId],
    texts: { en: 'The accounts are opened again.' },
    commitments,
  });
  const agreed = await agree(api, 'proposals', tabled);
  await api.settled();
  return agreed;
}

/** A roadmap, whose next version names these; both agree on it. */
async function agreedInRoadmap(roadmapId: string, commitments: readonly object[]): Promise<void> {
  const irritantIds = [scene.irritantId];
  const words = { steps: [], texts: { preamble: { en: `Text ${randomUUID()}.` } } };
  const body = { irritantIds, ...words, commitments };
  const tabled = await done<Tabled>(api, `roadmaps/${roadmapId}/table-version`, 'ru-negotiator', body);
  await agree(api, 'roadmaps', tabled);
}

async function commitment(): Promise<Body> {
  await api.settled();
  return (await api.get(`/v1/commitments/${id}`)).body;
}
const report = () => api.act(`/v1/commitments/${id}/report-fulfilment`, {}, 'us-negotiator');

describe('A commitment that an agreed text names', () => {
  it('is in force for the obligor by that text, which everybody sees', async () => {
    expect(await commitment()).toMatchObject({ status: 'asserted', assertedFor: ['US'] });
    const { id: proposalId } = await agreedOn([named()]);
    expect(await commitment()).toMatchObject({
      status: 'open',
      inForceFor: ['US'],
      undertakings: [],
      agreedFor: [{ obligor: 'US', by: { kind: 'proposal', id: proposalId }, version: 1, basis: 'direct' }],
      awaiting: [],
      flags: [],
    });
    const page = await browse(api.server.url, `/irritants/${scene.key}`, { cookie: cookieOf(api, 'reader') });
    expect([page.status, ...shortcomings(page.text)]).toEqual([200]);
    expect(page.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).toContain(
      'In force for US by version 1 of a proposal that both agreed',
    );
  });

  it('reported as fulfilled, brings the irritant into implementation under what was agreed', async () => {
    expect((await report()).body['code']).toBe('not-in-force');
    await agreedOn([named()]);
    expect((await report()).status).toBe(200);
    await api.settled();
    expect((await api.get(`/v1/irritants/${scene.irritantId}`)).body).toMatchObject({
      stage: 'in-implementation',
      basis: 'direct',
    });
  });

  it('is not in force where the text says otherwise than the commitment, which is flagged', async () => {
    await agreedOn([named({ due: '2025-10' })]);
    expect(await commitment()).toMatchObject({
      status: 'asserted',
      flags: [{ kind: 'consequence-refused', policy: 'put-in-force', code: 'terms-differ' }],
    });
  });

  it('is in force no more once the text is terminated, unless the obligor undertook it beside', async () => {
    const { id: proposalId } = await agreedOn([named()]);
    await done(api, `commitments/${id}/allege-breach`, 'ru-negotiator');
    await done(api, `proposals/${proposalId}/terminate`, 'us-negotiator');
    // One side ends by that neither what the other has alleged nor the irritant's overlay.
    expect(await commitment()).toMatchObject({ inForceFor: [], agreedFor: [], breachOpen: true });
    expect((await api.get(`/v1/irritants/${scene.irritantId}`)).body).toMatchObject({
      overlays: expect.arrayContaining(['breach-alleged']),
    });
    await done(api, `commitments/${id}/undertake`, 'us-negotiator');
    expect(await commitment()).toMatchObject({ inForceFor: ['US'], assertedFor: [] });
  });

  it('is in force by the version of the text that was agreed last, and by no earlier one', async () => {
    const { dialogueId, irritantId } = scene;
    const { id: roadmapId } = await draft(api, dialogueId, [irritantId]);
    await agreedInRoadmap(roadmapId, [named()]);
    expect(await commitment()).toMatchObject({
      inForceFor: ['US'],
      agreedFor: [{ version: 1, due: '2025-09' }],
    });
    for (const side of ['us-negotiator', 'ru-negotiator'] as const) {
      await done(api, `commitments/${id}/extend`, side, { due: '2025-12' });
    }
    // The new version leaves the date as it was, and so does not go back on what both have said of it since.
    await agreedInRoadmap(roadmapId, [named()]);
    expect(await commitment()).toMatchObject({
      inForceFor: ['US'],
      due: '2025-12',
      agreedFor: [{ version: 2, due: '2025-09' }],
    });
    await agreedInRoadmap(roadmapId, []);
    expect(await commitment()).toMatchObject({
      status: 'asserted',
      inForceFor: [],
      agreedFor: [],
      flags: [],
    });
    expect((await report()).body['code']).toBe('not-in-force');
    await agreedInRoadmap(roadmapId, [named({ due: '2025-12' })]);
    expect(await commitment()).toMatchObject({ inForceFor: ['US'], agreedFor: [{ version: 4 }] });
    await agreedInRoadmap(roadmapId, [named()]);
    expect(await commitment()).toMatchObject({
      inForceFor: [],
      flags: [{ policy: 'put-in-force', code: 'terms-differ' }],
    });
  });

  it('is one of the same dialogue', async () => {
    const elsewhere = await setScene(api);
    const strange = await assertedBy(api, elsewhere);
    const answer = await api.create(
      '/v1/proposals',
      {
        dialogueId: scene.dialogueId,
        form: 'proposal',
        irritantIds: [scene.irritantId],
        texts: { en: 'Words.' },
        commitments: [named({ commitmentId: strange.id })],
      },
      'ru-negotiator',
    );
    expect(answer).toMatchObject({ status: 409, body: { code: 'reference-elsewhere' } });
  });
});

describe('An obligor of which something is asserted', () => {
  it('is awaited, declines, is awaited no more, and may undertake it later', async () => {
    expect((await commitment())['awaiting']).toMatchObject([{ what: 'answer-to-assertion', from: 'US' }]);
    const reason = { en: 'Nothing of the kind was agreed.' };
    await done(api, `commitments/${id}/decline`, 'us-negotiator', { reason });
    expect(await commitment()).toMatchObject({
      status: 'declined',
      awaiting: [],
      declined: [{ party: 'US', reason }],
    });
    await done(api, `commitments/${id}/undertake`, 'us-negotiator');
    expect(await commitment()).toMatchObject({ status: 'open', declined: [] });
  });
});

describe('An answer to a report of fulfilment', () => {
  it('names the report where several are open, and the refusal names them', async () => {
    const { id: other } = await assertedBy(api, scene, { mode: 'continuous' });
    await done(api, `commitments/${other}/undertake`, 'us-negotiator');
    for (const month of ['May', 'June']) {
      await done(api, `commitments/${other}/report-fulfilment`, 'us-negotiator', { reason: { en: month } });
    }
    const shown = (await api.get<{ reports: { reportId: string }[] }>(`/v1/commitments/${other}`)).body;
    const [first, second] = shown.reports.map((one) => one.reportId);
    const path = `/v1/commitments/${other}/acknowledge-fulfilment`;
    const refused = await api.act(path, {}, 'ru-negotiator');
    expect(refused).toMatchObject({ status: 409, body: { code: 'several-reports' } });
    expect(String(refused.body['detail'])).toContain(`${first}, ${second}`);
    expect((await api.act(path, { reportId: second }, 'ru-negotiator')).status).toBe(200);
    const disputed = await done(api, `commitments/${other}/dispute-fulfilment`, 'ru-negotiator');
    expect(disputed).toMatchObject({
      reports: [
        { reportId: first, state: 'disputed' },
        { reportId: second, state: 'acknowledged' },
      ],
    });
    const again = await api.act(`/v1/commitments/${other}/dispute-fulfilment`, {}, 'ru-negotiator');
    expect(again.headers.get('act-recorded')).toBe('false');
  });
});
