import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '#libs/event-store';
import type { SqliteEventStore } from '#libs/event-store-sqlite';
import { injectFault } from '#libs/event-store-sqlite/testing';
import { timed } from '../support/pace.js';
import { Api } from '../support/api.js';
import { made } from '../support/acting.js';
import { agree, aStep, table } from '../support/roadmap.js';
import type { Tabled } from '../support/roadmap.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

const directory = mkdtempSync(join(tmpdir(), 'entente-full-'));
const levelWithinMs = 5_000;
const roomy = 1_000_000;
const text = { en: 'x'.repeat(20_000) };

let api: Api;
let ownStore: EventStore;
let scene: Scene;
beforeAll(async () => {
  // Two files that fill up one after the other are of the machine's own store.
  const storeThrough = (engine: EventStore) => (ownStore = engine);
  const folder = { directory, storeUrl: undefined };
  api = await Api.start(folder, undefined, undefined, undefined, storeThrough);
  scene = await setScene(api);
  await api.settled();
});
afterAll(async () => {
  await api.stop();
  rmSync(directory, { recursive: true, force: true });
});

const readModels = () => api.server.record.projections.view('irritants').tables.db;

/** As a full disk answers: the file of the read models may not grow by another page. */
function fillReadModels(): void {
  const { page_count: pages } = readModels().prepare('PRAGMA page_count').get() as { page_count: number };
  readModels().exec(`PRAGMA max_page_count = ${pages}`);
}

const store = (pages: number) => injectFault(ownStore as SqliteEventStore, { kind: 'maxPages', pages });

const raise = () =>
  api.create<{ id: string }>('/v1/irritants', { ...raising(scene.dialogueId), title: text }, 'ru-registrar');

const ready = async () => (await api.ask('GET', '/readyz', { as: 'nobody' })).status === 200;
const listed = async () =>
  (await api.get<{ items: { id: string }[] }>('/v1/irritants?limit=200')).body.items.map(({ id }) => id);

describe('a disk that is full, and then has space again', () => {
  it('stops the lists and the consequences, says so, and lets both go on by themselves', async () => {
    fillReadModels();
    const acknowledged: string[] = [];
    for (let n = 0; n < 20; n += 1) {
      const answer = await raise();
      expect(answer.status).toBe(201);
      acknowledged.push(answer.body.id);
    }
    const draft = await made<Tabled>(api, 'roadmaps', 'ru-negotiator', {
      dialogueId: scene.dialogueId,
      irritantIds: [scene.irritantId],
    });
    await agree(api, 'roadmaps', await table(api, draft.id, [scene.irritantId], [aStep()], { en: 'Terms' }));
    const full = await api.ask<{ detail: string }>('GET', '/readyz', { as: 'nobody' });
    expect(full.status).toBe(503);
    expect(full.body.detail).toMatch(/projection record: waiting: the disk is full/);
    expect(await listed()).not.toContain(acknowledged.at(-1));
    expect(await api.types('irritants', scene.irritantId)).not.toContain('RoadmapAgreed');

    readModels().exec(`PRAGMA max_page_count = ${roomy}`);
    const { tookMs, slowness } = await timed(async () => {
      while (!(await ready()));
    });
    expect(tookMs).toBeLessThan(levelWithinMs * slowness);
    await api.settled();
    expect(await listed()).toEqual(expect.arrayContaining(acknowledged));
    expect(new Set(await listed()).size).toBe((await listed()).length);
    const types = await api.types('irritants', scene.irritantId);
    expect(types.filter((type) => type === 'RoadmapAgreed')).toEqual(['RoadmapAgreed']);
  });

  it('refuses acts whole while the store has no space, and takes them again at once', async () => {
    await store(1);
    const before = await listed();
    const refused = await raise();
    expect(refused).toMatchObject({ status: 503, body: { code: 'store-unavailable' } });
    await store(roomy);
    const taken = await raise();
    expect(taken.status).toBe(201);
    await api.settled();
    expect([...(await listed())].sort()).toEqual([...before, taken.body.id].sort());
  });
});
