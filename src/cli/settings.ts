import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironment } from '#config';
import type { Settings } from '#config';
import { CliFailure } from './failures.js';

export interface CommonOptions {
  readonly data?: string;
  readonly host?: string;
  readonly port?: string;
}

/** What the command line says goes before what the environment says. */
export function settingsFrom(options: CommonOptions): Settings {
  const settings = readEnvironment();
  return {
    ...settings,
    ...(options.data === undefined
      ? {}
      : { directory: options.data === ':memory:' ? undefined : options.data }),
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.port === undefined ? {} : { port: portFrom(options.port) }),
  };
}

function portFrom(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new CliFailure(`"${text}" is no port: give a number from 0 to 65535.`);
}

/** The data folder, for commands that make no sense in memory. */
export function folderFrom(options: CommonOptions): string {
  const { directory } = settingsFrom(options);
  if (directory !== undefined) return directory;
  throw new CliFailure('This command works on a data folder: name it with --data or ENTENTE_DATA.');
}

/** The data folder of a record that is there: a command that only reads must not make an empty one. */
export function recordIn(options: CommonOptions): string {
  const directory = folderFrom(options);
  // What is no folder is refused where it is opened, which says why.
  const isFile = existsSync(directory) && !statSync(directory).isDirectory();
  const isThere = isFile || existsSync(join(directory, 'store.sqlite'));
  if (readEnvironment().storeUrl !== undefined || isThere) return directory;
  throw new CliFailure(`There is no record in ${directory}: name its folder with --data or ENTENTE_DATA.`);
}
