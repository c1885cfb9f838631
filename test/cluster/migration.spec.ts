import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SqliteEventStore } from '#libs/event-store-sqlite';
import { EventStoreDbEventStore } from '#libs/event-store-eventstoredb';
import { Facade } from '#libs/event-store-eventstoredb/testing';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import { digestOf, move, TargetNotEmpty } from '../../src/platform/record/migration.js';
import { Ids } from '../../src/platform/record/ids.js';
import { directly } from '#libs/decider/testing';
import { expectSuccess } from '../cli/expectations.js';
import { run } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
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

/** Moves the folder into a database behind the façade; it can be broken off after the first page. */
async function moved(database: string, breakOff = false) {
  await using opened = new AsyncDisposableStack();
  const source = await SqliteEventStore.open({ directory });
  opened.defer(() => source.close());
  let recordedAt = '';
  const connectionString = facade.connectionString(database);
  const target = await EventStoreDbEventStore.open({ connectionString, clock: () => recordedAt });
  opened.defer(() => target.close());
  let reached = 0;
  const moving = move({
    source,
    target,
    setRecordedAt: (instant) => (recordedAt = instant),
    onProgress: async (count) => {
      reached = count;
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
    'that broke off goes on where it stopped, and is moved again without a change',
    async () => {
      const { reached } = await moved('resumed', true);
      expect(reached).toBeGreaterThan(0);
      const resumed = await moved('resumed');
      expect(resumed.there).toEqual(resumed.here);
      expect(reached + resumed.count).toBe(resumed.here.events);
      const again = await moved('resumed');
      expect(again).toMatchObject({ count: 0, there: resumed.here });
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

  it('leaves a live record untouched, so that no key of ours opens it', async () => {
    const live = await Api.start({ storeUrl: facade.connectionString('live') });
    await live.settled();
    await live.stop();
    const { log } = facade.database('live');
    const before = log.all.map(({ id }) => id);
    await expect(moved('live')).rejects.toThrow(/nothing was written to it/);
    expect(log.all.map(({ id }) => id)).toEqual(before);
  });

  it('is not moved into a cluster that went on with it, for the folder has not', async () => {
    await moved('went-on');
    const later = await Api.start({ storeUrl: facade.connectionString('went-on') });
    await later.stop();
    await expect(moved('went-on')).rejects.toThrow(TargetNotEmpty);
  });

  it('begins anew in an empty cluster, whatever an earlier move into another one had come to', async () => {
    await compiledProgram();
    const file = join(directory, 'migration.json');
    writeFileSync(file, '{"target":"another","moved":7}');
    const to = facade.connectionString('second');
    const ended = await run(['migrate', '--data', directory, '--from', 'sqlite', '--to', to], {
      cwd: tmpdir(),
    });
    expectSuccess({ ...ended, stderr: '' });
    expect(ended.stderr).toMatch(/broke off after 7 event\(s\), into another cluster; this one begins anew/);
    expect(ended.stdout).toMatch(/event\(s\) are in the cluster, in the same order and unchanged/);
    expect(existsSync(file)).toBe(false);
  });
});
