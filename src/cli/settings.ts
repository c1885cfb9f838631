import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironment } from '#config';
import type { Settings } from '#config';
import { CliFailure } from './cli-failure.js';

export interface CommonOptions {
  readonly data?: string;
  readonly host?: string;
  readonly port?: string;
  readonly acceptLedgerLoss?: boolean;
}

/** What the command line says goes before what the environment says. */
export function settingsFrom(options: CommonOptions): Settings {
  const settings = readEnvironment();
  if (options.data === '') throw new CliFailure('--data names no folder: give its path.');
  return {
    ...settings,
    ...(options.data === undefined
      ? {}
      : { directory: options.data === ':memory:' ? undefined : options.data }),
    ...(options.acceptLedgerLoss === true ? { acceptLedgerLoss: true } : {}),
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

/**
 * The data folder of a record that is there: only `init` and `demo` make one, for an empty record in place of the one
 * that was meant looks as if all had gone. On a cluster the folder holds read models alone, and may be made.
 */
export function recordIn(options: CommonOptions): string {
  const directory = folderFrom(options);
  if (readEnvironment().storeUrl === undefined) refuseWithoutRecord(directory);
  return directory;
}

/** Throws where the record is in a cluster, which has its own way to do it. */
export function refuseOnCluster(doIt: string): void {
  if (readEnvironment().storeUrl === undefined) return;
  throw new CliFailure(
    `EVENTSTORE_URL is set, so the record is in a cluster: ${doIt} as its documentation says.`,
  );
}

/** Throws where there is no folder, no record in it, or nothing in its file. */
export function refuseWithoutRecord(directory: string): void {
  if (existsSync(directory) && !statSync(directory).isDirectory()) {
    throw new CliFailure(
      `The data folder ${directory} can't be used: it is a file. Name a folder with --data.`,
    );
  }
  const file = join(directory, 'store.sqlite');
  if (!existsSync(file)) {
    throw new CliFailure(
      `There is no record in ${directory}: make one with "entente init --data ${directory}", or name the folder of another with --data or ENTENTE_DATA.`,
    );
  }
  if (sizeOf(file) > 0 || sizeOf(`${file}-wal`) > 0) return;
  throw new CliFailure(
    `The record in ${directory} is gone: its store.sqlite is empty. Restore the last backup into an empty folder.`,
  );
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}
