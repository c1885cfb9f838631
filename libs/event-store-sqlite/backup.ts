import { closeSync, existsSync, lstatSync, realpathSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { createPrivately, removeDatabase, syncEntriesOf, syncFile } from '#libs/private-files';

import { checkCopy, CopyFlawed } from './copy-check.js';
import type { CopyContent } from './copy-check.js';
import { refuseOldSqlite } from './data-folder.js';
import { NotBackedUp } from './errors.js';
import { latestEpoch } from './schema.js';
import { wordsOf } from './sqlite-failure.js';

export interface BackedUp extends CopyContent {
  /** The path of the backup. */
  readonly file: string;
  readonly bytes: number;
  readonly epoch: string;
}

const storeFile = 'store.sqlite';

/**
 * Writes one moment of the record in a data folder into a new file, while a server works on it or not: `to` is that
 * file, or a folder in which it becomes `store.sqlite`. It is checked as `doctor` checks a store before it appears, by a
 * rename; an older backup is never overwritten. Throws `NotBackedUp` with what is wrong and how to mend it.
 */
export function backUpDataFolder(directory: string, to: string): BackedUp {
  refuseOldSqlite(process.versions.sqlite ?? '0');
  const source = join(resolve(directory), storeFile);
  const file = targetOf(to, directory);
  const draft = `${file}.draft`;
  makeDraft(draft);
  try {
    copyAtOneMoment(source, draft, directory);
    const content = checked(draft, directory);
    syncFile(draft);
    // A rename would replace a backup that appeared meanwhile.
    refuseExisting(file);
    renameSync(draft, file);
    syncEntriesOf(dirname(file));
    return { ...content, file, bytes: statSync(file).size };
  } finally {
    removeDatabase(draft);
  }
}

function targetOf(to: string, directory: string): string {
  const path = resolve(to);
  const file =
    statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? join(path, storeFile) : path;
  if (!existsSync(dirname(file)))
    throw new NotBackedUp(to, `there is no folder ${dirname(file)}. Make it, or name another.`);
  const fromData = relative(realpathSync(directory), realpathSync(dirname(file)));
  if (!fromData.startsWith('..'))
    throw new NotBackedUp(to, 'it lies in the data folder, and would be lost with it. Name another disk.');
  refuseExisting(file);
  return file;
}

function refuseExisting(file: string): void {
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined)
    throw new NotBackedUp(file, 'there is such a file already, and a backup overwrites none. Name another.');
}

/** The words of the record are for its owner alone from the first byte. */
function makeDraft(draft: string): void {
  try {
    closeSync(createPrivately(draft));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === 'EEXIST'
        ? `another backup is under way, or one was broken off: delete ${basename(draft)} if none runs.`
        : `it can't be written (${wordsOf(cause)}). Name a folder that this user may write.`;
    throw new NotBackedUp(draft.slice(0, -'.draft'.length), why, { cause });
  }
}

/** One read transaction: writers go on meanwhile, and pages in which nothing is kept any more are left out. */
function copyAtOneMoment(source: string, draft: string, directory: string): void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(source, { readOnly: true, timeout: 5_000 });
    database.prepare('VACUUM INTO ?').run(draft);
  } catch (cause) {
    throw new NotBackedUp(
      directory,
      `its record can't be copied (${wordsOf(cause)}). Look at the disks, and at "entente doctor".`,
      { cause },
    );
  } finally {
    database?.close();
  }
}

function checked(draft: string, directory: string): CopyContent & { readonly epoch: string } {
  const database = new DatabaseSync(draft);
  try {
    return { ...checkCopy(database), epoch: String(latestEpoch(database)) };
  } catch (cause) {
    const why = cause instanceof CopyFlawed ? cause.flaw : wordsOf(cause);
    throw new NotBackedUp(
      directory,
      `the copy of its record is not whole: ${why}. Keep the backups that you have, and run "entente doctor".`,
      { cause },
    );
  } finally {
    database.close();
  }
}
