import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { latestEpoch, openUnchanged, readFolder, storeFlaws } from '#libs/event-store-sqlite';
import type { OpenedFile } from '#libs/event-store-sqlite';
import { failureOf } from './failures.js';
import { checkReadModels } from './read-models-check.js';
import type { ReadModelsChecked } from './read-models-check.js';
import { checkEvents } from './stored-events.js';

export interface StoreChecked {
  /** Of the record, and all that the store holds; counted only as far as the file can be read. */
  readonly recorded: number;
  readonly all: number;
  /** Of the event that was recorded last, and of this life of the store; absent where the file can't be read. */
  readonly lastRecordedAt?: string | undefined;
  readonly epoch?: string;
  /** Each a sentence without its end; none where the store is whole. */
  readonly flaws: readonly string[];
  /** Undefined where the store is not whole, for then there is nothing to compare them with. */
  readonly readModels: ReadModelsChecked | undefined;
}

/**
 * Looks at every event of the store in a folder, and at whether the read models say the same; changes and makes
 * nothing. Throws `DataFolderLocked` where a process has the folder.
 */
export function checkStore(directory: string): StoreChecked {
  const folder = readFolder(directory);
  try {
    return checkFiles(directory);
  } finally {
    folder.release();
  }
}

function checkFiles(directory: string): StoreChecked {
  return checkStoreFile(join(directory, 'store.sqlite'), (database, epoch) =>
    checkReadModels(directory, database, epoch),
  );
}

/** The same of one file, wherever it lies, while nobody writes it; `beside` looks at what else is to be of that store. */
export function checkStoreFile(
  file: string,
  beside: (store: DatabaseSync, epoch: string) => ReadModelsChecked | undefined = () => undefined,
): StoreChecked {
  const nothing = { recorded: 0, all: 0, readModels: undefined };
  const flaws: string[] = [];
  let opened: OpenedFile | undefined;
  try {
    opened = openUnchanged(file);
    const { database } = opened;
    flaws.push(...storeFlaws(database));
    if (!isReadable(opened)) return { ...nothing, flaws };
    const epoch = String(latestEpoch(database));
    const seen = checkEvents(database, epoch);
    return { ...seen, epoch, flaws: [...flaws, ...seen.flaws], readModels: beside(database, epoch) };
  } catch (error) {
    return { ...nothing, flaws: [...flaws, damageOf(error)] };
  } finally {
    opened?.close();
  }
}

function damageOf(error: unknown): string {
  const { errcode, message } = error as { errcode?: unknown; message?: unknown };
  return errcode === undefined ? failureOf(error) : `the file is damaged (SQLite says: ${String(message)})`;
}

/** Whether there are events and an identity to look at, whatever else is wrong with the file. */
function isReadable({ database }: OpenedFile): boolean {
  try {
    database.prepare('SELECT count(*) FROM events').get();
    return latestEpoch(database) !== undefined;
  } catch {
    return false;
  }
}
