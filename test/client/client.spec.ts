import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ActSigner } from '../../libs/client/index.js';
import { Receiver } from '../feed/receiver.js';
import { environmentOf } from '../faults/environment.js';
import { Api } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { until } from '../support/settling.js';
import { CuttingProxy } from './cutting-proxy.js';
import type { LooseClient, LooseEntry, LooseEvent, Package } from './loose.js';
import { consumer, folder, installed, programs } from './package.js';
import type { Installed } from './package.js';

interface SignedProgram {
  newKey(): Promise<{ by: ActSigner; name: string }>;
  signed(dialogue: LooseEntry, by: ActSigner, origin: string, noteId: string): Promise<{ recorded: boolean }>;
}

let made: Installed<Package>;
let client: Package;
let api: Api;
let proxy: CuttingProxy;
let scene: Scene;

/** Compiling keeps the loop busy for longer than a connection may idle, so the server that is asked starts after it. */
beforeAll(async () => {
  const describing = await Api.start();
  const { body } = await describing.ask('GET', '/openapi.json', { as: 'nobody' });
  await describing.stop();
  made = await installed<Package>(body);
  ({ client } = made);
  api = await Api.start({ webhookNetworks: ['127.0.0.1'] }, undefined, undefined, undefined, undefined, {
    perPrincipal: 3,
    inAll: 6,
    heartbeatMs: 100,
  });
  proxy = await CuttingProxy.before(api.server.url);
  scene = await setScene(api);
});
afterEach(() => {
  Object.assign(proxy, { answersToCut: 0, cutAfterBytes: Number.POSITIVE_INFINITY, cuts: 0 });
});
afterAll(async () => {
  proxy?.stop();
  await api?.stop();
});

const patience = { firstPauseMs: 5 };
const as = (name: string, url = api.server.url): LooseClient =>
  new client.Entente({ url, key: () => api.keys[name] ?? '', patience, fetch: unpacked });
/** What is packed fits into one piece, and there would be little to cut. */
const unpacked: typeof fetch = (address, init) =>
  fetch(address, { ...init, headers: { ...(init?.headers as object), 'Accept-Encoding': 'identity' } });
const raised = (by: LooseClient) => by.create('irritants', raising(scene.dialogueId));
const position = { stance: 'seeks-action', text: { en: 'Give it back.' } };
async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('The package of the client', () => {
  it('compiles what its README shows under the strictest settings, and nothing that the interface has not', () => {
    expect(made.faults).toEqual([]);
  });

  it('holds what it must, and no more', async () => {
    const packed = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--offline'], {
      cwd: folder,
    });
    const [{ files }] = JSON.parse(packed.stdout) as [{ files: { path: string }[] }];
    expect(files.map(({ path }) => path).toSorted()).toEqual([...made.files].toSorted());
    const types = made.files.filter((file) => file.endsWith('.d.ts'));
    expect(made.files.filter((file) => !types.includes(file))).toEqual([
      'LICENSE',
      'README.md',
      'entente.js',
      'package.json',
    ]);
  });

  it('drives the whole life of an irritant in the 60 lines of its README', async () => {
    expect(programs[0]!.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
    for (const party of ['ALDOR', 'BREVIA']) {
      const wanted = { name: party, party, roles: ['negotiator'] as const, days: 1 };
      const { key } = await api.server.record.credentials.issue(wanted, { as: 'demonstration' });
      api.keys[`${party.toLowerCase()}-negotiator`] = key;
    }
    writeFileSync(join(consumer, 'keys.json'), JSON.stringify(api.keys));
    const env = { ...environmentOf({}), ENTENTE: api.server.url };
    const { stdout } = await promisify(execFile)(process.execPath, [made.program(0), 'README'], {
      cwd: consumer,
      env,
    });
    expect(stdout.trimEnd().split('\n')).toEqual([
      'README-1 raised',
      'under-consultation',
      'in between: IrritantAcknowledged',
      'roadmap-in-principle',
      'resolved',
      'README-1 resolved',
    ]);
  });
});

