import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { EventStoreError } from '#libs/event-store';
import { makePrivate, NotPrivate, syncEntriesOf, tightenFolder } from '#libs/private-files';

import { DataFolderLocked, DataFolderUnusable, SqliteTooOld, oldestSqlite } from './errors.js';
import { prepareSchema } from './schema.js';
import { SQLITE, resultCodeOf, wordsOf } from './sqlite-failure.js';

export interface DataFolder {
  readonly directory: string;
  /** The path of `store.sqlite`. */
  readonly database: string;
  readonly epoch: string;
  /** Lets another process have the folder. */
  release(): void;
}

/** Older ones can lose committed transactions when a write-ahead log is reset. */
export function refuseOldSqlite(version: string): void {
  if (version.localeCompare(oldestSqlite, 'en', { numeric: true }) < 0) throw new SqliteTooOld(version);
}

/** Makes the folder where there is none and takes its lock, for what else must have a folder to itself. */
export function holdFolder(path: string): { release(): void } {
  const directory = resolve(path);
  makeFolder(directory);
  const lock = takeLock(directory);
  return { release: () => lock.close() };
}

/** Whether a process has the folder; nothing is made where none ever had. */
export function isHeld(directory: string): boolean {
  if (!existsSync(join(directory, 'lock.sqlite'))) return false;
  try {
    takeLock(directory).close();
    return false;
  } catch (error) {
    return error instanceof DataFolderLocked;
  }
}

/** Makes the folder where there is none, takes its lock and sees to it that its file is ours. */
export function openDataFolder(path: string): DataFolder {
  refuseOldSqlite(process.versions.sqlite ?? '0');
  const directory = resolve(path);
  makeFolder(directory);
  const lock = takeLock(directory);
  try {
    // Of a restore that was broken off: it may hold words that were erased since.
    rmSync(join(directory, 'restoring'), { recursive: true, force: true });
    const database = join(directory, 'store.sqlite');
    const epoch = withDatabase(directory, database, (opened) => prepareSchema(opened, directory));
    return { directory, database, epoch, release: () => lock.close() };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** What lies in a data folder; anything else shows that the folder serves other ends, too. */
const partsOfFolder =
  /^((store|views|lock)\.sqlite(-\w+)?|(keys|serving|migration)\.json|reader\.header|restoring|lost\+found|.+\.draft)$/;

function makeFolder(directory: string): void {
  try {
    const made = makeMissing(directory);
    if (made !== undefined) syncEntries(directory, dirname(made));
    tightenFolder(directory, (name) => partsOfFolder.test(name));
  } catch (error) {
    throw new DataFolderUnusable(
      directory,
      `it can't be made (${wordsOf(error)}). Choose a path whose parent folder exists and may be written by this user.`,
      { cause: error },
    );
  }
}

/** One folder after the other, for where no folder can be made Node's own way of making all of them never ends. */
function makeMissing(directory: string): string | undefined {
  if (existsSync(directory)) return undefined;
  const parent = dirname(directory);
  const made = parent === directory ? undefined : makeMissing(parent);
  mkdirSync(directory, { mode: 0o700 });
  return made ?? directory;
}

function syncEntries(directory: string, top: string): void {
  for (let folder = dirname(directory); ; folder = dirname(folder)) {
    syncEntriesOf(folder);
    if (folder === top) return;
  }
}

/** An exclusive transaction on a file of its own: the system lets go of it however the process ends. */
function takeLock(directory: string): DatabaseSync {
  const file = join(directory, 'lock.sqlite');
  let lock: DatabaseSync | undefined;
  try {
    makePrivate(file);
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    throw resultCodeOf(error) === SQLITE.busy
      ? new DataFolderLocked(directory)
      : unusable(directory, file, error);
  }
}

function withDatabase<T>(directory: string, file: string, work: (database: DatabaseSync) => T): T {
  let database: DatabaseSync | undefined;
  try {
    makePrivate(file);
    database = new DatabaseSync(file, { timeout: 5_000 });
    return work(database);
  } catch (error) {
    throw error instanceof EventStoreError ? error : unusable(directory, file, error);
  } finally {
    database?.close();
  }
}

/** Turns a failure of SQLite into a sentence about what is wrong and how to mend it. */
export function unusable(directory: string, file: string, error: unknown): DataFolderUnusable {
  const reasons: Record<number, string> = {
    [SQLITE.perm]: `this user may not write ${file}. Give this user the folder and its files.`,
    [SQLITE.busy]: `another program holds ${file} open for writing. Close that program.`,
    [SQLITE.readOnly]: `${file} can't be written. Give this user the right to write the folder and its files.`,
    [SQLITE.cantOpen]: `${file} can't be opened or made. Give this user the right to write the folder and its files.`,
    [SQLITE.full]: 'its disk is full. Make space and start again.',
    [SQLITE.corrupt]: `${file} is damaged. Keep a copy of it and restore the last backup.`,
    [SQLITE.notADatabase]: `${file} is not an SQLite file, or it is damaged. Move it away, or restore the last backup.`,
  };
  const systemReasons: Record<string, string> = {
    EACCES: `${file} can't be made. Give this user the right to write the folder and its files.`,
    EROFS: `${file} can't be made, for its disk can only be read. Mount it for writing, or choose another folder.`,
    ENOSPC: 'its disk is full. Make space and start again.',
  };
  if (error instanceof NotPrivate) return new DataFolderUnusable(directory, error.message, { cause: error });
  const reason =
    reasons[resultCodeOf(error) ?? -1] ??
    systemReasons[(error as NodeJS.ErrnoException).code ?? ''] ??
    `${file} could not be opened. Check its disk and its rights.`;
  const teller = resultCodeOf(error) === undefined ? 'The system' : 'SQLite';
  return new DataFolderUnusable(directory, `${reason} (${teller} says: ${wordsOf(error)})`, { cause: error });
}
