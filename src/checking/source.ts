import { statSync } from 'node:fs';
import type { FileReader } from '#libs/ledger';
import { fileFault } from './cannot-check.js';
import { Folder } from './folder.js';
import { ledgerUrl, ServedLog } from './served-log.js';
import { openedArchive } from './tar.js';

/** Sent to servers, so that they hand on what only readers of the dialogue may have. */
export type Credential = string | undefined;

export function isUrl(where: string): boolean {
  return /^https?:\/\//i.test(where);
}

/** What somebody names: the address of a running server, a folder, or an archive. */
export function openedSource(where: string, key: Credential): FileReader {
  if (isUrl(where)) return new ServedLog({ url: ledgerUrl(where), key });
  return isFolder(where) ? new Folder(where) : openedArchive(where);
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw fileFault(path, error);
  }
}
