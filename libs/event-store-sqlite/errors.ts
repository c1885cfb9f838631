import { EventStoreError } from '#libs/event-store';

/** Another process (or another store of this one) works in the data folder. */
export class DataFolderLocked extends EventStoreError {
  constructor(readonly directory: string) {
    super(
      `The data folder ${directory} is in use by another process. Stop that process, or give this one a folder of ` +
        'its own. A process that was killed holds nothing: the lock goes with it.',
    );
  }
}

/** The data folder was written by a newer version, whose format this one does not know. */
export class DataFolderTooNew extends EventStoreError {
  constructor(
    readonly directory: string,
    readonly found: number,
    readonly known: number,
  ) {
    super(
      `The data folder ${directory} has storage format ${found}; this version knows formats up to ${known}. ` +
        'Install the newer version that wrote it, or restore a backup from before the upgrade.',
    );
  }
}

/** The data folder can't be made, written or understood; the message says why and how to mend it. */
export class DataFolderUnusable extends EventStoreError {
  constructor(
    readonly directory: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`The data folder ${directory} can't be used: ${reason}`, options);
  }
}

/** A copy can't become the record of a folder; nothing was changed. The message says why and how to mend it. */
export class NotRestorable extends EventStoreError {
  constructor(
    readonly path: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${path} can't be restored: ${reason}`, options);
  }
}

/** No backup was made, and nothing is left of one; the message says why and how to mend it. */
export class NotBackedUp extends EventStoreError {
  constructor(
    readonly path: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`There is no backup for ${path}: ${reason}`, options);
  }
}

export const oldestSqlite = '3.51.3';

export class SqliteTooOld extends EventStoreError {
  constructor(readonly version: string) {
    super(`The event store needs SQLite ${oldestSqlite}; this Node brings ${version}. Use a newer Node 24.`);
  }
}
