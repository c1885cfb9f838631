import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreDbEventStore } from '#libs/event-store-eventstoredb';
import { FacadeCluster, appendAsAnother } from '#libs/event-store-eventstoredb/testing';
import { streamFlaws } from '../../src/cli/cluster-streams.js';
import { whoseReadModels } from '../../src/cli/read-models-check.js';
import { announce } from '../../src/cli/remote.js';
import { startServer } from '../../src/server.js';
import { run } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { Api, quietSettings } from '../support/api.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

/** How long every look must say the same before the store is called another one. */
const electionMs = 300;
const cluster = new FacadeCluster();
let folder: string;
let api: Api;
let scene: Scene;
let name = '';
let databases = 0;

beforeAll(() => cluster.start());
afterAll(() => cluster.stop());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'entente-older-copy-'));
  databases += 1;
  name = `record-${databases}`;
  api = await start();
  scene = await setScene(api);
  await api.settled();
});
afterEach(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

const start = () =>
  Api.start({ directory: folder, storeUrl: cluster.connectionString(name) }, undefined, undefined, {
    electionMs,
  });

/** A backup of a while ago is put in place of the store, and others have written to it since. */
function putBack(lost: number, grown: number): void {
  const database = cluster.database(name);
  database.log = database.log.asOf(database.log.all.length - lost);
  for (let count = 0; count < grown; count += 1) appendAsAnother(database.log, 'others-1');
  database.faults.cut();
}

const stating = (words: string) => ({ stance: 'contests', text: { en: words } });
const path = () => `/v1/irritants/${scene.irritantId}`;

/** As the doctor asks, but for the time that it takes. */
async function whose() {
  const options = { connectionString: cluster.connectionString(name), electionMs };
  const store = await EventStoreDbEventStore.open(options);
  const { epoch } = await store.identity();
  const { flaws, streams } = await streamFlaws(store);
  const found = await whoseReadModels(folder, { epoch, shows: (last) => store.shows(last), streams });
  await store.close();
  return { flaws, found: found?.flaws };
}

/** Until the halt is known to every part; what is asked at that very moment may hear of one alone. */
async function halted(): Promise<string> {
  for (;;) {
    const { body } = await api.ask<{ detail: string }>('GET', '/readyz', { as: 'nobody' });
    if (/rebuild.*halted/.test(body.detail ?? '')) return body.detail;
  }
}

describe('An older copy in place of the store', () => {
  it.each([
    ['that ends before what was read', 0],
    ['that has another event where ours was', 1],
    ['that has grown past what was read', 40],
  ])('%s answers no act that is gone, under a running server', async (_what, grown) => {
    const before = cluster.database(name).log.all.length;
    const acted = await api.act(`${path()}/state-position`, stating('Lost.'), 'us-registrar', {
      'Idempotency-Key': 'lost-act',
    });
    expect(acted.status).toBe(200);
    await api.settled();
    const tag = acted.headers.get('etag') ?? '';
    putBack(cluster.database(name).log.all.length - before, grown);
    const seen = new Set<number>();
    const ask = async () => {
      const repeated = await api.ask('POST', `${path()}/state-position`, {
        as: 'us-registrar',
        body: stating('Lost.'),
        headers: { 'If-Match': tag, 'Idempotency-Key': 'lost-act' },
      });
      seen.add(repeated.status);
      seen.add((await api.get(path())).status);
    };
    await ask();
    expect(await halted()).toMatch(/not the one that was read before: "entente rebuild"/);
    await ask();
    // The read models hold what is gone, too.
    for (const read of ['/v1/irritants', '/v1/search?q=Lost', `${path()}/history`]) {
      seen.add((await api.get(read)).status);
    }
    expect([...seen]).toEqual([503]);
  });

  it.each([
    ['ends before what was read', 0],
    ['has another event where ours was', 1],
    ['has grown past what was read', 40],
  ])('is seen by whoever asks whose the read models are, where it %s', async (_what, grown) => {
    const before = cluster.database(name).log.all.length;
    await api.act(`${path()}/state-position`, stating('Lost.'), 'us-registrar');
    await api.settled();
    await api.server.stop();
    expect(await whose()).toEqual({ flaws: [], found: undefined });
    putBack(cluster.database(name).log.all.length - before, grown);
    expect(await whose()).toEqual({
      flaws: [],
      found: [expect.stringMatching(/^were read from another copy of this store/)],
    });
  });

  it('is named by the doctor, also of a server that runs, and mended by the command that builds anew', async () => {
    await compiledProgram();
    const before = cluster.database(name).log.all.length;
    const acted = await api.act(`${path()}/state-position`, stating('Lost.'), 'us-registrar');
    await api.settled();
    putBack(cluster.database(name).log.all.length - before, 40);
    await halted();
    await announce(folder, api.server.url);
    const place = { cwd: folder, settings: { EVENTSTORE_URL: cluster.connectionString(name) } };
    const running = await run(['doctor', '--data', folder], place);
    expect(running.code).toBe(1);
    expect(running.stdout).toMatch(/^✗ server .*not ready: .*"entente rebuild"/m);
    await api.server.stop();
    const stopped = await run(['doctor', '--data', folder], place);
    expect(stopped.code).toBe(1);
    expect(stopped.stdout).toMatch(
      /^✗ read models .*another copy of this store.*\n· read models .*entente rebuild/m,
    );
    expect(await run(['rebuild', '--data', folder], place)).toMatchObject({
      code: 0,
      stderr: expect.any(String),
    });
    const mended = await run(['doctor', '--data', folder], place);
    expect(mended.stdout).toMatch(/All is well/);
    api = await start();
    expect((await api.get(`/v1/irritants?minPosition=${acted.headers.get('event-position')}`)).status).toBe(
      410,
    );
  });

  it('halts a server that is started on it, and a rebuild goes on with it in a new life', async () => {
    const before = cluster.database(name).log.all.length;
    const acted = await api.act(`${path()}/state-position`, stating('Lost.'), 'us-registrar');
    const epochBefore = acted.headers.get('event-position')?.split('.')[0];
    await api.settled();
    await api.server.stop();
    putBack(cluster.database(name).log.all.length - before, 40);
    const storeUrl = cluster.connectionString(name);
    const server = await startServer({
      settings: { ...quietSettings, directory: folder, storeUrl },
      storeWaits: { electionMs },
    });
    await server.record.projections.rebuild('all');
    await server.stop();
    api = await start();
    const anew = await api.act(`${path()}/state-position`, stating('Said anew.'), 'us-registrar');
    expect(anew.status).toBe(200);
    expect(anew.headers.get('event-position')?.split('.')[0]).not.toBe(epochBefore);
    expect((await api.get(`/v1/irritants?minPosition=${acted.headers.get('event-position')}`)).status).toBe(
      410,
    );
  });
});
