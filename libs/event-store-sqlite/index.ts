export {
  DataFolderLocked,
  DataFolderTooNew,
  DataFolderUnusable,
  NotRestorable,
  SqliteTooOld,
} from './errors.js';
export { holdFolder } from './data-folder.js';
export { restoreDataFolder } from './restore.js';
export type { Restored } from './restore.js';
export { SqliteEventStore } from './sqlite-event-store.js';
export type { SqliteEventStoreOptions } from './sqlite-event-store.js';
