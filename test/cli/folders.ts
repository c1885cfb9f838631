import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Folders of one spec, in one that is removed at its end; commands run in it, so that `./data` lies there too. */
export class Folders {
  readonly top = mkdtempSync(join(tmpdir(), 'entente-cli-'));

  in(name: string): string {
    return join(this.top, name);
  }

  remove(): void {
    rmSync(this.top, { recursive: true, force: true });
  }
}

/** The rights of a file as `ls` would have them in octal: `600`. */
export function modeOf(file: string): string {
  return (statSync(file).mode & 0o777).toString(8);
}

/** As a version from the future would leave the folder. */
export function writtenByNewerVersion(directory: string): void {
  const database = new DatabaseSync(join(directory, 'store.sqlite'));
  database.exec('PRAGMA user_version = 99');
  database.close();
}
