import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { makePrivate, removeDatabase } from '#libs/private-files';

import { BackgroundCheckpoints, emptyLeftLog, emptyLog } from './background-checkpoints.js';
import { ReadModelsReplaced, asError } from './errors.js';
import { UnloggedFile, unfinishedId } from './unlogged-file.js';

/** Marks the file as ours ("EnRM"), so that a stranger's database is not taken for an old one of ours. */
export const applicationId = 0x456e524d;
export const schemaVersion = 3;

const schema = `
  CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE slot (
    name TEXT NOT NULL, version INTEGER NOT NULL, slot INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('building', 'active', 'retired')),
    ordinal INTEGER NOT NULL, position TEXT,
    PRIMARY KEY (name, slot)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX one_active_slot ON slot (name) WHERE state = 'active';
  CREATE UNIQUE INDEX one_building_slot ON slot (name) WHERE state = 'building';
  CREATE TABLE policy (name TEXT PRIMARY KEY, ordinal INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${schemaVersion};
`;

/**
 * NORMAL may lose the last batches at a power cut but never their order: they are read from the store again.
 * With secure_delete, content that is erased or whose table is dropped leaves no copy in free pages.
 * The log is written into the file by another thread. A checkpoint within a commit, on the thread that answers requests, is
 * the last resort: 20,000 pages are 80 MB.
 */
const logged = `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;
  PRAGMA wal_autocheckpoint = 20000`;
const whole = `PRAGMA application_id = ${applicationId}`;

export interface ReadModelsOptions {
  /** Where `views.sqlite` lies or is made; absent: in memory. */
  readonly directory?: string;
  /** In memory, and beyond a few MiB in a file without a name that goes with the connection. */
  readonly temporary?: boolean;
  /** What is there is deleted first, to be filled again. */
  readonly anew?: boolean;
  /** How long a lock of another process is waited for, with the event loop standing still; 5,000 unless told. */
  readonly busyTimeoutMs?: number;
  /** Of how many pages the log is written into the file; 8,000 unless told. */
  readonly logPages?: number | undefined;
}

interface Logged {
  readonly path: string;
  readonly pages: number | undefined;
}

/**
 * The one SQLite file of all read models, with their checkpoints. It holds nothing that the store does not hold, so a
 * file that can't be used is deleted and filled again rather than repaired or migrated. A new one is written without a
 * log until all that is built in it serves: a crash before that has it begun anew.
 * One connection reads and writes, on the main thread: a transaction never spans a wait, so readers see whole batches only.
 */
export class ReadModels {
  #checkpoints: BackgroundCheckpoints | undefined;

  private constructor(
    readonly db: DatabaseSync,
    /** Why the file that was there before was deleted; undefined in the ordinary case. */
    readonly replaced: ReadModelsReplaced | undefined,
    /** Where it was begun without a log. */
    private readonly unlogged: UnloggedFile | undefined,
    private readonly log: Logged | undefined,
  ) {}

  static open({
    directory,
    temporary = false,
    anew = false,
    busyTimeoutMs = 5_000,
    logPages,
  }: ReadModelsOptions = {}): ReadModels {
    const opened = (file: string, replaced?: ReadModelsReplaced, withLog = false) => {
      const { db, unlogged } = openDatabase(file, busyTimeoutMs, withLog);
      const log = isFile(file) ? { path: file, pages: logPages } : undefined;
      return new ReadModels(db, replaced, unlogged, log);
    };
    if (temporary) return opened('');
    if (directory === undefined) return opened(':memory:');
    mkdirSync(directory, { recursive: true });
    const file = join(directory, 'views.sqlite');
    if (anew) removeDatabase(file);
    try {
      return opened(file);
    } catch (error) {
      if (!saysUnusable(error)) throw error;
      removeDatabase(file);
      const because = asError(error).message;
      const replaced = new ReadModelsReplaced(`The read models were made anew: ${because}.`, {
        cause: error,
      });
      // With a log nothing is lost where it is cut short again: so it comes to its end however often it is.
      return opened(file, replaced, error instanceof CutShort);
    }
  }

