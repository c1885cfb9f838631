import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { describe, expect, it } from '@jest/globals';

import { MemoryEventStore } from '#libs/event-store';

import { ReadModelsReplaced } from './errors.js';
import { ReadModels } from './read-models.js';
import { World, append, temporaryDirectory, newEvent, tally } from './testing.js';

/** One event is projected; then the file is changed while nothing has it open. */
async function afterChange(
  change: (file: string) => void,
  check: (world: World) => Promise<void>,
): Promise<void> {
  const directory = temporaryDirectory();
  const store = new MemoryEventStore();
  await append(store, 'thing-1', 'a');
  const first = await World.start({ store, directory, definitions: [tally()] });
  await first.settled();
  await first.stop();
  change(join(directory, 'views.sqlite'));
  const second = await World.start({ store, directory, definitions: [tally()] });
  expect(await second.settled()).toBe('reached');
  expect(second.rows('tally', 'counts')).toEqual([['thing-1', 1, 'a']]);
  await check(second);
  await second.stop();
}

function change(sql: string): (file: string) => void {
  return (file) => {
    const db = new DatabaseSync(file);
    db.exec(sql);
    db.close();
  };
}

describe('the file of the read models', () => {
  it('is kept from one start to the next', async () => {
    await afterChange(
      () => {},
      async ({ incidents }) => expect(incidents).toEqual([]),
    );
  });

  it.each([
    ['is damaged', (file: string) => writeFileSync(file, 'no database '.repeat(1_000)), 'not a database'],
    ['is of a newer schema', change('PRAGMA user_version = 4'), 'schema 4, and this program reads schema 3'],
    ['is of another program', change('PRAGMA application_id = 7'), 'of another program'],
  ])('is made anew, and that is reported, where it %s', async (_, damage, because) => {
    await afterChange(damage, async ({ incidents }) => {
      expect(incidents).toMatchObject([{ projection: 'record', ordinal: -1 }]);
      expect(incidents[0]?.error).toBeInstanceOf(ReadModelsReplaced);
      expect(String(incidents[0]?.error)).toContain(because);
    });
  });

  it('is left alone where it is only locked', async () => {
    const directory = temporaryDirectory();
    ReadModels.open({ directory }).close();
    const file = join(directory, 'views.sqlite');
    const other = new DatabaseSync(file);
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    expect(() => ReadModels.open({ directory, busyTimeoutMs: 1 })).toThrow('locked');
    expect(existsSync(file)).toBe(true);
    other.close();
  });

  it('begins anew, and says so, where other prefixes make up the record', async () => {
    const directory = temporaryDirectory();
    const store = new MemoryEventStore();
    await append(store, 'other-1', 'o');
    await append(store, 'thing-1', 'a');
    const first = await World.start({ store, directory });
    await first.settled();
    expect(first.projections.record.byId('a')?.ordinal).toBe(0);
    await first.stop();
    const second = await World.start({ store, directory, recordPrefixes: ['thing-', 'other-'] });
    expect(await second.settled()).toBe('reached');
    expect(second.projections.record.byId('a')?.ordinal).toBe(1);
    expect(second.incidents).toMatchObject([{ projection: 'record', ordinal: -1 }]);
  });

  it('holds no byte of an erased content', async () => {
    const directory = temporaryDirectory();
    const world = await World.start({ directory });
    // Long enough to fill pages of its own, which an erasure sets free.
    const content = { text: 'said a '.repeat(3_000) };
    await world.store.append('thing-1', [{ ...newEvent('a'), content }], { expected: 'no_stream' });
    await append(world.store, 'thing-2', 'b');
    await world.settled();
    await world.readModels.finish();
    const bytes = () =>
      ['', '-wal'].map((ending) => readFileSync(join(directory, `views.sqlite${ending}`), 'latin1')).join('');
    expect(bytes()).toContain('said a');
    world.projections.forget('a');
    expect(bytes()).not.toContain('said a');
    expect(bytes()).toContain('said b');
  });
});
