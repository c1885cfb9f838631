import { closeSync, fdatasync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';

/** Marks a file that is written without a log ("EnRB"): a crash may tear it, so whoever finds it takes nothing from it. */
export const unfinishedId = 0x456e5242;

/** In KiB: what a batch has written need not leave the memory before its end, nor be read again for the next. */
const cacheKib = 32_768;

/**
 * A file that is built from nothing and has no log: each page is written once, in its place, and the disk is waited for
 * once, at the end. Until then its mark says that it is not whole; a transaction can be rolled back all the same.
 */
export class UnloggedFile {
  /**
   * Kept for as long as the database: to close a second handle of the file takes all locks of the process off it
   * (sqlite.org/howtocorrupt.html, 2.2).
   */
  readonly #handle: number;
  #isSealed = false;

  private constructor(
    private readonly db: DatabaseSync,
    path: string,
  ) {
    this.#handle = openSync(path, 'r+');
  }

  /** Of a database that holds nothing yet. */
  static begin(db: DatabaseSync, path: string): UnloggedFile {
    begin(db);
    return new UnloggedFile(db, path);
  }

  get isSealed(): boolean {
    return this.#isSealed;
  }

  /** Has what was written go to the disk, with the event loop going on: much of it may be waiting. */
  async flush(): Promise<void> {
    await promisify(fdatasync)(this.#handle);
  }

  /**
   * Waits for the disk and gives the file its log; then `mark` says, in the log, that it is whole. Where that fails it stays
   * without.
   */
  seal(mark: string): void {
    const { db } = this;
    try {
      // The commit of any change waits for all that was written before.
      db.exec(`PRAGMA synchronous = FULL; PRAGMA application_id = ${unfinishedId}`);
      const mode = db.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
      if (mode !== 'wal')
        throw new Error(`The file of the read models has no log yet: it stays ${String(mode)}.`);
      db.exec(mark);
      db.exec('PRAGMA cache_size = -2000; PRAGMA shrink_memory');
      this.#isSealed = true;
    } catch (error) {
      begin(db);
      throw error;
    }
  }

  /** After the database was closed. */
  close(): void {
    closeSync(this.#handle);
  }
}

function begin(db: DatabaseSync): void {
  db.exec(
    `PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON; PRAGMA cache_size = -${cacheKib}`,
  );
}
