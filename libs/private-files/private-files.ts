import { chmodSync, closeSync, constants, fsyncSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';

/** What SQLite puts beside a file of its own, with the rights that the file has. */
const companions = ['', '-wal', '-shm', '-journal'];
const othersRights = 0o077;
const sticky = 0o1000;

/** Others may read or write a file, and this user may not change that; the message says how to mend it. */
export class NotPrivate extends Error {
  constructor(readonly file: string) {
    super(
      `others may read or write ${file}, and it belongs to somebody else, so this user can't close it to them. Give this user the folder and its files.`,
    );
    this.name = 'NotPrivate';
  }
}

/**
 * Opens a file for writing that nobody has made before, for its owner alone from its first moment. Throws the system's
 * `EEXIST` for whatever stands there, be it a link that leads elsewhere.
 */
export function createPrivately(file: string): number {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  return openSync(file, O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o600);
}

/**
 * Before SQLite opens the file: makes it where there is none, for SQLite would make it with the rights of the umask, and
 * takes the rights of others from what is there. An existing file is never opened, since closing it again would let go
 * of the locks that this process may have on it.
 */
export function makePrivate(file: string): void {
  try {
    closeSync(createPrivately(file));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    for (const companion of companions) tightenFile(`${file}${companion}`);
  }
}

function tightenFile(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || (found.mode & othersRights) === 0) return;
  try {
    chmodSync(file, found.mode & 0o700);
  } catch (error) {
    // On a disk that can only be read nothing is let in that could be kept out.
    if (codeOf(error) === 'EROFS') return;
    throw codeOf(error) === 'EPERM' ? new NotPrivate(file) : error;
  }
}

/**
 * Takes the rights of others from a folder in which nothing lies but what `isOurs` knows. One that serves other ends,
 * that is open to all by design (`/tmp`) or that belongs to somebody else keeps its rights: the files in it have theirs.
 */
export function tightenFolder(folder: string, isOurs: (name: string) => boolean): void {
  const { mode } = statSync(folder);
  if ((mode & othersRights) === 0 || (mode & sticky) !== 0) return;
  try {
    if (readdirSync(folder).every(isOurs)) chmodSync(folder, mode & 0o700);
  } catch (error) {
    if (!['EPERM', 'EACCES', 'EROFS'].includes(codeOf(error) ?? '')) throw error;
  }
}

/** A file of SQLite with what SQLite puts beside it; nothing where there is none. */
export function removeDatabase(file: string): void {
  for (const companion of companions) rmSync(`${file}${companion}`, { force: true });
}

/** Waits until what was written into the file is on the disk. */
export function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

/** A file is only as durable as the entry of the folder that leads to it. */
export function syncEntriesOf(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
