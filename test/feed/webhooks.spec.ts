import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join as under } from 'node:path';
import { CloudEvent } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { Unavailable } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import { backUpDataFolder, restoreDataFolder } from '#libs/event-store-sqlite';
import { withMethods } from '../../src/platform/record/with-methods.js';
import { startServer } from '../../src/server.js';
import { Api, quietSettings } from '../support/api.js';
import type { Body, PrincipalName } from '../support/api.js';
import { facadeStore } from '../support/engine.js';
import { ManualClock } from '../support/manual-clock.js';
import { join, openTalks, raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { until as untilSoon } from '../support/settling.js';
import { Receiver } from './receiver.js';
import type { Received } from './receiver.js';

interface Made extends Body {
  readonly id: string;
  readonly secret: string;
  readonly state: string;
}
interface Deliveries {
  readonly items: readonly { eventId: string; attempts: number; outcome: string }[];
  readonly failing: { eventId: string; attempts: number; nextAt: string; outcome: string } | null;
}

const second = 1_000;
const hour = 3_600 * second;
const networks = ['127.0.0.1'];
const directory = mkdtempSync(under(tmpdir(), 'entente-webhooks-'));
/** What verifies looks at the real clock, and takes five minutes of difference. */
const clock = new ManualClock(new Date().toISOString());
let receiver: Receiver;
let api: Api;
let scene: Scene;

/** Whether the store takes how far a webhook has come. */
let isFull = false;
const storeThrough = (store: EventStore) =>
  withMethods(store, {
    append: async (...asked: Parameters<EventStore['append']>) => {
      if (isFull && asked[0].startsWith('webhooked-')) throw new Unavailable('The disk is full');
      return store.append(...asked);
    },
  });

const start = () =>
  Api.start({ directory, webhookNetworks: networks }, clock, undefined, undefined, storeThrough);

beforeAll(async () => {
  receiver = await Receiver.start();
  api = await start();
  scene = await setScene(api);
});
afterEach(async () => {
  receiver.status = 204;
  for (const id of made.splice(0)) await api.ask('POST', `/v1/webhooks/${id}/end`, { as: 'reader' });
});
afterAll(async () => {
  await api.stop();
  receiver.stop();
  rmSync(directory, { recursive: true });
});

/** Looked for seldom: most of what is waited for comes at the next look of the deliverer. */
const until = (holds: Parameters<typeof untilSoon>[0]) => untilSoon(holds, 100);

let paths = 0;
/** By the reader; each test ends what it made, for a receiver that fails fails all of them. */
const made: string[] = [];
async function subscribe(wanted: Body = {}, as: PrincipalName = 'reader') {
  paths += 1;
  const path = `/told-${paths}`;
  const { status, body } = await api.ask<Made>('POST', '/v1/webhooks', {
    as,
    body: { url: `${receiver.url}${path}`, ...wanted },
  });
  expect([status, body]).toEqual([201, expect.objectContaining({ state: 'active' })]);
  if (as === 'reader') made.push(body.id);
  return { ...body, path };
}

async function raise(dialogueId = scene.dialogueId): Promise<string> {
  const made = await api.create<{ id: string }>('/v1/irritants', raising(dialogueId), 'ru-registrar');
  await api.settled();
  return `irritant-${made.body.id}`;
}

const streamsOf = (received: readonly Received[]) =>
  received.map(({ body }) => (JSON.parse(body) as { subject: string }).subject);
const deliveries = async (id: string) => (await api.get<Deliveries>(`/v1/webhooks/${id}/deliveries`)).body;
const stateOf = async (id: string, as: PrincipalName = 'reader') =>
  (await api.get(`/v1/webhooks/${id}`, as)).body;

/** The attempt that comes next, at the time at which it shall come. */
async function nextAttempt(id: string, path: string): Promise<void> {
  const before = receiver.at(path).length;
  await until(async () => (await deliveries(id)).failing?.attempts === before);
  const { failing } = await deliveries(id);
  clock.advance(Math.max(Date.parse(failing!.nextAt) - clock.now(), 0));
  await until(() => receiver.at(path).length > before);
}

describe('A webhook', () => {
  it('tells what is recorded from then on, in order, signed as Standard Webhooks say', async () => {
    const { secret, path } = await subscribe();
    const streams = [await raise(), await raise(), await raise()];
    await until(() => receiver.at(path).length === 3);
    const received = receiver.at(path);
    expect(streamsOf(received)).toEqual(streams);
    for (const { headers, body, id } of received) {
      const event = new CloudEvent(new Webhook(secret).verify(body, headers) as never);
      expect([event.validate(), event.type]).toEqual([true, 'IrritantRaised']);
      expect(id).toBe((event.data as unknown as { envelope: { id: string } }).envelope.id);
      expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    }
    expect(() => new Webhook(secret).verify(`${received[0]!.body} `, received[0]!.headers)).toThrow(
      'No matching signature found',
    );
  });

  it('tells of one dialogue and of some types alone, and from a moment on', async () => {
    const { body } = await api.get<{ asOf: string }>('/v1/irritants');
    const other = await openTalks(api);
    const wanted = { dialogue: other.dialogueId, types: ['SourceRegistered'], after: body.asOf };
    const { path } = await subscribe(wanted);
    await until(() => receiver.at(path).length === 3);
    await raise();
    expect(streamsOf(receiver.at(path)).every((one) => one.startsWith('source-'))).toBe(true);
    const refused = await api.ask('POST', '/v1/webhooks', {
      as: 'reader',
      body: { url: receiver.url, types: ['Nothing'] },
    });
    expect(refused.status).toBe(400);
    // By the field that was sent, and not as if it had been a parameter.
    expect(refused.body).toMatchObject({ code: 'validation-failed', errors: [{ pointer: '/types/0' }] });
  });

  it.each([
    ['no moment', 'yesterday', 400, 'validation-failed'],
    ['a moment of another record', `m${'A'.repeat(64)}`, 410, 'epoch-changed'],
  ])('is not begun after %s, which is told of the field', async (_, after, status, code) => {
    const refused = await api.ask('POST', '/v1/webhooks', {
      as: 'reader',
      body: { url: receiver.url, after },
    });
    expect([refused.status, refused.body['code']]).toEqual([status, code]);
    expect(refused.body['errors']).toMatchObject([{ pointer: '/after' }]);
  });

  it('shows its secret once, keeps it sealed, and signs with the one before for a day', async () => {
    const first = await subscribe();
    const { body } = await api.ask<Made>('POST', `/v1/webhooks/${first.id}/rotate-secret`, { as: 'reader' });
    await raise();
    await until(() => receiver.at(first.path).length === 1);
    const [both] = receiver.at(first.path);
    for (const secret of [first.secret, body.secret])
      expect(new Webhook(secret).verify(both!.body, both!.headers)).toBeTruthy();
    expect(both!.headers['webhook-signature']!.split(' ').length).toBe(2);
    const stored: unknown[] = [];
    for await (const message of api.server.record.store.readAll({ limit: 10_000 }))
      if (message.kind === 'event') stored.push(message.event.data);
    const text = JSON.stringify([stored, (await api.get('/v1/webhooks')).body]);
    for (const secret of [first.secret, body.secret]) expect(text).not.toContain(secret.slice(6));
  });

  it('signs by the newest secret whatever is recorded once that was given, however soon', async () => {
    const { id, path } = await subscribe();
    const secrets: string[] = [];
    for (const one of [1, 2, 3]) {
      const { body } = await api.ask<Made>('POST', `/v1/webhooks/${id}/rotate-secret`, { as: 'reader' });
      secrets.push(body.secret);
      await raise();
      await until(() => new Set(receiver.at(path).map((received) => received.id)).size === one);
      const { body: text, headers } = receiver.at(path).at(-1)!;
      expect(new Webhook(body.secret).verify(text, headers)).toBeTruthy();
    }
    const { body: text, headers } = receiver.at(path).at(-1)!;
    // Of those before, the last one alone signs as well.
    expect(() => new Webhook(secrets[0]!).verify(text, headers)).toThrow('No matching signature found');
  });

  it('whose receiver is down for an hour tells it all afterwards, in order, each once by its id', async () => {
    const { id, path, secret } = await subscribe();
    receiver.status = 503;
    const began = clock.now();
    const streams = [await raise(), await raise(), await raise()];
    await until(() => receiver.at(path).length === 1);
    while (clock.now() < began + hour) await nextAttempt(id, path);
    const failed = receiver.at(path);
    expect(new Set(failed.map((one) => one.id)).size).toBe(1);
    expect((await deliveries(id)).failing).toMatchObject({ outcome: 'answers 503' });
    // Each attempt is signed for its own moment.
    const times = failed.map(({ headers }) => Number(headers['webhook-timestamp']));
    const delays = times.slice(1).map((time, place) => time - times[place]!);
    expect(delays).toEqual(delays.toSorted((one, other) => one - other));
    expect(times.at(-1)! - times[0]!).toBeGreaterThanOrEqual(hour / second - 1);
    receiver.status = 204;
    await nextAttempt(id, path);
    await until(() => receiver.taken(path).length === 3);
    expect(streamsOf(receiver.taken(path))).toEqual(streams);
    expect(new Set(receiver.taken(path).map((one) => one.id)).size).toBe(3);
    for (const { headers, body, id: name } of receiver.at(path)) {
      const at = new Date(Number(headers['webhook-timestamp']) * second);
      expect(headers['webhook-signature']).toBe(new Webhook(secret).sign(name, at, body));
    }
    expect(await deliveries(id)).toMatchObject({
      failing: null,
      items: [{}, {}, { outcome: 'answers 204' }],
    });
  });

  it('that is not taken for three days is paused and says so, and goes on once it is resumed', async () => {
    const { id, path } = await subscribe();
    receiver.status = 500;
    const stream = await raise();
    const began = clock.now();
    await until(() => receiver.at(path).length === 1);
    while ((await stateOf(id))['state'] === 'active') {
      await nextAttempt(id, path);
      const tried = receiver.at(path).length;
      await until(
        async () =>
          (await deliveries(id)).failing?.attempts === tried || (await stateOf(id))['state'] !== 'active',
      );
    }
    expect(clock.now() - began).toBe(72 * hour);
    expect(await stateOf(id)).toMatchObject({
      state: 'paused',
      because: 'For three days the receiver answers 500.',
    });
    expect((await api.ask('GET', '/metrics', { as: 'operator' })).body).toContain(
      'entente_webhooks_paused 1\n',
    );
    receiver.status = 204;
    await api.ask('POST', `/v1/webhooks/${id}/resume`, { as: 'reader' });
    await until(() => receiver.taken(path).length === 1);
    expect(streamsOf(receiver.taken(path))).toEqual([stream]);
  });

  it('is tried again as soon as was meant where the clock was ahead when it failed, and was set back since', async () => {
    const { path } = await subscribe();
    receiver.status = 503;
    const ahead = 30 * 24 * hour;
    clock.advance(ahead);
    const stream = await raise();
    await until(() => receiver.at(path).length === 1);
    clock.advance(-ahead);
    receiver.status = 204;
    await until(() => receiver.taken(path).length === 1);
    expect(streamsOf(receiver.taken(path))).toEqual([stream]);
    clock.advance(ahead);
  });

  it('whose receiver says that it is gone is paused at once', async () => {
    const { id, path } = await subscribe();
    receiver.status = 410;
    await raise();
    await until(async () => (await stateOf(id))['state'] === 'paused');
    expect((await stateOf(id))['because']).toBe('The receiver answers 410: it is gone.');
    expect(receiver.at(path).length).toBe(1);
    receiver.status = 204;
    await api.ask('POST', `/v1/webhooks/${id}/resume`, { as: 'reader' });
    await until(() => receiver.taken(path).length === 1);
  });

  it('sends what the store does not keep as sent again, and each time later', async () => {
    const { path } = await subscribe();
    isFull = true;
    const times: number[] = [];
    await raise();
    await untilSoon(() => {
      if (receiver.at(path).length > times.length) times.push(performance.now());
      return times.length === 3;
    });
    isFull = false;
    const gaps = times.slice(1).map((time, place) => time - times[place]!);
    for (const [place, gap] of gaps.entries()) expect(gap).toBeGreaterThan(400 * 2 ** place);
  });

  it('sends one event once more by hand, and none that it does not deliver', async () => {
    const { id, path } = await subscribe({ types: ['IrritantRaised'] });
    await raise();
    await until(() => receiver.at(path).length === 1);
    const [{ id: eventId } = { id: '' }] = receiver.at(path);
    const again = (event: string) =>
      api.ask('POST', `/v1/webhooks/${id}/deliveries/${event}/redeliver`, { as: 'reader' });
    expect((await again(eventId)).body).toEqual({ eventId, taken: true, outcome: 'answers 204' });
    expect(receiver.at(path).map((one) => one.id)).toEqual([eventId, eventId]);
    expect((await again('01960b3a-0000-7000-8000-00000000ffff')).status).toBe(404);
  });

  it('follows no redirect', async () => {
    const { id, path } = await subscribe();
    receiver.status = 302;
    await raise();
    await until(async () => (await deliveries(id)).failing?.outcome === 'answers 302');
    expect([receiver.at(path).length, receiver.at('/elsewhere').length]).toEqual([1, 0]);
  });

  it('shows what its principal sees, to nobody but that one, and ends with its keys', async () => {
    const { credentials } = api.server.record;
    const wanted = { name: 'Ministry', party: 'FR', roles: ['reader'] as const, days: 1 };
    const { key, credential } = await credentials.issue(wanted, { as: 'folder' });
    api.keys['french'] = key;
    await api.settled();
    const french = 'french' as PrincipalName;
    const { id, path } = await subscribe({}, french);
    await raise();
    const own = await openTalks(api, { parties: { RU: 'FR', US: 'DE' } });
    await until(() => receiver.at(path).length === 4);
    expect(receiver.at(path).every(({ body }) => body.includes(own.dialogueId))).toBe(true);
    expect((await api.get(`/v1/webhooks/${id}`, 'reader')).status).toBe(404);
    expect((await api.get<{ items: Made[] }>('/v1/webhooks', 'auditor')).body.items).toEqual([]);
    await credentials.revoke(credential.id);
    await until(() =>
      api.server.record.projections.beside
        .under('webhook-')
        .some(({ data }) => JSON.stringify(data).includes('No API key')),
    );
    await openTalks(api, { parties: { RU: 'FR', US: 'DE' } });
    expect(receiver.at(path).length).toBe(4);
  });

  it('tells nothing more of a dialogue that was withdrawn while its events waited, and the rest in order', async () => {
    const { credentials } = api.server.record;
    const lost = await openTalks(api);
    for (const party of ['RU', 'US'] as const) await join(api, lost.dialogueId, party);
    await api.settled();
    const { body } = await api.get<{ asOf: string }>('/v1/irritants');
    const lostStreams = [await raise(lost.dialogueId), await raise(lost.dialogueId)];
    const kept = [await raise(), await raise()];
    const wanted = { name: 'Observer', party: null, roles: ['reader'] as const, days: 1 };
    const dialogues = [scene.dialogueId, lost.dialogueId];
    const { key, credential } = await credentials.issue({ ...wanted, dialogues }, { as: 'folder' });
    api.keys['observer'] = key;
    await api.settled();
    const observer = 'observer' as PrincipalName;
    receiver.status = 503;
    const { id, path } = await subscribe({ after: body.asOf }, observer);
    await until(() => receiver.at(path).length === 1);
    await credentials.withdraw(credential.id, lost.dialogueId);
    // It waits for an event that may be told, though the receiver has taken none.
    await until(async () => {
      clock.advance(hour);
      return streamsOf(receiver.at(path).slice(-1))[0] === kept[0];
    });
    receiver.status = 204;
    await until(() => {
      clock.advance(hour);
      return receiver.taken(path).length === 2;
    });
    expect(streamsOf(receiver.taken(path))).toEqual(kept);
    expect(streamsOf(receiver.at(path)).filter((one) => lostStreams.includes(one))).toContain(lostStreams[0]);
    expect(streamsOf(receiver.at(path))).not.toContain(lostStreams[1]);
    await api.ask('POST', `/v1/webhooks/${id}/end`, { as: observer });
  });

  it('goes on after a restart where it was, and sends nothing twice that it had saved', async () => {
    const { path, id } = await subscribe();
    const streams = [await raise()];
    // The receiver has it a moment before the server has its answer.
    await until(async () => (await deliveries(id)).items.length === 1);
    await api.stop();
    const before = api;
    api = await start();
    api.keys['reader'] = before.keys['reader']!;
    streams.push(await raise());
    await until(() => receiver.at(path).length >= 2);
    expect(streamsOf(receiver.at(path))).toEqual(streams);
    expect((await stateOf(id))['state']).toBe('active');
  });

  it('is paused where the record was put back to an older copy, and one that had been ended since as well', async () => {
    const [kept, ended] = [await subscribe(), await subscribe()];
    const backup = under(directory, '..', `${basename(directory)}.sqlite`);
    backUpDataFolder(directory, backup);
    await api.ask('POST', `/v1/webhooks/${ended.id}/end`, { as: 'reader' });
    await api.stop();
    const { keys } = api;
    rmSync(directory, { recursive: true });
    restoreDataFolder(backup, directory);
    rmSync(backup);
    api = await start();
    api.keys['reader'] = keys['reader']!;
    for (const { id } of [kept, ended]) {
      await until(async () => (await stateOf(id))['state'] === 'paused');
      expect((await stateOf(id))['because']).toContain('put back to an older copy');
    }
    const stream = await raise();
    await api.ask('POST', `/v1/webhooks/${kept.id}/resume`, { as: 'reader' });
    await until(() => receiver.taken(kept.path).length > 0);
    expect(streamsOf(receiver.at(kept.path))).toEqual([stream]);
    expect(receiver.at(ended.path)).toEqual([]);
  });

  it('is not made for an address of the own network, for one with a password, nor beyond twenty', async () => {
    const tried = async (url: string) => {
      const { status, body } = await api.ask('POST', '/v1/webhooks', { as: 'auditor', body: { url } });
      return [status, body['code']];
    };
    for (const url of [
      'https://127.0.0.2/',
      'https://10.0.0.1/',
      'https://[::1]/',
      'https://[::ffff:10.0.0.1]/',
      'https://169.254.169.254/latest',
      'https://0x7f.2/',
      'https://name:word@127.0.0.1/',
      'ftp://127.0.0.1/',
    ])
      expect([url, ...(await tried(url))]).toEqual([url, 400, 'validation-failed']);
    // Nor where all are asked for at once.
    const atOnce = await Promise.all(Array.from({ length: 25 }, () => tried(receiver.url)));
    expect(atOnce.filter(([status]) => status === 201).length).toBe(20);
    expect(await tried(receiver.url)).toEqual([409, 'too-many-webhooks']);
  });

  it('is changed 20 times within a day, and fifty are made of one principal; any may be ended', async () => {
    const as = 'auditor';
    const listed = async () => (await api.get<{ items: Made[] }>('/v1/webhooks', as)).body.items;
    const ended = async () => {
      for (const { id, state } of await listed())
        if (state !== 'ended')
          expect((await api.ask('POST', `/v1/webhooks/${id}/end`, { as })).status).toBe(200);
    };
    const before = await listed();
    const [{ id } = { id: '' }] = before;
    const change = () => api.ask('POST', `/v1/webhooks/${id}/rotate-secret`, { as });
    for (let one = 0; one < 20; one += 1) expect((await change()).status).toBe(200);
    const refusals = [await change()];
    const make = () => api.ask('POST', '/v1/webhooks', { as, body: { url: receiver.url } });
    for (let one = before.length; one < 50; one += 1) {
      if (one % 20 === 0) await ended();
      expect((await make()).status).toBe(201);
    }
    await ended();
    const late = await change();
    expect([late.status, late.body['detail']]).toEqual([404, expect.stringContaining('has ended')]);
    for (const refused of [...refusals, await make()]) {
      expect([refused.status, refused.body['code']]).toEqual([429, 'too-many-changes']);
      expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(24 * 3_600);
    }
    expect((await listed()).map(({ state }) => state)).toEqual(Array.from({ length: 50 }, () => 'ended'));
    clock.advance(24 * hour);
    expect((await make()).status).toBe(201);
    // Of those that have ended the latest fifty are listed.
    await ended();
    expect((await listed()).length).toBe(50);
  });
});

describe('Of two servers on a cluster', () => {
  it('one alone delivers, each event once, and the other one goes on when it ends', async () => {
    const facade = await facadeStore();
    const settings = { storeUrl: facade.storeUrl, webhookNetworks: networks };
    const first = await Api.start(settings);
    // It answers and follows, and waits for the lease.
    const second = await startServer({ settings: { ...quietSettings, ...settings } });
    const mine = api;
    try {
      api = first;
      scene = await setScene(first);
      const { path } = await subscribe();
      const streams = [await raise(), await raise()];
      await until(() => receiver.at(path).length >= 2);
      await first.stop();
      const response = await fetch(`${second.url}/v1/irritants`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${first.keys['ru-registrar']}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': 'after-the-first',
        },
        body: JSON.stringify(raising(scene.dialogueId)),
      });
      expect(response.status).toBe(201);
      streams.push(`irritant-${((await response.json()) as Body)['id'] as string}`);
      await until(() => receiver.at(path).length >= 3);
      expect(streamsOf(receiver.at(path))).toEqual(streams);
      made.length = 0;
    } finally {
      api = mine;
      await second.stop();
      await facade.stop();
    }
  });
});
