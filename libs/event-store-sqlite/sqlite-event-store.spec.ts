import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cpSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

import { Conflict, Unavailable } from '#libs/event-store';
import { aNewEvent, collect, describeEventStoreContract, newEvents, until } from '#libs/event-store/testing';

import { SqliteEventStore } from './index.js';
import { SqliteHarness } from './testing.js';

describeEventStoreContract('The SQLite store', () => new SqliteHarness());

describe('The SQLite store', () => {
  let harness: SqliteHarness;
  let store: SqliteEventStore;

  beforeEach(async () => {
    harness = new SqliteHarness({ clock: () => '2025-04-10T09:00:00.000Z' });
    store = await harness.open();
  });
  afterEach(() => harness.dispose());

  /** A connection as any other program would have it, with nothing of ours between it and the file. */
  const raw = <T>(work: (database: DatabaseSync) => T): T => {
    const database = new DatabaseSync(harness.database);
    try {
      return work(database);
    } finally {
      database.close();
    }
  };

  it('records by the clock that it is given', async () => {
    await store.append('notes-1', [aNewEvent()], { expected: 'no_stream' });
    const [event] = await collect(store.readStream('notes-1'));
    expect(event?.recordedAt).toBe('2025-04-10T09:00:00.000Z');
  });

  it('keeps a file of 4 KiB pages under its own name and version', () => {
    const settings = raw((database) =>
      ['page_size', 'journal_mode', 'application_id', 'user_version'].map(
        (name) => database.prepare(`PRAGMA ${name}`).get()?.[name],
      ),
    );
    expect(settings).toEqual([4_096, 'wal', 0x45_4e_54_45, 3]);
  });

  const changes = {
    'deletes an event': 'DELETE FROM events',
    'changes an event': "UPDATE events SET data = '{}'",
    'moves an event': 'UPDATE events SET position = position + 1000',
    'renames a stream': "UPDATE OR REPLACE events SET stream = 'other'",
    'puts other words in the place of the first': "UPDATE events SET content = '{}', salt = NULL",
    'erases the salt and keeps the words': 'UPDATE events SET salt = NULL',
    'erases the words and changes the data': "UPDATE events SET content = NULL, salt = NULL, data = '[1]'",
    'replaces an event at its position':
      "INSERT OR REPLACE INTO events VALUES (1, 'notes-1', 2, 'x', 'x', '{}', NULL, NULL, '{}', 'x', 0, NULL)",
    'replaces an event at its revision':
      "INSERT OR REPLACE INTO events VALUES (NULL, 'notes-1', 0, 'x', 'x', '{}', NULL, NULL, '{}', 'x', 0, NULL)",
    'leaves a gap in a stream':
      "INSERT INTO events VALUES (NULL, 'notes-1', 3, 'x', 'x', '{}', NULL, NULL, '{}', 'x', 0, NULL)",
    'changes the epoch': "UPDATE identity SET epoch = 'other'",
    'deletes the epoch': 'DELETE FROM identity',
    'moves an epoch': 'UPDATE identity SET life = life + 1',
    'replaces an epoch': "INSERT OR REPLACE INTO identity VALUES (1, 'other')",
    'brings an epoch back': 'INSERT OR REPLACE INTO identity SELECT 2, epoch FROM identity',
    'puts an epoch before the first': "INSERT INTO identity VALUES (0, 'other')",
    'leaves room between two epochs': "INSERT INTO identity VALUES (3, 'other')",
  };
  it.each(Object.entries(changes))('refuses another program that %s', async (_name, sql) => {
    await store.append('notes-1', newEvents(2, { content: { text: 'said' }, salt: 'c2FsdA' }), {
      expected: 'no_stream',
    });
    const before = await collect(store.readStream('notes-1'));
    expect(() => raw((database) => database.exec(sql))).toThrow(/appended|deleted|erased|epoch/);
    expect(await collect(store.readStream('notes-1'))).toEqual(before);
    await store.append('notes-1', newEvents(1), { expected: 1n });
  });

  it('commits appends of one turn together, and never one appends\u2019 conflict with them', async () => {
    await store.append('taken', newEvents(1), { expected: 'no_stream' });
    const before = commitsIn(`${harness.database}-wal`);
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, (_, index) =>
        store.append(index % 10 === 0 ? 'taken' : `notes-${index}`, newEvents(1), { expected: 'no_stream' }),
      ),
    );
    const refused = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    expect(refused).toEqual(Array.from({ length: 20 }, () => new Conflict('taken', 0n)));
    const commits = commitsIn(`${harness.database}-wal`) - before;
    expect(commits).toBeGreaterThan(0);
    expect(commits).toBeLessThanOrEqual(3);
  });

  it('gathers the next batch while one is being committed', async () => {
    const first = store.append('first', newEvents(1), { expected: 'no_stream' });
    await turnOfTheLoop();
    const before = commitsIn(`${harness.database}-wal`);
    const later = Array.from({ length: 50 }, (_, index) =>
      store.append(`later-${index}`, newEvents(1), { expected: 'no_stream' }),
    );
    await Promise.all([first, ...later]);
    expect(commitsIn(`${harness.database}-wal`) - before).toBeLessThanOrEqual(3);
  });

  it('lets an append that waits for its batch be aborted, and stores nothing of it', async () => {
    const controller = new AbortController();
    const reason = new Error('The caller left.');
    const { signal } = controller;
    const waiting = store.append('notes-1', newEvents(1), { expected: 'no_stream', signal });
    const beside = store.append('notes-2', newEvents(1), { expected: 'no_stream' });
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await beside;
    expect(await collect(store.readAll({ limit: 10 }))).toHaveLength(1);
  });

  it('refuses more appends than may wait, and stores those that were taken', async () => {
    const text = 'x'.repeat(1_000_000);
    const results = await Promise.allSettled(
      Array.from({ length: 80 }, (_, index) =>
        store.append(`notes-${index}`, newEvents(1, { content: { text } }), { expected: 'no_stream' }),
      ),
    );
    const refused = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every((error) => error instanceof Unavailable)).toBe(true);
    const stored = await collect(store.readAll({ limit: 100 }));
    expect(stored).toHaveLength(80 - refused.length);
  });

  it('moves the log into the file when the writer is idle', async () => {
    const events = newEvents(250, { content: { text: 'x'.repeat(20_000) } });
    await store.append('notes-1', events, { expected: 'no_stream' });
    const fileBytes = () => statSync(harness.database).size;
    expect(fileBytes()).toBeLessThan(1_000_000);
    // The test's own time limit ends this where no checkpoint comes.
    while (fileBytes() < 5_000_000) await turnOfTheLoop();
  });

  it('takes erased words out of its files, also after other erasures moved pages about', async () => {
    const word = (index: number) => `WORD-${String(index).padStart(4, '0')}-`;
    for (let index = 0; index < 300; index += 1) {
      const text = word(index) + 'x'.repeat((index * 97) % 6_000);
      const expected = index === 0 ? 'no_stream' : BigInt(index - 1);
      await store.append('notes-1', newEvents(1, { content: { text }, salt: `SALT-${index}-` }), {
        expected,
      });
    }
    const erased = Array.from({ length: 300 }, (_, index) => index).filter((index) => index % 3 !== 1);
    for (const index of erased) await store.eraseContent('notes-1', BigInt(index));
    const bytes = readdirSync(harness.directory)
      .map((name) => readFileSync(`${harness.directory}/${name}`, 'latin1'))
      .join('');
    expect(erased.filter((index) => bytes.includes(word(index)) || bytes.includes(`SALT-${index}-`))).toEqual(
      [],
    );
    expect(bytes).toContain(word(1));
  });

  it('says that erased words are still in the log while another program reads, and a repeat ends it', async () => {
    await store.append('notes-1', newEvents(1, { content: { text: 'in-confidence' } }), {
      expected: 'no_stream',
    });
    const reader = new DatabaseSync(harness.database);
    reader.exec('BEGIN; SELECT count(*) FROM events');
    await expect(store.eraseContent('notes-1', 0n)).rejects.toThrow(/still in store.sqlite-wal/);
    const [event] = await collect(store.readStream('notes-1'));
    expect(event?.content).toBeNull();
    reader.close();
    await store.eraseContent('notes-1', 0n);
    expect(readFileSync(harness.database, 'latin1')).not.toContain('in-confidence');
    expect(statSync(`${harness.database}-wal`).size).toBe(0);
  });

  it('has erased words out of its files once the other program is through, with nobody asking again, also after a crash', async () => {
    await store.append('notes-1', newEvents(1, { content: { text: 'in-confidence' } }), {
      expected: 'no_stream',
    });
    const reader = new DatabaseSync(harness.database);
    reader.exec('BEGIN; SELECT count(*) FROM events');
    await expect(store.eraseContent('notes-1', 0n)).rejects.toThrow(Unavailable);
    const directory = `${harness.directory}-crashed`;
    cpSync(harness.directory, directory, { recursive: true });
    const another = new DatabaseSync(`${directory}/store.sqlite`);
    another.exec('BEGIN; SELECT count(*) FROM events');
    const crashed = await SqliteEventStore.open({ directory });
    const holding = () =>
      [directory, harness.directory].flatMap((folder) =>
        readdirSync(folder).filter((name) => readFileSync(`${folder}/${name}`).includes('in-confidence')),
      );
    expect(holding()).toEqual(['store.sqlite-wal', 'store.sqlite-wal']);
    for (const one of [reader, another]) one.close();
    await until(() => holding().length === 0);
    await crashed.close();
    rmSync(directory, { recursive: true });
  });
});

/** Counts the commits in a write-ahead log: a frame that ends a transaction tells the size of the file after it. */
function commitsIn(path: string): number {
  const log = readFileSync(path);
  const [headerBytes, frameBytes, sizeOffset] = [32, 24 + 4_096, 4];
  let commits = 0;
  for (let frame = headerBytes; frame + frameBytes <= log.length; frame += frameBytes) {
    if (log.readUInt32BE(frame + sizeOffset) !== 0) commits += 1;
  }
  return commits;
}
