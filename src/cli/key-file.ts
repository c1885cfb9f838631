import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Keys = { readonly [principal: string]: string };

export function keyFileOf(directory: string): string {
  return join(directory, 'keys.json');
}

/** Readable by its owner alone from its first moment; whole or not there at all. */
export async function writePrivately(file: string, text: string): Promise<void> {
  const draft = `${file}.draft`;
  await writeFile(draft, text, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
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