describe('An act whose answer is lost', () => {
  it('is sent again, and recorded once', async () => {
    const cut = as('ru-negotiator', proxy.url);
    const matter = await raised(cut);
    proxy.answersToCut = 2;
    const { replayed, recorded } = await matter.act('state-position', position);
    expect([proxy.cuts, replayed, recorded]).toEqual([2, true, true]);
    expect(await api.types('irritants', matter.id)).toEqual(['IrritantRaised', 'PositionStated']);
  });

  it('is made once where it is a create', async () => {
    proxy.answersToCut = 3;
    const matter = await raised(as('ru-negotiator', proxy.url));
    expect(proxy.cuts).toBe(3);
    const irritants = await all(
      as('reader').list('/v1/irritants', { query: { dialogue: scene.dialogueId } }),
    );
    await api.settled();
    expect(irritants.filter(({ id }) => id === matter.id).length).toBe(1);
    expect(matter.revision).toBe(0);
  });

  it('says that it may be recorded, and by which key it is safe to repeat, where nobody ever answers', async () => {
    const matter = await raised(as('ru-negotiator'));
    const cut = await as('ru-negotiator', proxy.url).open('irritants', matter.id);
    proxy.answersToCut = 100;
    const error = await cut.act('state-position', position).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(client.NoAnswer);
    expect(error).toMatchObject({
      mayBeRecorded: true,
      idempotencyKey: expect.stringMatching(/^[\w-]{36}$/),
    });
    expect(proxy.cuts).toBe(6);
    proxy.answersToCut = 0;
    const { idempotencyKey } = error as { idempotencyKey: string };
    expect(await cut.act('state-position', position, { idempotencyKey })).toMatchObject({ replayed: true });
    expect(await api.types('irritants', matter.id)).toEqual(['IrritantRaised', 'PositionStated']);
  });
});

describe('An entry that others have acted on', () => {
  it('is refused with what they did, and stays refused until it is read anew', async () => {
    const matter = await raised(as('ru-negotiator'));
    await (
      await as('us-negotiator').open('irritants', matter.id)
    ).act('acknowledge', {
      statement: { en: 'Noted.' },
    });
    for (const _ of [1, 2]) {
      const error = await matter.act('state-position', position).catch((one: unknown) => one);
      expect(error).toBeInstanceOf(client.StaleRevision);
      expect(error).toMatchObject({ code: 'stale-revision', status: 412, revision: 1 });
      const { events } = error as InstanceType<Package['StaleRevision']>;
      expect(events.map(({ type, party }) => [type, party])).toEqual([['IrritantAcknowledged', 'US']]);
    }
    expect(await api.types('irritants', matter.id)).not.toContain('PositionStated');
    expect((await matter.reload()).stage).toBe('under-consultation');
    expect((await matter.act('state-position', position)).recorded).toBe(true);
  });

  it('of two acts at once takes one alone', async () => {
    const matter = await raised(as('ru-negotiator'));
    const acts = ['One.', 'Two.'].map((en) => matter.act('state-position', { ...position, text: { en } }));
    const ended = await Promise.allSettled(acts);
    expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(matter.revision).toBe(1);
  });
});

describe('What is read', () => {
  it('has all that the client wrote, also what it wrote at once', async () => {
    const by = as('ru-negotiator');
    const ids = (await Promise.all(Array.from({ length: 8 }, () => raised(by)))).map(({ id }) => id);
    const query = { dialogue: scene.dialogueId, limit: 3 };
    const listed = (await all(by.list('/v1/irritants', { query }))).map(({ id }) => id);
    expect(ids.filter((id) => !listed.includes(id))).toEqual([]);
    expect(listed.length).toBe(new Set(listed).size);
  });

  it('is refused by a code, with its faults', async () => {
    const error = await as('ru-negotiator')
      .create('irritants', { ...raising(scene.dialogueId), category: 'weather' })
      .catch((one: unknown) => one);
    expect(client.isProblem(error, 'validation-failed')).toBe(true);
    expect(client.isProblem(error, 'own-claim')).toBe(false);
    expect(error).toMatchObject({ status: 400, faults: [expect.objectContaining({ pointer: '/category' })] });
    const { given } = client;
    const asked = await as('operator').api.GET('/v1/irritants');
    expect(() => given(asked)).toThrow(client.EntenteProblem);
  });
});

