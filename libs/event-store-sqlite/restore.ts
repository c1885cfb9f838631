import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { EventStoreError } from '#libs/event-store';
import { syncEntriesOf } from '#libs/private-files';

import { holdFolder, isHeld, refuseOldSqlite } from './data-folder.js';
import { NotRestorable } from './errors.js';
import { applicationId, appendEpoch, prepareSchema } from './schema.js';
import { wordsOf } from './sqlite-failure.js';
import { storeFlaws } from './store-inspection.js';

export interface Restored {
  readonly events: number;
  /** When the last of them was recorded; undefined where there is none. */
  readonly lastRecordedAt: string | undefined;
  /** The new life of the store. */
  readonly epoch: string;
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
export function restoreDataFolder(copy: string, directory: string): Restored {
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
    const restored = checked(draft, source);
    removeReadModels(target);
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
function checked(draft: string, source: string): Restored {
  const path = join(draft, file);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    refuseOther(database, source);
    refuseDamage(database, source);
    const { events, lastRecordedAt } = contentOf(database, source);
    refuseFlaws(database, source);
    prepareSchema(database, source);
    const epoch = appendEpoch(database);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    syncFile(path);
    return { events, lastRecordedAt, epoch };
  } catch (error) {
    if (database?.isOpen === true) database.close();
    throw error instanceof EventStoreError
      ? error
      : new NotRestorable(source, `it can't be read (${wordsOf(error)}). Take another backup.`, {
          cause: error,
        });
  }
}

function refuseOther(database: DatabaseSync, source: string): void {
  const tables = one(database, "SELECT count(*) FROM sqlite_schema WHERE name IN ('events', 'identity')");
  if (one(database, 'PRAGMA application_id') === applicationId && tables === 2) return;
  throw new NotRestorable(source, 'it is no record of Entente. Name a copy of store.sqlite.');
}

function refuseDamage(database: DatabaseSync, source: string): void {
  const said = String(one(database, 'PRAGMA integrity_check(1)'));
  if (said === 'ok') return;
  throw new NotRestorable(source, `it is damaged (SQLite says: ${said}). Take another backup.`);
}

/** What the doctor would say of the copy is said before it becomes the record, and before its make is mended. */
function refuseFlaws(database: DatabaseSync, source: string): void {
  // A file of the first format is made anew on the way, so its make is another.
  if (one(database, 'PRAGMA user_version') === 1) return;
  const [flaw] = [...storeFlaws(database), ...jsonFlaws(database)];
  if (flaw !== undefined) throw new NotRestorable(source, `${flaw}. Take another backup.`);
}

function jsonFlaws(database: DatabaseSync): readonly string[] {
  const broken = one(
    database,
    `SELECT position FROM events
     WHERE NOT json_valid(data) OR NOT json_valid(meta) OR (content IS NOT NULL AND NOT json_valid(content)) LIMIT 1`,
  );
  return broken === undefined ? [] : [`the event at position ${Number(broken)} is no JSON`];
}

/** Positions have no gaps, and SQLite counts how many there ever were: what was cut off at the end shows there. */
function contentOf(database: DatabaseSync, source: string): Omit<Restored, 'epoch'> {
  const events = Number(one(database, 'SELECT count(*) FROM events'));
  const last = Number(one(database, 'SELECT coalesce(max(position), 0) FROM events'));
  const ever = Number(one(database, "SELECT max(seq) FROM sqlite_sequence WHERE name = 'events'") ?? 0);
  if (events !== last || last !== ever) {
    const missing = Math.max(last, ever) - events;
    throw new NotRestorable(source, `it lacks ${missing} event(s) of its record. Take another backup.`);
  }
  const recordedAt = one(database, 'SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1');
  return { events, lastRecordedAt: typeof recordedAt === 'string' ? recordedAt : undefined };
}

/** They are of what the folder held before, and are filled again from the record at the next start. */
function removeReadModels(target: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(join(target, `${readModels}${ending}`), { force: true });
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

function one(database: DatabaseSync, sql: string): unknown {
  return Object.values(database.prepare(sql).get() ?? {})[0];
}
