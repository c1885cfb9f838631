import { closeSync, fsyncSync, writeFileSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createPrivately, syncEntriesOf } from '#libs/private-files';
import { Ids } from '../platform/record/ids.js';
import { CliFailure } from './cli-failure.js';

export type Keys = { readonly [principal: string]: string };

export function keyFileOf(directory: string): string {
  return join(directory, 'keys.json');
}

/**
 * RecordRead by its owner alone from its first moment; whole and on the disk, or not there at all. The draft has a name
 * that nobody knows beforehand: whoever else may write the folder could put a link there, and get the keys.
 */
export async function writePrivately(file: string, text: string): Promise<void> {
  await replacePrivately(file, text, fsyncSync);
  syncEntriesOf(dirname(file));
}

/** The same for what is worth nothing once the machine has gone down: it is whole, and nobody waits for the disk. */
export async function writeInPassing(file: string, text: string): Promise<void> {
  await replacePrivately(file, text, () => undefined);
}

async function replacePrivately(file: string, text: string, sync: (handle: number) => void): Promise<void> {
  const draft = `${file}.${new Ids().trace()}.draft`;
  writeAnew(draft, text, sync);
  try {
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Writes a file that is not there yet. Throws a sentence where something is, whatever it is. */
export function writeAnew(file: string, text: string, sync: (handle: number) => void = fsyncSync): void {
  let handle: number;
  try {
    handle = createPrivately(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CliFailure(
      `${file} is there already, and this command did not make it: see who did, remove it, and try again.`,
    );
  }
  try {
    writeFileSync(handle, text);
    sync(handle);
  } finally {
    closeSync(handle);
  }
}

export async function writeKeys(file: string, keys: Keys): Promise<void> {
  await writePrivately(file, `${JSON.stringify(keys, null, 2)}\n`);
}

/** The keys written earlier; none where there is no such file, or it can't be read. */
export async function readKeys(file: string): Promise<Keys> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Keys;
  } catch {
    return {};
  }
}