describe('The feed', () => {
  it('gives each event once, in its order, over connections that are cut', async () => {
    await api.settled();
    const recorded = api.server.record.projections.record.after(-1, 10_000);
    const sizes = [5_000, 12_000, 6_000, 9_000];
    let cuts = 0;
    const ending = new AbortController();
    const events: LooseEvent[] = [];
    proxy.cutAfterBytes = sizes[0]!;
    for await (const { event } of as('reader', proxy.url).feed({ signal: ending.signal })) {
      events.push(event);
      if (proxy.cuts > cuts) proxy.cutAfterBytes = sizes[(cuts = proxy.cuts) % sizes.length]!;
      if (events.length === recorded.length) break;
    }
    expect(cuts).toBeGreaterThan(3);
    expect(events.map(({ data }) => data.envelope.id)).toEqual(recorded.map(({ event }) => event.id));
  });

  it('goes on after a cursor, live, until it is told to end', async () => {
    const ending = new AbortController();
    const before = await all(limited(as('reader').feed(), 3));
    const feed = as('reader').feed({
      after: before[2]!.cursor,
      types: ['IrritantRaised'],
      signal: ending.signal,
    });
    const matter = await raised(as('ru-negotiator'));
    let last: LooseEvent | undefined;
    const reading = (async () => {
      for await (const { event } of feed)
        if ((last = event).data.envelope.stream === `irritant-${matter.id}`) ending.abort();
    })();
    await expect(reading).rejects.toThrow(/abort/i);
    expect(last?.type).toBe('IrritantRaised');
  });

  it('says by its type that the record began anew, and asks no more', async () => {
    const [first] = await all(limited(as('reader').feed(), 1));
    const foreign = `m${Buffer.from(first!.cursor.slice(1), 'base64url').reverse().toString('base64url')}`;
    await expect(as('reader').feed({ after: foreign }).next()).rejects.toThrow(client.EpochChanged);
  });
});

async function* limited<T>(items: AsyncIterable<T>, count: number): AsyncGenerator<T> {
  let left = count;
  for await (const item of items) {
    yield item;
    if (--left === 0) return;
  }
}

describe('A delivery', () => {
  it('is verified by its secret, also while another one takes its place, and by no other', async () => {
    const receiver = await Receiver.start();
    try {
      const hook = await api.ask<{ id: string; secret: string }>('POST', '/v1/webhooks', {
        as: 'reader',
        body: { url: receiver.url, types: ['IrritantRaised'] },
      });
      const { id, secret } = hook.body;
      const next = await api.ask<{ secret: string }>('POST', `/v1/webhooks/${id}/rotate-secret`, {
        as: 'reader',
      });
      const matter = await raised(as('ru-negotiator'));
      await until(() => receiver.received.length > 0);
      // Whoever delivers may not have looked yet that there is another secret; sent by hand it is signed by both.
      const eventId = receiver.received[0]!.id;
      await api.ask('POST', `/v1/webhooks/${id}/deliveries/${eventId}/redeliver`, { as: 'reader' });
      const { headers, body } = receiver.received.at(-1)!;
      for (const secrets of [[secret], [next.body.secret], [secret, next.body.secret]]) {
        const told = await client.verifyWebhook<LooseEvent>({ headers, body, secrets });
        expect([told.id, told.event.data.envelope.stream]).toEqual([
          headers['webhook-id'],
          `irritant-${matter.id}`,
        ]);
      }
      const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
      await expect(client.verifyWebhook({ headers, body, secrets: [other] })).rejects.toThrow(
        client.WebhookRefused,
      );
      await api.ask('POST', `/v1/webhooks/${id}/end`, { as: 'reader' });
    } finally {
      receiver.stop();
    }
  });
});

describe('A signed act', () => {
  it('is signed as the README shows, once what is signed was approved', async () => {
    const { newKey, signed } = (await import(made.program(4))) as SignedProgram;
    const { by, name } = await newKey();
    const us = as('us-negotiator');
    const note = await us.create('sources', {
      dialogueId: scene.dialogueId,
      kind: 'note',
      issuers: ['US'],
      lang: 'en',
      held: false,
      title: 'Note on our key',
      citation: `Note 12: our acts are signed by ${name}`,
    });
    const dialogue = await us.open('dialogues', scene.dialogueId);
    const before = dialogue.revision;
    let origin = '';
    const refused = dialogue.act(
      'suspend',
      {},
      { signed: { by, approve: (act: { origin: string }) => ((origin = act.origin), false) } },
    );
    await expect(refused).rejects.toThrow(client.NotSigned);
    expect((await dialogue.reload()).revision).toBe(before);
    expect(await signed(dialogue, by, origin, note.id)).toMatchObject({ recorded: true });
    const history = await all(us.list('/v1/dialogues/{id}/history', { id: dialogue.id }));
    expect(JSON.stringify(history.at(-1))).toContain(name);
  });
});
