import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FacadeCluster } from '#libs/event-store-eventstoredb/testing';
import { Erasures } from '../../src/platform/commands/erasures.js';
import { everyEvent } from '../../src/platform/record/every-event.js';
import { Ids } from '../../src/platform/record/ids.js';
import type { Removals } from '../../src/platform/record/removals.js';
import { StoredStreams } from '../../src/platform/record/stored-streams.js';
import { startServer } from '../../src/server.js';
import type { Server } from '../../src/server.js';
import { done, made } from '../support/acting.js';
import { Api, quietSettings } from '../support/api.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { until } from '../support/settling.js';

const name = 'record';
const secret = 'Zimzelen-of-the-cluster';
const letter = `The letter names ${secret}, and nobody else.`;
const cluster = new FacadeCluster();
const [folder, otherFolder] = ['one', 'other'].map((one) => mkdtempSync(join(tmpdir(), `entente-${one}-`)));
const journal = join(`${folder}`, '..', `entente-journal-${process.pid}`);
let api: Api;
let other: Server;
let scene: Scene;
let at: string;

beforeAll(async () => {
  await cluster.start();
  const storeUrl = cluster.connectionString(name);
  api = await Api.start({ storeUrl, directory: folder, journal });
  other = await startServer({ settings: { ...quietSettings, storeUrl, directory: otherFolder } });
  scene = await setScene(api);
  at = `irritants/${scene.irritantId}`;
});
afterAll(async () => {
  await other.stop();
  await api.stop();
  await cluster.stop();
  for (const one of [folder, otherFolder, journal]) rmSync(`${one}`, { recursive: true, force: true });
});

