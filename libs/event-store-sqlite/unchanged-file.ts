import { constants, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

export interface OpenedFile {
  readonly database: DatabaseSync;
  close(): void;
}

/**
 * Opens an SQLite file so that nothing of it or beside it is changed or made, even where nothing may be written. No
 * other process may be writing it meanwhile. A log that was left behind belongs to the file, and SQLite reads it only
 * where it may write; so both are then copied into a temporary folder that goes with `close`, if not before.
 */
export function openUnchanged(file: string): OpenedFile {
  const log = `${file}-wal`;
  if (existsSync(log) && statSync(log).size > 0) return openCopy(file, log);
  const database = new DatabaseSync(`${pathToFileURL(file).href}?immutable=1`, { readOnly: true });
  return { database, close: () => database.close() };
}

function openCopy(file: string, log: string): OpenedFile {
  const folder = mkdtempSync(join(tmpdir(), 'entente-reading-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, basename(file));
    copyFileSync(file, copy, constants.COPYFILE_FICLONE);
    copyFileSync(log, `${copy}-wal`, constants.COPYFILE_FICLONE);
    const database = new DatabaseSync(copy);
    forgetCopy(database, remove);
    const close = () => {
      database.close();
      remove();
    };
    return { database, close };
  } catch (error) {
    remove();
    throw error;
  }
}

/** What SQLite has open need not be found any more: who is killed while reading leaves no words behind. */
function forgetCopy(database: DatabaseSync, remove: () => void): void {
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    remove();
  } catch {
    // A file that can't be read says so to whoever reads it, and not every system gives up what is open.
  }
}
