import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { DataFolderLocked, readFolder } from '#libs/event-store-sqlite';
import { failureOf } from './failures.js';
import { finding } from './finding.js';
import type { Finding } from './finding.js';
import { withRecord } from './opened.js';
import { inspect } from './record-check.js';
import { checkStoreFile } from './store-check.js';

const storeFile = 'store.sqlite';
const anotherBackup = 'take another backup, and keep the older ones until it is checked';

/**
 * Looks at a backup as it lies there, a file or a folder with `store.sqlite`: the make of the file, every event with its
 * hashes, and whether all read models can be built from them. Restores, changes and makes nothing beside it.
 */
export async function checkBackup(path: string): Promise<readonly Finding[]> {
  let file = resolve(path);
  try {
    file = fileOf(file);
    if (!existsSync(file)) return [absent(path, file)];
    const held = readFolder(dirname(file));
    try {
      return await checkFile(file);
    } finally {
      held.release();
    }
  } catch (error) {
    if (!(error instanceof DataFolderLocked)) return [finding('ill', 'backup', failureOf(error))];
    const mend = 'it is no backup: take one with "entente backup"';
    return [finding('ill', 'backup', `${file} is the record that a server works on; ${mend}`)];
  }
}

const fileOf = (path: string): string =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? join(path, storeFile) : path;

/** A backup that was broken off lies there under the name of its draft. */
function absent(path: string, file: string): Finding {
  const isBroken = existsSync(`${file}.draft`);
  const why = isBroken
    ? `there is only ${basename(file)}.draft: a backup is under way, or was broken off`
    : `there is no ${file}`;
  return finding(
    'ill',
    'backup',
    `${why}. Name the file that "entente backup" wrote, or its folder: ${path}`,
  );
}

async function checkFile(file: string): Promise<readonly Finding[]> {
  if (statSync(file).size === 0 && sizeOf(`${file}-wal`) === 0)
    return [finding('ill', 'backup', `its ${basename(file)} is empty: ${anotherBackup}`)];
  const { flaws, recorded, all, lastRecordedAt, epoch } = checkStoreFile(file);
  if (flaws.length > 0)
    return [
      ...flaws.map((flaw) => finding('ill', 'backup', `${flaw}.`)),
      finding('note', 'backup', anotherBackup),
    ];
  const last = lastRecordedAt === undefined ? '' : `, the last of them recorded at ${lastRecordedAt}`;
  const holds = `${recorded} event(s) of the record and ${all - recorded} beside it${last} (epoch ${epoch})`;
  return [
    finding('well', 'backup', `${holds}: whole, in order, and with the hashes that they had`),
    ...privacy(file),
    ...(await asRecord(file, (folder) => withRecord(folder, inspect, { readOnly: true, isInFolder: true }))),
  ];
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** The words of the record are in it. */
function privacy(file: string): readonly Finding[] {
  const isOpen = (statSync(file).mode & 0o077) !== 0;
  const mend = `others on this machine may read it: chmod 600 ${file}`;
  return isOpen ? [finding('note', 'backup', mend)] : [];
}

/** A folder for as long as this takes, in which the file lies under the name that it has in a data folder. */
async function asRecord<T>(file: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'entente-backup-'));
  try {
    const parts = readdirSync(dirname(file)).filter(
      (name) => name === basename(file) || name === `${basename(file)}-wal`,
    );
    for (const name of parts)
      symlinkSync(join(dirname(file), name), join(folder, name.replace(basename(file), storeFile)));
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
