import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Facade } from '#libs/event-store-eventstoredb/testing';
import { RealTimer, within } from '../../src/platform/record/timer.js';
import { Api } from '../support/api.js';
import { openTalks } from '../support/scene.js';
import { Client } from './client.js';
import { SlowReader } from './slow-reader.js';

interface Ready {
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

let api: Api;
let facade: Facade | undefined;
afterEach(async () => {
  await api.stop();
  await facade?.stop();
  facade = undefined;
});

const asNobody = { as: 'nobody' } as const;
const statusOf = async (path: string, headers = {}) =>
  (await api.ask('GET', path, { ...asNobody, headers })).status;
const never = () => new Promise<never>(() => undefined);

describe('Whoever looks after the server', () => {
  it('is answered however often it asks, while others have to wait', async () => {
    api = await Api.start({ requestsPerMinute: 3, trustedProxies: ['127.0.0.1'] });
    for (let count = 0; count < 5; count += 1) {
      for (const path of ['/livez', '/readyz']) expect(await statusOf(path)).toBe(200);
    }
    const others = await Promise.all(Array.from({ length: 5 }, () => statusOf('/docs')));
    expect(others.filter((status) => status === 429)).toHaveLength(2);
    for (const path of ['/livez', '/readyz', '/livez?x=1', '/readyz?minPosition=x'])
      expect(await statusOf(path)).not.toBe(429);
  });

  it.each(['/livez/', '/livez;x', '//livez', '/LIVEZ', '/livez%2f', '/readyz/x', '/v1/livez'])(
    'is no door for others: %s is counted',
    async (path) => {
      api = await Api.start({ requestsPerMinute: 1 });
      expect(await statusOf('/docs')).toBe(200);
      expect(await statusOf(path)).toBe(429);
    },
  );

  it('hears that the server lives, and that it is ending, while an answer under way is finished', async () => {
    api = await Api.start();
    const bytes = 'x'.repeat(19 * 1024 * 1024);
    const { dialogueId } = await openTalks(api);
    const sent = await api.sendBytes(dialogueId, bytes);
    const cited = { dialogueId, kind: 'statement', issuers: ['US'], lang: 'en', title: 't', citation: 'c' };
    const source = await api.create('/v1/sources', { ...cited, held: true, bytesId: sent.body.bytesId });
    const client = new Client(api.server.url, api.keys['reader'] ?? '', 1);
    const path = `/v1/sources/${source.body['id'] as string}/bytes`;
    const reader = await SlowReader.open(client, path, 'application/octet-stream');
    const stopped = api.server.stop();
    expect(await statusOf('/livez')).toBe(200);
    const ready = await api.ask<Ready & { code: string }>('GET', '/readyz', asNobody);
    expect(ready).toMatchObject({ status: 503, body: { code: 'not-ready' } });
    expect(ready.headers.get('connection')).toBe('close');
    expect(ready.body.checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['draining']);
    const other = await api.ask<{ code: string }>('GET', '/openapi.json', asNobody);
    expect(other).toMatchObject({ status: 503, body: { code: 'shutting-down' } });
    expect((await reader.rest()).length).toBe(bytes.length);
    await stopped;
    client.close();
  });
});

describe('Within a second', () => {
  const withinMs = 1_000;

  async function expectStoreSilent(): Promise<void> {
    // The store never answers, so what is answered here was not waited for; how long the server waits, it says itself.
    const { status, body } = await api.ask<Ready>('GET', '/readyz', asNobody);
    expect(status).toBe(503);
    const { name, detail } = body.checks.find(({ ok }) => !ok) ?? {};
    expect(name).toBe('store');
    const [, waitedMs] = /no answer within (\d+) ms/.exec(detail ?? '') ?? [];
    expect(Number(waitedMs)).toBeLessThan(withinMs);
    expect(await statusOf('/livez')).toBe(200);
  }

  it('one hears that the store hangs', async () => {
    api = await Api.start();
    api.server.record.store.head = never;
    await expectStoreSilent();
  });

  it('one hears that the store hangs, where that is a cluster whose connections have gone silent', async () => {
    facade = new Facade();
    await facade.start();
    api = await Api.start({ storeUrl: facade.connectionString('silent') });
    facade.database('silent').faults.killConnections();
    await expectStoreSilent();
  });

  it('a wait for any work ends, and a work that is quicker is not waited out', async () => {
    api = await Api.start();
    const timer = new RealTimer();
    expect(await within(timer, 10, never())).toBeUndefined();
    expect(await within(timer, 60_000, Promise.resolve('done'))).toBe('done');
    await expect(within(timer, 60_000, Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    const late = Promise.withResolvers<string>();
    expect(await within(timer, 10, late.promise)).toBeUndefined();
    late.reject(new Error('nobody hears of it'));
  });
});
