import 'reflect-metadata';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FacadeCluster } from '#libs/event-store-eventstoredb/testing';
import { startPatiently } from '../../src/cli/patient-start.js';
import { startServer } from '../../src/server.js';
import type { Server } from '../../src/server.js';
import { quietSettings } from '../support/api.js';
import type { Body } from '../support/api.js';
import { atLength } from '../support/at-length.js';
import { slowness } from '../support/pace.js';

/** Waits are shorter than a server's. */
const storeWaits = { electionMs: 1_500, gossipTimeoutMs: 500, requestTimeoutMs: 1_500, suspectMs: 50 };
const answerMs = 2_000;
/** What the machine may add to a wait. */
const addedMs = 1_500;
const cluster = new FacadeCluster();
let name: string;
let databases = 0;
let server: Server;
let key: string;

beforeAll(() => cluster.start());
afterAll(() => cluster.stop());
beforeEach(async () => {
  databases += 1;
  name = `record-${databases}`;
  cluster.elect(0);
  server = await startPatiently({ settings: settings(), storeWaits });
  const made = { name: 'operator', party: null, roles: ['secretariat', 'operator'] as const, days: 1 };
  key = (await atLength(() => server.record.credentials.issue(made, { as: 'folder' }))).key;
});
afterEach(() => server.stop());

const settings = () => ({ ...quietSettings, answerMs, storeUrl: cluster.connectionString(name) });

async function ask(method: string, path: string, body?: Body) {
  const began = performance.now();
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'Idempotency-Key': 'one' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answered = (await response.json()) as Body & { detail?: string };
  const { status, headers } = response;
  return { status, headers, body: answered, tookMs: performance.now() - began, slowness: slowness() };
}

const opening = { parties: ['RU', 'US'], keyPrefix: 'BAD', name: { en: 'A dialogue' } };

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds()));
}

describe('On a bad day of the cluster', () => {
  it('every node may hang, and each request is answered in time, with when to come again', async () => {
    const thaw = cluster.nodes.map(({ node }) => node.freeze());
    const read = await ask('GET', '/v1/keys');
    const act = await ask('POST', '/v1/dialogues', opening);
    const [ready, lives] = await Promise.all([ask('GET', '/readyz'), ask('GET', '/livez')]);
    for (const go of thaw) go();
    expect(read.status).toBe(200);
    expect(read.headers.get('record-age')).toMatch(/^\d+$/);
    for (const { tookMs, slowness: slow } of [read, act])
      expect(tookMs).toBeLessThan(answerMs + addedMs * slow);
    for (const { status, headers } of [act, ready]) {
      expect({ status, again: headers.get('retry-after') }).toEqual({ status: 503, again: '1' });
    }
    expect(lives.status).toBe(200);
    await until(async () => (await ask('POST', '/v1/dialogues', opening)).status === 201);
    await until(async () => (await ask('GET', '/readyz')).status === 200);
  });

  it('the password may be another one for a while: it says so, and everything goes on by itself', async () => {
    const { faults } = cluster.database(name);
    faults.refusesCredentials = true;
    faults.cut();
    const refused = await ask('POST', '/v1/dialogues', opening);
    // Somebody has to mend it first, so asking every second would gain nothing.
    expect({ status: refused.status, again: refused.headers.get('retry-after') }).toEqual({
      status: 503,
      again: '10',
    });
    const ready = await ask('GET', '/readyz');
    expect(ready.body.detail).toMatch(/refuses th.* user/);
    expect(ready.body.detail).not.toMatch(/127\.0\.0\.1|halted/);
    cluster.elect(1);
    faults.refusesCredentials = false;
    await until(async () => (await ask('POST', '/v1/dialogues', opening)).status === 201);
    await until(async () => (await ask('GET', '/readyz')).status === 200);
    await until(async () => (await ask('GET', '/v1/dialogues')).status === 200);
  });

  it('nobody may lead for a while: lists are read on from the read models, by a key that was known', async () => {
    await until(async () => (await ask('POST', '/v1/dialogues', opening)).status === 201);
    await until(async () => ((await ask('GET', '/v1/dialogues')).body['items'] as Body[]).length === 1);
    cluster.loseLeader();
    for (let read = 0; read < 3; read += 1) {
      const { status, body, tookMs, slowness: slow } = await ask('GET', '/v1/dialogues');
      expect({ status, read: (body['items'] as Body[]).length }).toEqual({ status: 200, read: 1 });
      expect(tookMs).toBeLessThan(answerMs + addedMs * slow);
    }
    // It says so as soon as every node was asked.
    await until(async () => {
      const { status, body } = await ask('GET', '/readyz');
      expect(status).toBe(503);
      return /store: .*none of them leads/.test(body.detail ?? '');
    });
    cluster.elect(2);
    await until(async () => (await ask('GET', '/readyz')).status === 200);
  });

  it('who can not follow the record gives up the lease, and another one takes it', async () => {
    await server.record.lease.waitHeld(20_000);
    const other = await atLength(() => startServer({ settings: settings(), storeWaits }));
    // As it looks once an event is met that this server can't take.
    Object.defineProperty(server.record.projections, 'goesOn', { get: () => false });
    await other.record.lease.waitHeld(20_000);
    expect([server.record.lease.held, other.record.lease.held]).toEqual([false, true]);
    await other.stop();
  });
});

describe('A server that is started while no node is there', () => {
  it('says that it lives, waits, and serves as soon as there is one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'entente-patient-'));
    for (const node of cluster.nodes) await node.kill();
    const { port } = await freePort();
    const starting = startPatiently({
      settings: { ...settings(), directory: folder, port },
      storeWaits,
    });
    const livez = `http://127.0.0.1:${port}/livez`;
    await until(async () => (await fetch(livez).catch(() => undefined))?.status === 200);
    const readyz = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect({ status: readyz.status, again: readyz.headers.get('retry-after') }).toEqual({
      status: 503,
      again: '5',
    });
    for (const node of cluster.nodes) await node.revive();
    const started = await starting;
    await until(async () => (await fetch(`${started.url}/readyz`)).status === 200);
    await started.stop();
    rmSync(folder, { recursive: true, force: true });
  });
});

async function freePort(): Promise<{ port: number }> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return { port };
}
