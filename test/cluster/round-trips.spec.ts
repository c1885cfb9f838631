import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FacadeCluster } from '#libs/event-store-eventstoredb/testing';
import { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

const cluster = new FacadeCluster();
let api: Api;
let scene: Scene;
/** Each way to the store of an act: what was under way with it, in the order in which it was begun. */
let trips: (readonly string[])[] = [];
let underWay: string[] | undefined;

function count(): void {
  const { store } = api.server.record;
  const [readStream, append] = [store.readStream.bind(store), store.append.bind(store)];
  const readAll = store.readAll.bind(store);
  const began = (what: string) => {
    if (underWay === undefined) trips.push((underWay = []));
    underWay.push(what);
    // Whatever begins in the same turn of the event loop goes together.
    setImmediate(() => (underWay = undefined));
  };
  const { streamPrefixes } = api.server.record.registry;
  const isOfActs = (prefix: string) => streamPrefixes.includes(prefix);
  // Imports are looked for now and then, whether or not anybody acts.
  const isOfRecord = (stream: string) => !/^(?:lease|credential|imports)-/.test(stream);
  store.readStream = (stream, ...rest) => {
    if (isOfRecord(stream)) began(`read ${stream.split('-')[0]}`);
    return readStream(stream, ...rest);
  };
  store.readAll = (options) => {
    // What looks through streams beside the record goes its own ways, whether or not anybody acts.
    if (options.filter?.streamPrefixes?.every(isOfActs) === true) began('read what is new');
    return readAll(options);
  };
  store.append = (stream, ...rest) => {
    if (isOfRecord(stream)) began(`append ${stream.split('-')[0]}`);
    return append(stream, ...rest);
  };
}

beforeAll(async () => {
  await cluster.start();
  api = await Api.start({ storeUrl: cluster.connectionString('trips') });
  scene = await setScene(api);
  await api.settled();
  count();
});
afterAll(async () => {
  await api.stop();
  await cluster.stop();
});

describe('An act that meets no conflict', () => {
  it.each(['us-registrar', 'ru-negotiator'] as const)(
    'goes to the store twice: to read what it is decided on, and to be appended (%s)',
    async (as) => {
      const path = `/v1/irritants/${scene.irritantId}`;
      const { headers } = await api.get(path, as);
      await api.settled();
      trips = [];
      const { status, body } = await api.ask('POST', `${path}/state-position`, {
        as,
        body: { stance: 'contests', text: { en: `Said by ${as}.` } },
        headers: { 'If-Match': headers.get('etag') ?? '' },
      });
      const taken = trips;
      expect(status).toBe(200);
      expect(taken.slice(0, 2)).toEqual([['read irritant', 'read dialogue'], ['append irritant']]);
      // Consequences and what follows the record come after it, and none of them reads for the answer.
      expect(taken.slice(2).flat()).toEqual([]);
      await api.settled();
      expect((await api.get(path, as)).body).toEqual(body);
    },
  );
  it('asks besides for what is new, once, where it ends a whole matter, and waits for nothing then', async () => {
    const path = `/v1/irritants/${scene.irritantId}`;
    const { headers } = await api.get(path, 'ru-negotiator');
    await api.settled();
    trips = [];
    const { status } = await api.ask('POST', `${path}/withdraw`, {
      as: 'ru-negotiator',
      body: {},
      headers: { 'If-Match': headers.get('etag') ?? '' },
    });
    expect(status).toBe(200);
    expect(trips.slice(0, 3)).toEqual([
      ['read irritant', 'read dialogue'],
      ['read what is new'],
      ['append irritant'],
    ]);
  });
});
