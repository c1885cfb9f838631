import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { EventStoreError } from '#libs/event-store';
import { removeDatabase, syncEntriesOf, syncFile } from '#libs/private-files';

import { checkCopy, CopyFlawed } from './copy-check.js';
import type { CopyContent } from './copy-check.js';
import { holdFolder, isHeld, refuseOldSqlite } from './data-folder.js';
import { NotRestorable } from './errors.js';
import { appendEpoch, prepareSchema } from './schema.js';
import { wordsOf } from './sqlite-failure.js';

export interface Restored extends CopyContent {
  /** The new life of the store. */
  readonly epoch: string;
  /** How many events of the copy lost words that were erased since. */
  readonly erased: number;
}

/** An event whose content and salt were erased after the copy was taken. */
export interface ErasedSince {
  readonly stream: string;
  readonly revision: bigint;
  /** Where another event stands in its place, that one keeps its words. */
  readonly id: string;
}

const file = 'store.sqlite';
const log = `${file}-wal`;
const readModels = 'views.sqlite';

/**
 * Makes the record of a data folder from a copy (a file, or a folder with `store.sqlite`), which stays as it is. The
 * restored store begins a new epoch, so that whoever holds a position of what came after the copy is told so.
 * All of it happens or none: the record appears by a rename. Throws `NotRestorable` with what is wrong and how to mend
 * it, or what a data folder throws that can't be used.
 */
export function restoreDataFolder(
  copy: string,
  directory: string,
  erasedSince: Iterable<ErasedSince> = [],
): Restored {
  refuseOldSqlite(process.versions.sqlite ?? '0');
  const source = sourceOf(copy);
  const target = resolve(directory);
  const held = holdFolder(target);
  const draft = join(target, 'restoring');
  try {
    refuseExisting(target);
    // The folder is ours alone now, so a draft that is there was left by a restore that was broken off.
    rmSync(draft, { recursive: true, force: true });
    copyInto(draft, source);
    const restored = checked(draft, source, erasedSince);
    // They are of what the folder held before, and are filled again from the record at the next start.
    removeDatabase(join(target, readModels));
    renameSync(join(draft, file), join(target, file));
    syncEntriesOf(target);
    return restored;
  } finally {
    rmSync(draft, { recursive: true, force: true });
    held.release();
  }
}

function sourceOf(copy: string): string {
  const path = resolve(copy);
  const found = statSync(path, { throwIfNoEntry: false });
  const source = found?.isDirectory() === true ? join(path, file) : path;
  if (!existsSync(source)) {
    throw new NotRestorable(copy, `there is no ${found === undefined ? 'such file' : file}. Name the copy.`);
  }
  if (isHeld(dirname(source))) {
    throw new NotRestorable(
      copy,
      'a server is working on it, so copying its files would tear it. Take a backup of it first, or end that server.',
    );
  }
  return source;
}

function refuseExisting(target: string): void {
  const found = [file, log].find((name) => existsSync(join(target, name)));
  if (found === undefined) return;
  throw new NotRestorable(
    target,
    `it has a record already (${found}), and a restore overwrites none. Name an empty folder, or move that one away.`,
  );
}

/** The file and, where there is one, its log: what was acknowledged last may be in the log alone. */
function copyInto(draft: string, source: string): void {
  mkdirSync(draft, { mode: 0o700 });
  for (const [from, name] of [
    [source, file],
    [`${source}-wal`, log],
  ] as const) {
    if (!existsSync(from)) continue;
    copyFileSync(from, join(draft, name));
    chmodSync(join(draft, name), 0o600);
  }
}

/** Checks the copy, begins the new epoch in it, and brings all of it into the one file and onto the disk. */
function checked(draft: string, source: string, erasedSince: Iterable<ErasedSince>): Restored {
  const path = join(draft, file);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    const content = checkCopy(database);
    prepareSchema(database, source);
    const erased = eraseAll(database, erasedSince);
    const epoch = appendEpoch(database);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    syncFile(path);
    return { ...content, epoch, erased };
  } catch (error) {
    if (database?.isOpen === true) database.close();
    throw error instanceof EventStoreError ? error : notRestorable(source, error);
  }
}

function notRestorable(source: string, cause: unknown): NotRestorable {
  if (!(cause instanceof CopyFlawed)) {
    return new NotRestorable(source, `it can't be read (${wordsOf(cause)}). Take another backup.`, { cause });
  }
  const mend = cause.isOther ? 'Name a copy of store.sqlite.' : 'Take another backup.';
  return new NotRestorable(source, `${cause.flaw}. ${mend}`, { cause });
}

/** No word of what was erased since may come back onto this disk, so its pages are overwritten. */
function eraseAll(database: DatabaseSync, erasedSince: Iterable<ErasedSince>): number {
  database.exec('PRAGMA secure_delete = ON; BEGIN');
  const erase = database.prepare(
    `UPDATE events SET content = NULL, salt = NULL, words_checksum = NULL
     WHERE stream = ? AND revision = ? AND id = ? AND content IS NOT NULL`,
  );
  let erased = 0;
  for (const { stream, revision, id } of erasedSince)
    erased += Number(erase.run(stream, revision, id).changes);
  database.exec('COMMIT');
  return erased;
}