/** Whatever was said, as somebody could look for it who has nothing but bytes. */
const formsOf = (said: string) => [
  said,
  Buffer.from(said).toString('base64'),
  createHash('sha256').update(said).digest('hex'),
];
const filesHolding = (said: string) =>
  [folder, otherFolder].flatMap((one) =>
    readdirSync(`${one}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => /sqlite/.test(file))
      .filter((file) => formsOf(said).some((form) => readFileSync(join(`${one}`, file)).includes(form))),
  );
const isWithNodes = (said: string) =>
  formsOf(said).some((form) => cluster.database(name).log.bytes.includes(form));
const eventOf = async (stream: string, type: string) =>
  (await api.server.record.streams.events(stream)).find((one) => one.type === type);
const erase = async (path: string, target: string | undefined) => {
  const body = { target, basis: 'personal-data', reason: { en: 'It names a private person.' } };
  for (const as of ['us-negotiator', 'ru-negotiator'] as const)
    await done(api, `${path}/request-erasure`, as, body);
};
const saidBy = async ({ url }: Pick<Server, 'url'>) => {
  const headers = { Authorization: `Bearer ${api.keys['us-registrar']}` };
  const reads = ['', '/history', '/overview'].map((one) => fetch(`${url}/v1/${at}${one}`, { headers }));
  return JSON.stringify(await Promise.all((await Promise.all(reads)).map((one) => one.text())));
};

describe('Words that are erased on a cluster', () => {
  it('are gone from the answers and the files of every server, and with the nodes nothing ever opens them', async () => {
    await done(api, `${at}/contest`, 'us-registrar', { statement: { en: `It names ${secret}.` } });
    const contested = await eventOf(`irritant-${scene.irritantId}`, 'IrritantContested');
    const hash = contested?.contentHash;
    await until(async () => (await saidBy(other)).includes(secret));
    await until(() => filesHolding(secret).length >= 2);
    expect(isWithNodes(secret)).toBe(false);
    await erase(at, contested?.id);
    expect(await saidBy(api.server)).not.toContain(secret);
    await until(async () => !(await saidBy(other)).includes(secret));
    await until(() => filesHolding(secret).length === 0);
    cluster.database(name).log.scavenge();
    for (const server of [api.server, other]) {
      const events = await server.record.streams.events(`irritant-${scene.irritantId}`);
      const erased = events.find(({ id }) => id === contested?.id);
      expect(erased).toMatchObject({ erased: true, contentHash: hash });
    }
    expect(isWithNodes(secret)).toBe(false);
  });

  it('take the bytes of sources along', async () => {
    const { bytesId } = (await api.sendBytes(scene.dialogueId, letter, 'ru-registrar')).body;
    const { id } = (
      await api.create(
        '/v1/sources',
        {
          ...{ dialogueId: scene.dialogueId, kind: 'statement', issuers: ['RU'], lang: 'en' },
          ...{ held: true, bytesId, title: 'A letter', citation: 'A letter of 1 March' },
        },
        'ru-registrar',
      )
    ).body;
    const download = () => api.get<unknown>(`/v1/sources/${String(id)}/bytes`);
    expect((await download()).body).toBe(letter);
    expect(isWithNodes(letter)).toBe(false);
    const keysBefore = keysWithNodes();
    await erase(`sources/${String(id)}`, (await eventOf(`source-${String(id)}`, 'SourceRegistered'))?.id);
    expect((await download()).status).toBe(410);
    cluster.database(name).log.scavenge();
    // Those of the chunk, of what notes its hash, and of what the source says.
    expect(keysBefore.filter((one) => !keysWithNodes().includes(one))).toHaveLength(3);
    await until(() => filesHolding(letter).length === 0);
  });

  it('are gone from every server, though what follows from an earlier act can not be drawn', async () => {
    const hidden = 'Plovdiv-behind-the-policies';
    const drawing = Promise.withResolvers<undefined>();
    const servers = [api.server, other];
    const appends = servers.map(({ record: { store } }) => store.append.bind(store));
    servers.forEach(({ record: { store } }, at) => {
      store.append = async (...args) => {
        if (args[1][0].type === 'InstrumentLinked') await drawing.promise;
        return appends[at]!(...args);
      };
    });
    const { id } = await made<{ id: string }>(api, 'rounds', 'ru-registrar', {
      dialogueId: scene.dialogueId,
    });
    await done(api, `rounds/${id}/discuss`, 'ru-negotiator', { irritantId: scene.irritantId });
    const position = { stance: 'contests', text: { en: `It names ${hidden}.` } };
    await done(api, `${at}/state-position`, 'us-registrar', position);
    await until(async () => (await saidBy(other)).includes(hidden));
    await erase(at, (await eventOf(`irritant-${scene.irritantId}`, 'PositionStated'))?.id);
    await until(async () => !(await saidBy(other)).includes(hidden));
    await until(() => filesHolding(hidden).length === 0);
    const types = async () =>
      (await api.server.record.streams.events(`irritant-${scene.irritantId}`)).map(({ type }) => type);
    expect(await types()).not.toContain('InstrumentLinked');
    drawing.resolve(undefined);
    servers.forEach(({ record: { store } }, at) => (store.append = appends[at]!));
    await until(async () => (await types()).includes('InstrumentLinked'));
  });

  it('are noted in the journal, so that no backup of the cluster brings them back', async () => {
    const noted = readFileSync(journal, 'utf8').trim().split('\n');
    const erased = noted.filter((line) => line.includes('content-erased'));
    expect(erased.length).toBeGreaterThanOrEqual(3);
    expect(noted.join()).not.toContain(secret);
  });

  it('are finished at a start by asking the nodes for no more than the read models lack', async () => {
    const { store, registry, projections } = api.server.record;
    await api.settled();
    const asked: (string | undefined)[] = [];
    const watched = new Proxy(store, {
      get: (target, member) => {
        const value: unknown = Reflect.get(target, member);
        if (member === 'readAll')
          return (...args: Parameters<typeof store.readAll>) => {
            asked.push(args[0]?.after);
            return target.readAll(...args);
          };
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const found: string[] = [];
    const erasures = new Erasures(new StoredStreams(watched, registry), projections, new Ids());
    erasures.finish = (stream) => Promise.resolve(void found.push(stream));
    await erasures.finishAll({ hasErased: () => false } as unknown as Removals, (error) => {
      throw error;
    });
    const { ordinal } = projections.view('changes');
    const places = projections.record.byOrdinal(ordinal)?.event.position;
    expect(places).toBeDefined();
    expect(asked[0]).toBe(places);
    const all = await Array.fromAsync(everyEvent(store, { types: ['ContentErased'] }));
    expect(found.toSorted()).toEqual([...new Set(all.map(({ stream }) => stream))].toSorted());
    expect(found.length).toBeGreaterThan(0);
    // As a server whose record has halted asks: of the store alone, and of each part once.
    const { streams, read } = await erasures.begunAfter();
    expect(streams.toSorted()).toEqual(all.map(({ stream }) => stream).toSorted());
    expect((await erasures.begunAfter(read)).streams).toEqual([]);
  });

  it('leave the log of the dialogue as it was: from what the nodes hold now, a new server derives the same leaves', async () => {
    await api.settled();
    const fresh = await startServer({
      settings: { ...quietSettings, storeUrl: cluster.connectionString(name) },
    });
    const { record } = api.server.record.projections;
    const size = record.seqAt(scene.dialogueId, record.headOrdinal) + 1;
    const leaves = async ({ url }: Pick<Server, 'url'>) => {
      const path = `/v1/dialogues/${scene.dialogueId}/ledger/tile/0/000.p/${size}`;
      const response = await fetch(`${url}${path}`);
      return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()).toString('hex') };
    };
    await until(async () => (await leaves(fresh)).status === 200);
    expect(await leaves(fresh)).toEqual(await leaves(api.server));
    expect(await saidBy(fresh)).not.toContain(secret);
    const ready = await (await fetch(`${fresh.url}/readyz`)).text();
    expect(ready).not.toContain('ALARM');
    await fresh.stop();
  });
});

function keysWithNodes(): readonly string[] {
  return cluster
    .database(name)
    .log.all.filter(({ type }) => type === 'ContentKeyKept')
    .map(({ stream }) => stream);
}
