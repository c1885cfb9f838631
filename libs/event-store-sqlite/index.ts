export { DataFolderLocked, DataFolderTooNew, DataFolderUnusable, SqliteTooOld } from './errors.js';
export { holdFolder } from './data-folder.js';
export { SqliteEventStore } from './sqlite-event-store.js';
export type { SqliteEventStoreOptions } from './sqlite-event-store.js';
