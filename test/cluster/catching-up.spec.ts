import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FacadeCluster } from '#libs/event-store-eventstoredb/testing';
import type { EventStore, NewEvent } from '#libs/event-store';
import { startServer } from '../../src/server.js';
import { Api, quietSettings } from '../support/api.js';
import { setScene } from '../support/scene.js';

const appends = 4;
/** So many events are handed on before somebody has asked. */
const shownFirst = 500;
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

/** The store, which hands on the first of its events only until it is told to go on. */
function haltedStore(store: EventStore, goOn: Promise<unknown>): EventStore {
  const subscribe: EventStore['subscribe'] = async function* (from) {
    let shown = 0;
    for await (const message of store.subscribe(from)) {
      if (shown === shownFirst) await goOn;
      shown += 1;
      yield message;
    }
  };
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'subscribe') return subscribe;
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

describe('A server that begins on an empty folder with much unread', () => {
  it('is not ready while a list can not be asked, and says how far it has to go', async () => {
    await setScene(api);
    for (let count = 0; count < appends; count += 1) {
      const [first = unknownEvent(), ...others] = Array.from({ length: eventsEach }, unknownEvent);
      const stream = `irritant-${randomUUID()}`;
      await api.server.record.store.append(stream, [first, ...others], { expected: 'no_stream' });
    }
    const { promise: asked, resolve: goOn } = Promise.withResolvers<void>();
    const server = await startServer({
      settings: { ...quietSettings, storeUrl: storeUrl() },
      storeThrough: (store) => haltedStore(store, asked),
    });
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
      goOn();
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
