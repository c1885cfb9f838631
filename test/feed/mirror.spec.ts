import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUpDataFolder, restoreDataFolder } from '#libs/event-store-sqlite';
import { connectionLimits } from '../../src/platform/http/connections.js';
import { fold, idOf, represent } from '../../src/platform/record/fold.js';
import { slices } from '../../src/slices.js';
import { Api } from '../support/api.js';
import type { Body } from '../support/api.js';
import { openTalks, raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { until } from '../support/settling.js';
import { mirrorWrites } from '../support/runs.js';
import { Mirror } from './mirror.js';

const writes = mirrorWrites;
const disconnections = 20;
const writersAtOnce = 16;
/** What hangs is ended; ten thousand writes take minutes. */
const longestMs = 240_000 + writes * 200;
const stalledMs = 300;
/** Together more than the system keeps between two sockets (up to 10 MB), so that a stalled reader leaves some with the server. */
const longWords = Object.fromEntries(
  ['en', 'ru', 'fr', 'es', 'ar', 'zh'].map((one) => [one, 'x'.repeat(19_900)]),
);
const longWrites = 100;

const folder = mkdtempSync(join(tmpdir(), 'entente-mirror-'));
const directory = join(folder, 'record');
const limits = { ...connectionLimits, stalledMs };
const mirror = new Mirror();
let api: Api;
let scene: Scene;
let restarts = 0;

const start = () => Api.start({ directory }, undefined, limits);
const connect = () => mirror.connect(api.server.url, api.keys['us-registrar']!);
const position = (text: object) => ({ stance: 'seeks-action', text });

beforeAll(async () => {
  api = await start();
  scene = await setScene(api);
  await connect();
});
afterAll(async () => {
  mirror.cut();
  await api.stop();
  rmSync(folder, { recursive: true });
});

/** How many events the record holds of the dialogue that is mirrored. */
const recorded = () => {
  const { record } = api.server.record.projections;
  return record.seqAt(scene.dialogueId, record.headOrdinal) + 1;
};

/** One after the other, for a mirror has one connection. */
let reconnecting = Promise.resolve();
let cuts = 0;
async function reconnect(): Promise<void> {
  mirror.cut();
  cuts += 1;
  await connect();
}

/** So many writes, some at once; the mirror is cut now and then. */
async function write(many: number, cutsWanted: number): Promise<void> {
  let next = 0;
  const cutEvery = Math.floor(many / Math.max(cutsWanted, 1));
  const writer = async () => {
    for (let one = next++; one < many; one = next++) {
      const made = await api.create<{ id: string }>(
        '/v1/irritants',
        raising(scene.dialogueId),
        'ru-registrar',
      );
      if (made.status !== 201) throw new Error(JSON.stringify(made.body));
      if (one % 4 === 0)
        await api.act(
          `/v1/irritants/${made.body.id}/state-position`,
          position({ en: `${one}` }),
          'ru-negotiator',
        );
      if (cutsWanted > 0 && one % cutEvery === cutEvery - 1) reconnecting = reconnecting.then(reconnect);
    }
  };
  await Promise.all(Array.from({ length: writersAtOnce }, writer));
  await reconnecting;
}

/** Every entry of the lists, as it is shown, against what the mirror folds of what it was told. */
async function expectEqual(): Promise<void> {
  await api.settled();
  await until(() => mirror.events.length >= recorded());
  expect([mirror.events.length, mirror.twice]).toEqual([recorded(), []]);
  expect(mirror.events.map(({ id }) => Number(id))).toEqual(mirror.events.map((_, place) => place));
  const streams = mirror.streams();
  for (const slice of slices) {
    const own = [...streams].filter(([stream]) => stream.startsWith(`${slice.prefix}-`));
    const folded = own.map(([stream, events]) => [idOf(stream), represent(fold(slice, events)!)] as const);
    const mirrored = new Map(folded.map(([id, one]) => [id, JSON.parse(JSON.stringify(one)) as Body]));
    let count = 0;
    let next = `/v1/${slice.name}?limit=200`;
    while (next !== '') {
      const { body, headers } = await api.get<{ items: Body[] }>(next, 'us-registrar');
      for (const { kept: _, ...item } of body.items) {
        const { kept: __, ...own } = mirrored.get(String(item['id'])) ?? {};
        expect(own).toEqual(item);
      }
      count += body.items.length;
      next = /<(.*)>/.exec(headers.get('link') ?? '')?.[1] ?? '';
    }
    expect([slice.name, count]).toEqual([slice.name, mirrored.size]);
  }
}

async function restart(): Promise<void> {
  await Promise.all([api.stop(), mirror.readOut()]);
  restarts += 1;
  api = await start();
  await connect();
}

describe('A mirror by the feed', () => {
  it(
    'holds what the lists hold, nothing twice and nothing left out, however often it is cut while others write',
    async () => {
      await openTalks(api, { parties: { RU: 'FR', US: 'DE' } });
      await write(Math.floor(writes / 2), Math.floor(disconnections / 2));
      await restart();
      await write(Math.floor(writes / 2), Math.floor(disconnections / 2));
      await expectEqual();
      expect([restarts, cuts]).toEqual([1, disconnections]);
    },
    longestMs,
  );

  it('is dropped where it takes nothing for too long, and goes on after what it had taken', async () => {
    mirror.stall();
    const path = `/v1/irritants/${scene.irritantId}/state-position`;
    for (let one = 0; one < longWrites; one += 1) {
      const words = { ...longWords, en: `${one}` };
      expect((await api.act(path, position(words), 'ru-negotiator')).status).toBe(200);
    }
    const open = async () =>
      (await api.ask<string>('GET', '/metrics', { as: 'operator' })).body.includes('entente_feeds_open 0\n');
    await until(open);
    await mirror.readOut();
    expect(mirror.events.length).toBeLessThan(recorded());
    await connect();
    await expectEqual();
  });

  it('learns that the record was restored from a backup, and takes no new event for an old one', async () => {
    const backup = join(folder, 'backup.sqlite');
    const { events, cursor } = { events: mirror.events.length, cursor: mirror.cursor };
    backUpDataFolder(directory, backup);
    await write(2, 0);
    await until(() => mirror.events.length > events);
    await Promise.all([api.stop(), mirror.readOut()]);
    rmSync(directory, { recursive: true });
    restoreDataFolder(backup, directory);
    api = await start();
    const after = mirror.events.length;
    await expect(connect()).rejects.toThrow('"code":"epoch-changed"');
    mirror.cursor = cursor;
    await expect(connect()).rejects.toThrow('"code":"epoch-changed"');
    expect(mirror.events.length).toBe(after);
    // Another event stands where the mirror has one of the life before: it has another name.
    await write(1, 0);
    await api.settled();
    const anew = new Mirror();
    await anew.connect(api.server.url, api.keys['us-registrar']!);
    await until(() => anew.events.length >= recorded());
    anew.cut();
    const names = new Set(mirror.events.map(({ source, id }) => `${source} ${id}`));
    expect(anew.events.filter(({ source, id }) => names.has(`${source} ${id}`))).toEqual([]);
  });
});
