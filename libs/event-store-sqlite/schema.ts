import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

import { DataFolderTooNew, DataFolderUnusable } from './errors.js';

/** "ENTE" in ASCII: tells our file from any other SQLite file. */
export const applicationId = 0x45_4e_54_45;
export const storageFormat = 3;

/**
 * The triggers stand between the record and any other program that opens the file. The one on INSERT also closes the
 * way around the others: INSERT OR REPLACE deletes without firing a DELETE trigger.
 */
export const schema = `
  CREATE TABLE IF NOT EXISTS identity (life INTEGER PRIMARY KEY, epoch TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    content TEXT,
    salt TEXT,
    meta TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    words_checksum INTEGER,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE TRIGGER IF NOT EXISTS events_are_appended BEFORE INSERT ON events
  WHEN NEW.revision IS NOT (SELECT coalesce(max(revision), -1) + 1 FROM events WHERE stream = NEW.stream)
    OR EXISTS (SELECT 1 FROM events WHERE position = NEW.position)
  BEGIN SELECT RAISE(ABORT, 'an event is only ever appended to its stream'); END;
  CREATE TRIGGER IF NOT EXISTS events_stay BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
  CREATE TRIGGER IF NOT EXISTS events_are_fixed BEFORE UPDATE ON events
  WHEN NEW.content IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.words_checksum IS NOT NULL
    OR NEW.position IS NOT OLD.position OR NEW.stream IS NOT OLD.stream OR NEW.revision IS NOT OLD.revision
    OR NEW.id IS NOT OLD.id OR NEW.type IS NOT OLD.type OR NEW.data IS NOT OLD.data
    OR NEW.meta IS NOT OLD.meta OR NEW.recorded_at IS NOT OLD.recorded_at
    OR NEW.checksum IS NOT OLD.checksum
  BEGIN SELECT RAISE(ABORT, 'only the content and salt of an event can be erased'); END;
  CREATE TRIGGER IF NOT EXISTS identity_is_fixed BEFORE UPDATE ON identity
  BEGIN SELECT RAISE(ABORT, 'an epoch of the store never changes'); END;
  CREATE TRIGGER IF NOT EXISTS identity_stays BEFORE DELETE ON identity
  BEGIN SELECT RAISE(ABORT, 'an epoch of the store is never deleted'); END;
  CREATE TRIGGER IF NOT EXISTS identity_is_appended BEFORE INSERT ON identity
  WHEN NEW.life IS NOT (SELECT coalesce(max(life), 0) + 1 FROM identity)
    OR EXISTS (SELECT 1 FROM identity WHERE epoch = NEW.epoch)
  BEGIN SELECT RAISE(ABORT, 'an epoch is only ever appended'); END;
`;

/** Makes a new file ours, or checks that an old one is; answers with the latest epoch. All of it happens or none. */
export function prepareSchema(database: DatabaseSync, directory: string): string {
  refuseForeign(database, directory);
  // The page size only takes effect before the first write, and WAL can't be entered inside a transaction.
  database.exec('PRAGMA page_size = 4096');
  const mode = numberOrText(database, 'PRAGMA journal_mode = WAL');
  if (mode !== 'wal') {
    throw new DataFolderUnusable(
      directory,
      `its file system does not take SQLite's write-ahead log (it stays in "${String(mode)}" mode). Use a local disk.`,
    );
  }
  database.exec('PRAGMA synchronous = FULL');
  database.exec('BEGIN IMMEDIATE');
  database.exec(schema);
  if (latestEpoch(database) === undefined) appendEpoch(database);
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${storageFormat}; COMMIT`);
  return String(latestEpoch(database));
}

/** Begins another life of the store: positions of those before it are foreign from now on. Answers with its epoch. */
export function appendEpoch(database: DatabaseSync): string {
  const epoch = randomUUID();
  database.prepare('INSERT INTO identity SELECT coalesce(max(life), 0) + 1, ? FROM identity').run(epoch);
  return epoch;
}

/** The epoch of the present life; undefined where the file has none. */
export function latestEpoch(database: DatabaseSync): unknown {
  return numberOrText(database, 'SELECT epoch FROM identity ORDER BY life DESC LIMIT 1');
}

/** Throws where the file is another program's, or a newer version's; a new one is nobody's yet. */
export function refuseForeign(database: DatabaseSync, directory: string): void {
  const objects = numberOrText(database, 'SELECT count(*) FROM sqlite_schema');
  const id = numberOrText(database, 'PRAGMA application_id');
  const version = Number(numberOrText(database, 'PRAGMA user_version'));
  if (id === 0 && version === 0 && objects === 0) return;
  if (id !== applicationId) {
    throw new DataFolderUnusable(
      directory,
      'its store.sqlite belongs to another program. Choose another folder, or move that file away.',
    );
  }
  if (version > storageFormat) throw new DataFolderTooNew(directory, version, storageFormat);
  if (version < storageFormat) {
    throw new DataFolderUnusable(
      directory,
      `it has storage format ${version}, which no release ever wrote, and this version reads format ${storageFormat}. Export it with the version that wrote it, and import that into a new folder.`,
    );
  }
}

export function numberOrText(database: DatabaseSync, sql: string): unknown {
  return Object.values(database.prepare(sql).get() ?? {})[0];
}
