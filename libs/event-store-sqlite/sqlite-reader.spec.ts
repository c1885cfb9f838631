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
  async function changed(what: string, kinds: 'as declared' | 'anything goes' = 'as declared') {
    const declared = kinds === 'as declared' ? undefined : declaredOtherwise(harness.database);
    const database = new DatabaseSync(harness.database);
    for (const { name } of database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all())
      database.exec(`DROP TRIGGER ${String(name)}`);
    database.exec(`UPDATE events SET ${what} WHERE position = 3`);
    database.close();
    declared?.();
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

  it.each(['data', 'meta', 'stream', 'id', 'type', 'recorded_at', 'content', 'salt'])(
    'is damage to that event, too, where the file gives a %s of another kind, as after a wrong bit',
    async (column) => {
      const store = await changed(`${column} = 5`, 'anything goes');
      await expect(collect(store.readAll({ limit: 9 }))).rejects.toThrow(
        'a column holds something of another kind',
      );
      expect(await collect(store.readAll({ limit: 2 }))).toHaveLength(2);
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

/** The table takes anything until what is returned is called: SQL refuses what a wrong bit puts there. */
function declaredOtherwise(file: string): () => void {
  const declare = (change: (sql: string) => string) => {
    const database = new DatabaseSync(file);
    database.enableDefensive?.(false);
    database.exec('PRAGMA writable_schema = ON');
    const { sql } = database.prepare(`SELECT sql FROM sqlite_schema WHERE name = 'events'`).get()!;
    database.prepare(`UPDATE sqlite_schema SET sql = ? WHERE name = 'events'`).run(change(String(sql)));
    database.exec('PRAGMA writable_schema = RESET');
    database.close();
    return String(sql);
  };
  const before = declare((sql) => sql.replace(/\b(TEXT|INTEGER)(?! PRIMARY)( NOT NULL)?/g, 'ANY'));
  return () => void declare(() => before);
}
