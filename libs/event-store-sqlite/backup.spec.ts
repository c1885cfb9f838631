import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { newEvents } from '#libs/event-store/testing';

import { backUpDataFolder, NotBackedUp, restoreDataFolder, SqliteEventStore } from './index.js';

let top: string;
let live: string;
let store: SqliteEventStore;
const inTop = (name: string) => join(top, name);
const append = (stream: string, count: number) =>
  store.append(stream, newEvents(count), { expected: 'no_stream' });

beforeEach(async () => {
  top = mkdtempSync(join(tmpdir(), 'backup-'));
  live = inTop('live');
  store = await SqliteEventStore.open({ directory: live });
  await append('notes-1', 3);
});
afterEach(async () => {
  await store.close();
  rmSync(top, { recursive: true, force: true });
});

describe('A backup', () => {
  it('is one moment of the record, taken while it is written, and can be restored', async () => {
    const writing = Array.from({ length: 200 }, (_, index) => append(`other-${index}`, 2));
    const { events, epoch, file } = backUpDataFolder(live, inTop('backup.sqlite'));
    await Promise.all(writing);
    expect(file).toBe(inTop('backup.sqlite'));
    expect((events - 3) % 2).toBe(0);
    expect(epoch).toBe((await store.identity()).epoch);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(restoreDataFolder(file, inTop('restored')).events).toBe(events);
    expect(backUpDataFolder(live, inTop('later.sqlite')).events).toBe(403);
  });

  it('lies in a folder under the name of the store', async () => {
    mkdirSync(inTop('disk'));
    expect(backUpDataFolder(live, inTop('disk')).file).toBe(inTop('disk/store.sqlite'));
    expect(readdirSync(inTop('disk'))).toEqual(['store.sqlite']);
  });

  it('is taken of a record that nobody serves', async () => {
    await store.close();
    expect(backUpDataFolder(live, inTop('backup.sqlite')).events).toBe(3);
    store = await SqliteEventStore.open({ directory: live });
    await append('notes-2', 1);
  });
});

describe('No backup is made, and nothing is left of one', () => {
  const cases: Record<string, readonly [RegExp, () => string]> = {
    'over an older one': [
      /there is such a file already/,
      () => (writeFileSync(inTop('old.sqlite'), 'older'), inTop('old.sqlite')),
    ],
    'in the data folder': [/would be lost with it/, () => join(live, 'backup.sqlite')],
    'through a link into the data folder': [
      /would be lost with it/,
      () => (symlinkSync(live, inTop('link')), inTop('link/backup.sqlite')),
    ],
    'in the place of a link': [
      /there is such a file already/,
      () => (symlinkSync(inTop('nowhere'), inTop('b.sqlite')), inTop('b.sqlite')),
    ],
    'in a folder that is not there': [/there is no folder/, () => inTop('none/backup.sqlite')],
    'beside another that is under way': [
      /another backup is under way/,
      () => (writeFileSync(inTop('b.sqlite.draft'), ''), inTop('b.sqlite')),
    ],
    'of a record whose events were changed by hand': [
      /not whole: it lacks 1 event/,
      () => {
        const database = new DatabaseSync(join(live, 'store.sqlite'));
        database.exec('DROP TRIGGER events_stay; DELETE FROM events WHERE position = 2');
        database.close();
        return inTop('b.sqlite');
      },
    ],
  };
  it.each(Object.entries(cases))('%s', (_, [says, to]) => {
    const target = to();
    const before = readdirSync(top);
    expect(() => backUpDataFolder(live, target)).toThrow(NotBackedUp);
    expect(() => backUpDataFolder(live, target)).toThrow(says);
    expect(readdirSync(top)).toEqual(before);
    expect(existsSync(join(live, 'backup.sqlite'))).toBe(false);
  });
});
