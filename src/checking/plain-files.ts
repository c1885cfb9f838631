import { closeSync, constants, fsyncSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LedgerFault } from '#libs/ledger';
import { createPrivately, syncEntriesOf } from '#libs/private-files';
import { CannotCheck, fileFault } from './cannot-check.js';

/** Drafts of files that are being written; whoever reads a folder passes over them. */
export const draftPrefix = '.draft-';

/**
 * A regular file, and no link, whole: undefined where there is none. Throws where it has more bytes, before they are read.
 */
export function readBounded(path: string, bytesMax: number): Uint8Array | undefined {
  let handle: number;
  try {
    handle = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw fileFault(path, error);
  }
  try {
    const { size } = regular(path, handle);
    if (size > bytesMax)
      throw new LedgerFault('too-large', `${path} has ${size} bytes, and ${bytesMax} at the most.`);
    return readAll(handle, 0, size);
  } finally {
    closeSync(handle);
  }
}

function regular(path: string, handle: number) {
  const found = fstatSync(handle);
  if (!found.isFile()) throw new CannotCheck(`${path} can't be used: it is no file.`);
  return found;
}

/** So many bytes from a place on, or those that are there. */
export function readAll(handle: number, from: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let place = 0;
  while (place < length) {
    const count = readSync(handle, bytes, place, length - place, from + place);
    if (count === 0) break;
    place += count;
  }
  return bytes.subarray(0, place);
}

/** A file that somebody names on the command line. */
export function readGiven(path: string, bytesMax: number): Uint8Array {
  const bytes = readBounded(path, bytesMax);
  if (bytes === undefined) throw new CannotCheck(`${path} can't be used: there is no such file.`);
  return bytes;
}

/** Whole and on the disk, or not there at all, whenever the process is ended. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  let draft: string | undefined;
  try {
    await mkdir(folder, { recursive: true });
    draft = draftIn(folder, bytes);
    await rename(draft, path);
    syncEntriesOf(folder);
  } catch (error) {
    if (draft !== undefined) await rm(draft, { force: true });
    throw fileFault(path, error);
  }
}

/** A file of its own for its owner alone, and on the disk; whoever gave it another name has a whole file. */
export function draftIn(folder: string, bytes: Uint8Array): string {
  const { path, handle } = newDraft(folder);
  try {
    writeFileSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return path;
}

const draftsMax = 10_000;

/** Open for writing under the first name that nobody has: those of runs that were ended may still lie there. */
export function newDraft(folder: string): { readonly path: string; readonly handle: number } {
  for (let count = 0; ; count++) {
    const path = join(folder, `${draftPrefix}${count}`);
    try {
      return { path, handle: createPrivately(path) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || count === draftsMax) throw error;
    }
  }
}
