import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { Damaged } from '#libs/event-store';
import { collect, newEvents } from '#libs/event-store/testing';

import { SqliteHarness } from './testing.js';

describe('A number in the file that is none of ours', () => {
  let harness: SqliteHarness;

  beforeEach(async () => {
    harness = new SqliteHarness();
    const store = await harness.open();
    await store.append('notes-1', newEvents(3), { expected: 'no_stream' });
    await store.close();
  });
  afterEach(() => harness.dispose());

  /** Of the last event of the three. */
  async function changed(what: string) {
    const database = new DatabaseSync(harness.database);
    for (const { name } of database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all())
      database.exec(`DROP TRIGGER ${String(name)}`);
    database.exec(`UPDATE events SET ${what} WHERE position = 3`);
    database.close();
    return harness.open();
  }

  it.each(['revision = 1 << 60', 'revision = 1 << 52', 'checksum = 1 << 60', 'words_checksum = -(1 << 60)'])(
    'is damage to that event, and keeps nobody looking for what would stand before it: %s',
    async (what) => {
      const store = await changed(what);
      await expect(collect(store.readAll({ limit: 9 }))).rejects.toThrow(Damaged);
      expect(await collect(store.readAll({ limit: 2 }))).toHaveLength(2);
      const isMoved = what.startsWith('revision');
      const read = collect(store.readStream('notes-1', { from: 2n, to: 2n }));
      if (isMoved) expect(await read).toEqual([]);
      else await expect(read).rejects.toThrow(Damaged);
    },
  );

  it('opens nothing in its stream where its place is before the first one, at which nobody would find it', async () => {
    const store = await changed('position = -5');
    await expect(collect(store.readStream('notes-1'))).rejects.toThrow('it stands before the first place');
  });

  it('is come to at once where its place is far behind all others', async () => {
    const store = await changed('position = (1 << 53) - 1');
    const all = await collect(store.readAll({ limit: 3 }));
    expect(all.filter(({ kind }) => kind === 'event')).toHaveLength(3);
  });
});
