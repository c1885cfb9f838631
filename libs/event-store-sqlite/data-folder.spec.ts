import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { aNewEvent } from '#libs/event-store/testing';

import { refuseOldSqlite } from './data-folder.js';
import {
  DataFolderLocked,
  DataFolderTooNew,
  DataFolderUnusable,
  SqliteEventStore,
  SqliteTooOld,
} from './index.js';
import { SqliteHarness } from './testing.js';

describe('The data folder of the SQLite store', () => {
  let harness = new SqliteHarness();
  afterEach(async () => {
    await harness.dispose();
    harness = new SqliteHarness();
  });

  const expectRefusal = async (
    kind: abstract new (...args: never[]) => Error,
    words: RegExp,
    path?: string,
  ) => {
    const directory = path ?? harness.directory;
    const error: unknown = await SqliteEventStore.open({ directory }).then(
      (store) => store.close(),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toMatch(words);
    expect((error as Error).message).toContain(directory);
  };
  const change = (sql: string) => {
    const database = new DatabaseSync(harness.database);
    database.exec(sql);
    database.close();
  };

  it('is made where there is none, for this user alone', async () => {
    const directory = join(harness.directory, 'deep', 'folder');
    const store = await SqliteEventStore.open({ directory });
    await store.close();
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it('is refused to a second store of the same process, and free again after the first is closed', async () => {
    const store = await harness.open();
    await expectRefusal(DataFolderLocked, /in use by another process. Stop that process/);
    await store.append('notes-1', [aNewEvent()], { expected: 'no_stream' });
    await store.close();
    await (await harness.open()).close();
  });

  it('is refused to another process while a store has it', async () => {
    const store = await harness.open();
    expect(await lockInAnotherProcess(harness.directory)).toMatchObject({ answer: 'database is locked' });
    await store.close();
    const { answer, child } = await lockInAnotherProcess(harness.directory);
    expect(answer).toBe('locked');
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('is refused while another process has it, and free as soon as that process is killed', async () => {
    await (await harness.open()).close();
    const { answer, child } = await lockInAnotherProcess(harness.directory);
    expect(answer).toBe('locked');
    await expectRefusal(DataFolderLocked, /in use by another process/);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = await harness.open();
    await store.append('notes-1', [aNewEvent()], { expected: 'no_stream' });
  });

  it('is free again after an opening that failed', async () => {
    writeFileSync(harness.database, 'words, not a database; '.repeat(100));
    await expectRefusal(DataFolderUnusable, /not an SQLite file/);
    rmSync(harness.database);
    await (await harness.open()).close();
  });

  it('is refused when a newer version wrote it, and left as it was', async () => {
    await (await harness.open()).close();
    change('PRAGMA user_version = 4');
    const before = readFileSync(harness.database);
    await expectRefusal(DataFolderTooNew, /storage format 4.*up to 3.*Install the newer version/);
    expect(readFileSync(harness.database).equals(before)).toBe(true);
  });

  it('is refused when its file belongs to another program, and left as it was', async () => {
    change('CREATE TABLE recipes (name TEXT)');
    const before = readFileSync(harness.database);
    await expectRefusal(DataFolderUnusable, /belongs to another program/);
    expect(readFileSync(harness.database).equals(before)).toBe(true);
  });

  it('is refused when its file is no database', async () => {
    writeFileSync(harness.database, 'words, not a database; '.repeat(100));
    await expectRefusal(DataFolderUnusable, /not an SQLite file.*restore the last backup/);
  });

  it('is refused when its file is damaged', async () => {
    const store = await harness.open();
    await store.close();
    const bytes = readFileSync(harness.database);
    bytes.fill(0xff, 100, 4_096);
    writeFileSync(harness.database, bytes);
    await expectRefusal(DataFolderUnusable, /damaged|not an SQLite file/);
  });

  it('is refused when it lies below a file', async () => {
    const file = join(harness.directory, 'file');
    writeFileSync(file, '');
    await expectRefusal(DataFolderUnusable, /can't be made.*Choose a path/, join(file, 'folder'));
  });

  it('is refused when it may not be written', async () => {
    chmodSync(harness.directory, 0o555);
    await asOrdinaryUser(() => expectRefusal(DataFolderUnusable, /Give this user the right to write/));
    chmodSync(harness.directory, 0o755);
  });

  it('is refused when its file may not be written', async () => {
    await (await harness.open()).close();
    chmodSync(harness.directory, 0o777);
    chmodSync(join(harness.directory, 'lock.sqlite'), 0o666);
    chmodSync(harness.database, 0o444);
    await asOrdinaryUser(() => expectRefusal(DataFolderUnusable, /Give this user the/));
  });

  it('is refused when a folder stands where the file should be', async () => {
    mkdirSync(harness.database);
    await expectRefusal(DataFolderUnusable, /can't be opened or made/);
  });

  it('needs an SQLite that does not lose commits', () => {
    for (const version of ['3.51.2', '3.9.100', '0'])
      expect(() => refuseOldSqlite(version)).toThrow(SqliteTooOld);
    for (const version of ['3.51.3', '3.51.10', '3.53.0', '4.0.0']) refuseOldSqlite(version);
  });
});

/** Modes mean nothing to root, so for the time of the work a root process gives its rights up. */
async function asOrdinaryUser(work: () => Promise<void>): Promise<void> {
  const { getuid, seteuid } = process;
  if (getuid?.() !== 0 || seteuid === undefined) return work();
  seteuid(65_534);
  try {
    await work();
  } finally {
    seteuid(0);
  }
}

/** Another process takes the lock as our store does, answers how that went, and keeps it until it is killed. */
async function lockInAnotherProcess(directory: string): Promise<{ answer: string; child: ChildProcess }> {
  const program = `
    import { DatabaseSync } from 'node:sqlite';
    const lock = new DatabaseSync(${JSON.stringify(join(directory, 'lock.sqlite'))}, { timeout: 0 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
      process.stdout.write('locked');
      setInterval(() => lock, 60_000);
    } catch (error) {
      process.stdout.write(error.message);
    }
  `;
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [answer] = (await once(child.stdout, 'data')) as [Buffer];
  return { answer: answer.toString(), child };
}
