import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { DataFolderLocked } from './errors.js';
import { SQLITE, resultCodeOf } from './sqlite-failure.js';

/**
 * Takes the folder for reading, without making or changing anything in it: throws `DataFolderLocked` where a process
 * has it, and keeps one from taking it until the release. Several may read at a time.
 */
export function readFolder(path: string): { release(): void } {
  const directory = resolve(path);
  const file = join(directory, 'lock.sqlite');
  // A copy of the store alone has no lock, and nobody serves it.
  if (!existsSync(file)) return { release: () => undefined };
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { readOnly: true, timeout: 0 });
    lock.exec('BEGIN');
    lock.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    lock?.close();
    lock = undefined;
    // What else is wrong with the lock is no reason not to look at the record.
    if (resultCodeOf(error) === SQLITE.busy) throw new DataFolderLocked(directory);
  }
  return { release: () => lock?.close() };
}
