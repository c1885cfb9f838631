export {
  DataFolderLocked,
  DataFolderTooNew,
  DataFolderUnusable,
  NotBackedUp,
  NotRestorable,
  SqliteTooOld,
} from './errors.js';
export { backUpDataFolder } from './backup.js';
export type { BackedUp } from './backup.js';
export { holdFolder } from './data-folder.js';
export { restoreDataFolder } from './restore.js';
export type { ErasedSince, Restored } from './restore.js';
export { SqliteEventStore } from './sqlite-event-store.js';
export type { SqliteEventStoreOptions } from './sqlite-event-store.js';
export { readFolder } from './folder-reading.js';
export { SqliteReadStore } from './sqlite-read-store.js';
export { storeFlaws } from './store-inspection.js';
export { storedRows } from './stored-rows.js';
export type { StoredRow } from './stored-rows.js';
export { openUnchanged } from './unchanged-file.js';
export type { OpenedFile } from './unchanged-file.js';
export { latestEpoch } from './schema.js';
