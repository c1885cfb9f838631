import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FacadeCluster } from '#libs/event-store-eventstoredb/testing';
import type { NewEvent } from '#libs/event-store';
import { startServer } from '../../src/server.js';
import { Api, quietSettings } from '../support/api.js';
import { setScene } from '../support/scene.js';

const appends = 16;
const eventsEach = 500;
const cluster = new FacadeCluster();
const storeUrl = () => cluster.connectionString('catching-up');
let api: Api;

beforeAll(async () => {
  await cluster.start();
  api = await Api.start({ storeUrl: storeUrl() });
});
afterAll(async () => {
  await api.stop();
  await cluster.stop();
});

/** Of a type that nobody knows: there is nothing to be folded, and all of it has to be read. */
const unknownEvent = (): NewEvent => ({
  id: randomUUID(),
  type: 'Unknown',
  data: {},
  content: null,
  salt: null,
  meta: {},
});

describe('A server that begins on an empty folder with much unread', () => {
  it('is not ready while a list can not be asked, and says how far it has to go', async () => {
    await setScene(api);
    for (let count = 0; count < appends; count += 1) {
      const [first = unknownEvent(), ...others] = Array.from({ length: eventsEach }, unknownEvent);
      const stream = `irritant-${randomUUID()}`;
      await api.server.record.store.append(stream, [first, ...others], { expected: 'no_stream' });
    }
    const server = await startServer({ settings: { ...quietSettings, storeUrl: storeUrl() } });
    const said = new Set<string>();
    let refused = 0;
    for (let isReady = false; !isReady;) {
      const ready = await fetch(`${server.url}/readyz`);
      const { checks = [] } = (await ready.json()) as {
        checks?: { name: string; ok: boolean; detail: string }[];
      };
      const list = await fetch(`${server.url}/v1/irritants`, {
        headers: { Authorization: `Bearer ${api.keys['reader']}` },
      });
      await list.text();
      isReady = ready.status === 200;
      if (isReady) expect(list.status).toBe(200);
      if (list.status === 503) refused += 1;
      for (const { name, ok, detail } of checks) {
        if (name === 'projection irritants' && !ok) said.add(detail);
      }
    }
    await server.stop();
    expect(refused).toBeGreaterThan(0);
    expect([...said].filter((one) => / 0 behind|^live/.test(one))).toEqual([]);
    const counted = [...said].map((one) => Number(/(\d+) behind/.exec(one)?.[1] ?? Number.NaN));
    expect(Math.max(...counted.filter((one) => !Number.isNaN(one)))).toBeGreaterThan(eventsEach);
  });
});
