import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Position } from '#libs/event-store';
import { SqliteEventStore } from '#libs/event-store-sqlite';
import { EventStoreDbEventStore } from '#libs/event-store-eventstoredb';
import { Facade } from '#libs/event-store-eventstoredb/testing';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import { digestOf, move, TargetNotEmpty } from '../../src/platform/migration.js';
import { Ids } from '../../src/platform/ids.js';
import { directly } from '#libs/decider/testing';
import { Api } from '../support/api.js';
import { join as joinDialogue } from '../support/scene.js';
import { projected } from '../support/settling.js';
import { eventsWanted } from './runs.js';
import { momentless } from '../support/moment.js';

const facade = new Facade();
let directory: string;

beforeAll(async () => {
  await facade.start();
  directory = mkdtempSync(join(tmpdir(), 'entente-migration-'));
  const api = await Api.start({ directory, storeUrl: undefined });
  await loadRecord(istanbulRecord, { url: api.server.url, key: api.keys['secretariat'] ?? '' });
  await api.stop();
});
afterAll(async () => {
  await facade.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Moves the folder into a database behind the façade; `failAfter` breaks it off after so many pages. */
async function moved(database: string, after?: Position, breakOff = false) {
  await using opened = new AsyncDisposableStack();
  const source = await SqliteEventStore.open({ directory });
  opened.defer(() => source.close());
  let recordedAt = '';
  const connectionString = facade.connectionString(database);
  const target = await EventStoreDbEventStore.open({ connectionString, clock: () => recordedAt });
  opened.defer(() => target.close());
  let reached: Position | undefined;
  const moving = move({
    source,
    target,
    setRecordedAt: (instant) => (recordedAt = instant),
    after,
    onProgress: async (_count, position) => {
      reached = position;
      if (breakOff) throw new Error('broken off');
    },
  });
  const count = await moving.catch((error: unknown) => {
    if (error instanceof Error && error.message === 'broken off') return -1;
    throw error;
  });
  return { count, reached, here: await digestOf(source), there: await digestOf(target) };
}

/** Irritants with many positions each, straight into the store: what a busy record holds. */
async function fill(events: number): Promise<void> {
  const store = await SqliteEventStore.open({ directory });
  const ids = new Ids();
  const irritants = await irritantIds(store);
  for (let made = 0; made < events;) {
    const batches = irritants.map(async ({ stream, next }, index) => {
      const batch = Array.from({ length: 50 }, () => ({
        id: ids.next(),
        type: 'PositionStated',
        data: { stance: 'contests' },
        content: { text: { en: 'Again.' } },
        salt: ids.salt(),
        meta: {
          schemaVersion: 1,
          act: directly('RU'),
          sources: [],
          audience: 'both',
          correlationId: 'filled',
        } as never,
      }));
      const [first, ...others] = batch;
      if (first === undefined) return;
      await store.append(stream, [first, ...others], { expected: next - 1n });
      irritants[index] = { stream, next: next + 50n };
    });
    await Promise.all(batches);
    made += irritants.length * 50;
  }
  await store.close();
}

async function irritantIds(store: SqliteEventStore): Promise<{ stream: string; next: bigint }[]> {
  const heads = new Map<string, bigint>();
  for await (const message of store.readAll({ filter: { streamPrefixes: ['irritant-'] }, limit: 10_000 })) {
    if (message.kind === 'event') heads.set(message.event.stream, message.event.revision + 1n);
  }
  return [...heads].map(([stream, next]) => ({ stream, next }));
}

describe('A record that is moved to a cluster', () => {
  it('has the same events in the same order, with their ids, times, salts and words', async () => {
    const { count, here, there } = await moved('whole');
    expect(count).toBeGreaterThan(90);
    expect(there).toEqual(here);
  });

  it('gives the same read models, and is written to where it was left', async () => {
    await moved('served');
    const before = await Api.start({ directory, storeUrl: undefined });
    const after = await Api.start({ storeUrl: facade.connectionString('served') });
    await Promise.all([before.settled(), after.settled()]);
    for (const path of [
      '/v1/irritants?sort=createdAt',
      '/v1/rounds?sort=createdAt',
      '/v1/irritants/RUUS-1/history',
    ]) {
      expect(momentless((await after.get(path)).body)).toEqual(momentless((await before.get(path)).body));
    }
    await before.stop();
    const { dialogueId } = (await after.get<{ dialogueId: string }>('/v1/irritants/RUUS-1')).body;
    await joinDialogue(after, dialogueId, 'US');
    const stated = await after.act(
      '/v1/irritants/RUUS-1/state-position',
      { stance: 'contests', text: { en: 'Later.' } },
      'us-registrar',
    );
    expect(stated.status).toBe(200);
    await after.stop();
  });

  it(
    'keeps the order of a long record too, and its read models',
    async () => {
      await fill(eventsWanted);
      const { count, here, there } = await moved('long');
      expect(count).toBeGreaterThanOrEqual(eventsWanted);
      expect(there).toEqual(here);
      const before = await Api.start({ directory, storeUrl: undefined });
      const after = await Api.start({ storeUrl: facade.connectionString('long') });
      for (const { server } of [before, after]) await projected(server.record.projections);
      for (const slice of ['dialogues', 'sources', 'irritants', 'rounds', 'exchanges']) {
        const list = `/v1/${slice}?sort=createdAt&limit=200`;
        expect(momentless((await after.get(list)).body)).toEqual(momentless((await before.get(list)).body));
      }
      const [readHere, readThere] = [before, after].map(({ server }) => server.record.projections.record);
      expect(readThere?.headOrdinal).toBe(readHere?.headOrdinal);
      await before.stop();
      await after.stop();
    },
    240_000 + eventsWanted * 24,
  );

  it(
    'that broke off goes on where it stopped, or from the start, with the same result',
    async () => {
      const { reached } = await moved('resumed', undefined, true);
      expect(reached).toBeDefined();
      const resumed = await moved('resumed', reached);
      expect(resumed.there).toEqual(resumed.here);
      const again = await moved('resumed');
      expect(again.there).toEqual(again.here);
    },
    240_000 + eventsWanted * 12,
  );

  it('does not touch a cluster that holds something else', async () => {
    const other = await EventStoreDbEventStore.open({ connectionString: facade.connectionString('other') });
    const stream = 'keyprefix-RUUS';
    const event = {
      id: crypto.randomUUID(),
      type: 'KeyPrefixReserved',
      data: {},
      content: null,
      salt: null,
      meta: {},
    };
    await other.append(stream, [event], { expected: 'no_stream' });
    await other.close();
    await expect(moved('other')).rejects.toThrow(TargetNotEmpty);
  });
});
