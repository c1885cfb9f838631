import { existsSync, lstatSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileBytesMax, LedgerFault, paths } from '#libs/ledger';
import type { FileReader } from '#libs/ledger';
import { CannotCheck } from './cannot-check.js';
import { draftPrefix, readBounded, writeWhole } from './plain-files.js';

type Listed = { readonly path: string; readonly bytes: number };

/** A bundle or mirror as files of a folder. Links are refused: what is checked lies in the folder itself. */
export class Folder implements FileReader {
  constructor(readonly path: string) {}

  read(path: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(readBounded(join(this.path, path), fileBytesMax(path)));
  }

  has(path: string): boolean {
    return existsSync(join(this.path, path));
  }

  async *list(below = ''): AsyncGenerator<Listed> {
    for (const entry of await readdir(join(this.path, below), { withFileTypes: true })) {
      if (entry.name.startsWith(draftPrefix)) continue;
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) yield* this.list(path);
      else if (entry.isFile()) yield { path, bytes: lstatSync(join(this.path, path)).size };
      else throw new LedgerFault('path-refused', `${path} is no file.`);
    }
  }

  write(path: string, bytes: Uint8Array): Promise<void> {
    return writeWhole(join(this.path, path), bytes);
  }

  remove(path: string): Promise<void> {
    return rm(join(this.path, path), { force: true });
  }

  /** What a run that was ended left behind. */
  async removeDrafts(): Promise<void> {
    const entries = await readdir(this.path, { recursive: true, withFileTypes: true });
    for (const { name, parentPath } of entries)
      if (name.startsWith(draftPrefix)) await rm(join(parentPath, name), { force: true });
  }
}

/** The checkpoint of a mirror comes last, and every bundle has a manifest: a folder with neither says nothing of the record. */
export function refuseUnfinished(path: string): void {
  const folder = new Folder(path);
  if (folder.has(paths.checkpoint) || folder.has(paths.manifest)) return;
  throw new CannotCheck(
    `${path} holds neither a bundle nor a mirror that was ever completed, for it has no checkpoint: run "entente mirror" with it to its end, with a key that may read the dialogue in ENTENTE_KEY, or name another folder.`,
  );
}
