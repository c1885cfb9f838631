import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { PositionForeign, parsePosition } from '#libs/event-store';
import { collect, eventsOf, newEvents } from '#libs/event-store/testing';

import { DataFolderLocked, NotRestorable, SqliteEventStore, restoreDataFolder } from './index.js';

let top: string;
let live: string;
let backup: string;
const target = () => join(top, 'restored');

const sql = (file: string, statements: string) => {
  const database = new DatabaseSync(file);
  database.exec(statements);
  database.close();
};
const appendTo = async (directory: string, stream: string, count: number) => {
  const store = await SqliteEventStore.open({ directory });
  const appended = await store.append(stream, newEvents(count), { expected: 'no_stream' });
  const { epoch } = await store.identity();
  await store.close();
  return { ...appended, epoch };
};
const read = async (directory: string) => {
  const store = await SqliteEventStore.open({ directory });
  const events = await eventsOf(store.readAll({ limit: 1_000 }));
  const { epoch } = await store.identity();
  await store.close();
  return { epoch, events };
};
const withoutPosition = ({ events }: Awaited<ReturnType<typeof read>>) =>
  events.map(({ position: _, ...event }) => event);

beforeEach(async () => {
  top = mkdtempSync(join(tmpdir(), 'restore-'));
  live = join(top, 'live');
  backup = join(top, 'backup.sqlite');
  await appendTo(live, 'notes-1', 3);
  sql(join(live, 'store.sqlite'), `VACUUM INTO '${backup}'`);
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

describe('A restored record', () => {
  it('has the events of the copy under a new epoch, and the copy stays as it was', async () => {
    const before = readFileSync(backup);
    const restored = restoreDataFolder(backup, target());
    const [was, is] = [await read(live), await read(target())];
    expect(restored).toEqual({
      ...{ events: 3, erased: 0 },
      ...{ lastRecordedAt: was.events[2]?.recordedAt, epoch: is.epoch },
    });
    expect(is.epoch).not.toBe(was.epoch);
    expect(withoutPosition(is)).toEqual(withoutPosition(was));
    expect(parsePosition(is.events[0]?.position ?? '').epoch).toBe(is.epoch);
    expect(readFileSync(backup).equals(before)).toBe(true);
    expect(readdirSync(top).sort()).toEqual(['backup.sqlite', 'live', 'restored']);
  });

  it('refuses positions of its earlier life, and takes acts', async () => {
    const { position } = await appendTo(live, 'notes-2', 1);
    restoreDataFolder(backup, target());
    const store = await SqliteEventStore.open({ directory: target() });
    await expect(collect(store.readAll({ after: position, limit: 1 }))).rejects.toThrow(PositionForeign);
    await store.append('notes-2', newEvents(1), { expected: 'no_stream' });
    await store.close();
  });

  it('keeps every epoch in order, and begins another one with each restore', async () => {
    const epochs = [(await read(live)).epoch];
    let copy = backup;
    for (let times = 1; times <= 3; times += 1) {
      const directory = join(top, `life-${times}`);
      epochs.push(restoreDataFolder(copy, directory).epoch);
      await appendTo(directory, `life-${times}`, 1);
      copy = join(top, `copy-${times}`);
      sql(join(directory, 'store.sqlite'), `VACUUM INTO '${copy}'`);
    }
    const database = new DatabaseSync(copy);
    const kept = database.prepare('SELECT epoch FROM identity ORDER BY life').all();
    database.close();
    expect(kept.map(({ epoch }) => epoch)).toEqual(epochs);
    expect(new Set(epochs).size).toBe(4);
  });

  it('has what is in the log of the copy alone', async () => {
    const store = await SqliteEventStore.open({ directory: live });
    await store.append('notes-2', newEvents(2), { expected: 'no_stream' });
    const folder = join(top, 'snapshot');
    mkdirSync(folder);
    for (const name of ['store.sqlite', 'store.sqlite-wal'])
      copyFileSync(join(live, name), join(folder, name));
    await store.close();
    expect(statSync(join(folder, 'store.sqlite-wal')).size).toBeGreaterThan(0);
    expect(restoreDataFolder(folder, target()).events).toBe(5);
    expect((await read(target())).events).toHaveLength(5);
    expect(readdirSync(folder).sort()).toEqual(['store.sqlite', 'store.sqlite-wal']);
  });

  it('is whole in one file for its owner alone, beside nothing that was there of an older record', () => {
    mkdirSync(target(), { mode: 0o755 });
    for (const name of ['views.sqlite', 'views.sqlite-wal', 'views.sqlite-shm'])
      writeFileSync(join(target(), name), 'old');
    mkdirSync(join(target(), 'restoring'));
    writeFileSync(join(target(), 'restoring', 'store.sqlite'), 'left by a restore that was broken off');
    restoreDataFolder(backup, target());
    expect(readdirSync(target()).sort()).toEqual(['lock.sqlite', 'store.sqlite']);
    expect(statSync(join(target(), 'store.sqlite')).mode & 0o777).toBe(0o600);
    expect(statSync(target()).mode & 0o777).toBe(0o700);
  });

  it('leaves nothing of one that was broken off once the folder is opened, though a record was made there since', async () => {
    mkdirSync(join(target(), 'restoring'), { recursive: true });
    writeFileSync(join(target(), 'restoring', 'store.sqlite'), 'words that were erased since');
    await (await SqliteEventStore.open({ directory: target() })).close();
    expect(readdirSync(target())).not.toContain('restoring');
  });

  it('may be empty', async () => {
    const empty = join(top, 'empty');
    await (await SqliteEventStore.open({ directory: empty })).close();
    expect(restoreDataFolder(empty, target())).toMatchObject({ events: 0, lastRecordedAt: undefined });
  });
});

describe('A restore is refused, and leaves no record behind', () => {
  const page = 4_096;
  const unguarded = (statements: string) =>
    sql(backup, `DROP TRIGGER events_stay; DROP TRIGGER events_are_appended; ${statements}`);
  const faults: Record<string, readonly [RegExp, () => void]> = {
    'where there is no copy': [/no such file/, () => rmSync(backup)],
    'of a folder without a record': [/no store.sqlite/, () => (rmSync(backup), mkdirSync(backup))],
    'of an empty file': [/no record of Entente/, () => writeFileSync(backup, '')],
    'of words': [/not a database/, () => writeFileSync(backup, 'words, no record; '.repeat(500))],
    'of another program’s file': [
      /no record of Entente/,
      () => (rmSync(backup), sql(backup, 'CREATE TABLE recipes (name TEXT)')),
    ],
    'of read models': [/no record of Entente/, () => sql(backup, 'PRAGMA application_id = 1164858957')],
    'of a file that bears our mark and has no events': [
      /no record of Entente/,
      () => (rmSync(backup), sql(backup, 'PRAGMA application_id = 1162761285; CREATE TABLE a (b)')),
    ],
    'of a newer version': [/storage format 99/, () => sql(backup, 'PRAGMA user_version = 99')],
    'of a file that was cut off': [/can't be read|damaged/, () => truncateSync(backup, 2 * page)],
    'of a file cut within a page': [/can't be read|damaged/, () => truncateSync(backup, 3 * page + 100)],
    'of a file with a page of zeros': [
      /can't be read|damaged/,
      () => {
        const bytes = readFileSync(backup);
        writeFileSync(backup, bytes.fill(0, bytes.length - page));
      },
    ],
    'of a record without one of its events': [
      /lacks 1 event/,
      () => unguarded('DELETE FROM events WHERE position = 2'),
    ],
    'of a record without its last events': [
      /lacks 2 event/,
      () => unguarded('DELETE FROM events WHERE position > 1'),
    ],
  };

  it.each(Object.entries(faults))('%s', (_, [says, spoil]) => {
    spoil();
    expect(() => restoreDataFolder(backup, target())).toThrow(says);
    expect(existsSync(join(target(), 'store.sqlite'))).toBe(false);
    expect(existsSync(join(target(), 'restoring'))).toBe(false);
  });

  it('over a record, and leaves that as it is', async () => {
    await appendTo(target(), 'other', 1);
    const before = readFileSync(join(target(), 'store.sqlite'));
    expect(() => restoreDataFolder(backup, target())).toThrow(/has a record already.*empty folder/);
    expect(readFileSync(join(target(), 'store.sqlite')).equals(before)).toBe(true);
    expect(() => restoreDataFolder(live, live)).toThrow(NotRestorable);
  });

  it('over a log that lost its file, for acts may be in it', () => {
    mkdirSync(target());
    writeFileSync(join(target(), 'store.sqlite-wal'), 'log');
    expect(() => restoreDataFolder(backup, target())).toThrow(/has a record already \(store.sqlite-wal\)/);
  });

  it('into a folder that somebody works on, and of one', async () => {
    const store = await SqliteEventStore.open({ directory: live });
    expect(() => restoreDataFolder(live, target())).toThrow(/a server is working on it.*Take a backup/);
    expect(() => restoreDataFolder(backup, live)).toThrow(DataFolderLocked);
    await store.append('notes-9', newEvents(1), { expected: 'no_stream' });
    await store.close();
  });
});
