import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FacadeCluster } from '#libs/event-store-eventstoredb/testing';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import type { LoadOptions } from '../../src/demo/load.js';
import { Api } from '../support/api.js';

const storeWaits = { electionMs: 1_500, gossipTimeoutMs: 500, requestTimeoutMs: 500, suspectMs: 50 };
const cluster = new FacadeCluster();
let api: Api;
let databases = 0;

beforeAll(() => cluster.start());
afterAll(() => cluster.stop());
beforeEach(async () => {
  cluster.elect(0);
  databases += 1;
  const storeUrl = cluster.connectionString(`busy-${databases}`);
  api = await Api.start({ storeUrl }, undefined, undefined, storeWaits);
});
afterEach(() => api.stop());

const isWrite = (request: RequestInit | undefined) => request?.method === 'POST';

/** Plays the record through what comes between the demonstration and its server. */
function load(options: Partial<LoadOptions>) {
  return loadRecord(istanbulRecord, { url: api.server.url, key: api.keys['secretariat'] ?? '', ...options });
}

const eventsRecorded = () => api.server.record.projections.record.headOrdinal + 1;

async function eventsUndisturbed(): Promise<number> {
  const alone = await Api.start({ storeUrl: undefined });
  await loadRecord(istanbulRecord, { url: alone.server.url, key: alone.keys['secretariat'] ?? '' });
  const events = alone.server.record.projections.record.headOrdinal + 1;
  await alone.stop();
  return events;
}

describe('The demonstration on a busy cluster', () => {
  it('reads again where somebody was faster, and says each thing once', async () => {
    const late = new Set<string>();
    const refused: number[] = [];
    const loaded = await load({
      fetch: async (address, request) => {
        const headers = new Headers(request?.headers);
        const key = headers.get('idempotency-key') ?? '';
        const revision = Number((headers.get('if-match') ?? '').replaceAll('"', ''));
        // As if the last event had come after the reading.
        if (isWrite(request) && revision > 0 && !late.has(key)) headers.set('if-match', `"${revision - 1}"`);
        if (isWrite(request)) late.add(key);
        const response = await api.fetch(address, { ...request, headers });
        if (!response.ok) refused.push(response.status);
        return response;
      },
    });
    expect(loaded).toMatchObject({ recorded: istanbulRecord.length, repeated: 0 });
    expect(refused.length).toBeGreaterThan(10);
    expect(new Set(refused)).toEqual(new Set([412]));
    expect(eventsRecorded()).toBe(await eventsUndisturbed());
  });

  it('waits as long as it is asked to while nobody leads, and sends the same again under the same key', async () => {
    let leader = 0;
    let writes = 0;
    const waited: number[] = [];
    const reasons: string[] = [];
    const sent = new Map<string, Set<unknown>>();
    const loaded = await load({
      fetch: async (address, request) => {
        if (isWrite(request)) {
          writes += 1;
          const key = new Headers(request?.headers).get('idempotency-key') ?? '';
          sent.set(key, (sent.get(key) ?? new Set()).add(request?.body));
          if (writes % 20 === 0) cluster.loseLeader();
        }
        return api.fetch(address, request);
      },
      onWait: (reason) => reasons.push(reason),
      wait: async (ms) => {
        waited.push(ms);
        leader += 1;
        cluster.elect(leader % cluster.nodes.length);
      },
    });
    expect(loaded.recorded + loaded.repeated).toBe(istanbulRecord.length);
    expect(waited.length).toBeGreaterThan(1);
    expect(new Set(waited)).toEqual(new Set([1_000]));
    for (const reason of reasons) expect(reason).toMatch(/refused \(503\)|can't be decided on now/);
    expect([...sent.values()].filter((bodies) => bodies.size > 1)).toEqual([]);
    expect(eventsRecorded()).toBe(await eventsUndisturbed());
  });

  it('gives up after a minute in which nothing was taken, with what it was told last', async () => {
    let waitedMs = 0;
    cluster.loseLeader();
    const loading = load({
      wait: async (ms) => {
        waitedMs += ms;
      },
      fetch: async () =>
        new Response('{"code":"store-unavailable","detail":"Nobody leads."}', {
          status: 503,
          headers: { 'retry-after': '7' },
        }),
    });
    await expect(loading).rejects.toThrow('refused (503). store-unavailable: Nobody leads.');
    expect(waitedMs).toBe(56_000);
    cluster.elect(0);
  });

  it('sends the same again after an answer that was lost on the way', async () => {
    const lost = new Set<string>();
    const loaded = await load({
      wait: async () => undefined,
      fetch: async (address, request) => {
        const response = await api.fetch(address, request);
        const key = new Headers(request?.headers).get('idempotency-key') ?? '';
        if (!isWrite(request) || lost.has(key)) return response;
        lost.add(key);
        throw new TypeError('fetch failed');
      },
    });
    expect(loaded).toMatchObject({ recorded: 0, repeated: istanbulRecord.length });
    expect(eventsRecorded()).toBe(await eventsUndisturbed());
  });
});