  /** Whether a crash would have all of them begun anew. */
  get isUnfinished(): boolean {
    return this.unlogged?.isSealed === false;
  }

  /**
   * All that is built serves: from here on a crash loses nothing but the last batches. The event loop goes on while the
   * disk is waited for. Throws what the disk says, and may then be called again.
   */
  async finish(): Promise<void> {
    if (!this.isUnfinished) return;
    await this.unlogged?.flush();
    this.#seal();
  }

  #seal(): void {
    if (this.isUnfinished) this.unlogged?.seal(`${whole}; ${logged}`);
  }

  /** Absent where there is no log. */
  get #logInBackground(): BackgroundCheckpoints | undefined {
    if (this.log === undefined || this.isUnfinished) return undefined;
    this.#checkpoints ??= new BackgroundCheckpoints(this.db, this.log.path, this.log.pages);
    return this.#checkpoints;
  }

  /** Everything or nothing; the work must be synchronous. */
  transaction<T>(work: () => T): T {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.db.exec('COMMIT');
      this.#logInBackground?.committed();
      return result;
    } catch (error) {
      // A full disk or a damaged page makes SQLite roll back by itself, and then there is nothing left to roll back.
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Writes the log into the file and empties it, so that what was overwritten is nowhere on the disk. Throws `Unavailable`
   * where another program keeps it from that.
   */
  truncateLog(): void {
    this.#checkpoints?.settle();
    emptyLog(this.db);
  }

  /** What is not whole yet goes on where it stands, if the disk takes it. */
  close(): void {
    if (!this.db.isOpen) return;
    try {
      this.#seal();
    } catch {
      // Its mark says that it is not whole, and the next start begins it anew.
    }
    this.#checkpoints?.close();
    this.db.close();
    this.unlogged?.close();
  }
}

function isFile(path: string): boolean {
  return path !== ':memory:' && path !== '';
}

function openDatabase(
  path: string,
  timeout: number,
  withLog: boolean,
): { readonly db: DatabaseSync; readonly unlogged: UnloggedFile | undefined } {
  const log = isFile(path) ? statSync(`${path}-wal`, { throwIfNoEntry: false }) : undefined;
  if (isFile(path)) makePrivate(path);
  const db = new DatabaseSync(path, { timeout });
  try {
    const isNew = pragma(db, 'schema_version') === 0;
    const unlogged = isNew && isFile(path) && !withLog ? UnloggedFile.begin(db, path) : undefined;
    if (unlogged === undefined && pragma(db, 'application_id') !== unfinishedId) db.exec(logged);
    const mark = unlogged === undefined ? whole : `PRAGMA application_id = ${unfinishedId}`;
    if (isNew) db.exec(`BEGIN IMMEDIATE; ${schema} ${mark}; COMMIT`);
    refuseUnusable(db, unlogged === undefined ? applicationId : unfinishedId);
    if (log !== undefined && log.size > 0) emptyLeftLog(db);
    return { db, unlogged };
  } catch (error) {
    db.close();
    throw error;
  }
}

function refuseUnusable(db: DatabaseSync, id: number): void {
  const found = pragma(db, 'application_id');
  if (found !== id && found === unfinishedId)
    throw new CutShort('their building was cut short, and what is there may be torn');
  if (found !== id) throw new Unusable('the file is of another program');
  const version = Number(pragma(db, 'user_version'));
  if (version !== schemaVersion)
    throw new Unusable(`the file has schema ${version}, and this program reads schema ${schemaVersion}`);
}

function pragma(db: DatabaseSync, name: string): unknown {
  return db.prepare(`PRAGMA ${name}`).get()?.[name];
}

class Unusable extends Error {}
class CutShort extends Unusable {}

/** Damage (SQLITE_CORRUPT 11, SQLITE_NOTADB 26) makes a file unusable; a lock or missing permission does not. */
function saysUnusable(error: unknown): boolean {
  if (error instanceof Unusable) return true;
  const code = typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) : 0;
  return [11, 26].includes(code & 0xff);
}
