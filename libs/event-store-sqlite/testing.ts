import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { defaultLimits, type NewEvent, type RecordedAtClock } from '#libs/event-store';
import type { EventStoreHarness } from '#libs/event-store/testing';

import { checksumOf, wordsChecksumOf } from './checksum.js';
import { SqliteEventStore, injectFault, type SqliteEventStoreOptions } from './sqlite-event-store.js';

import type { StoredRow } from './stored-rows.js';

export { injectFault } from './sqlite-event-store.js';

/** A store in a temporary folder, for the contract and for tests of this store alone. */
export class SqliteHarness implements EventStoreHarness {
  readonly limits = defaultLimits;
  readonly refusesPositionsAhead = true;
  /** A writer's thread loses a reply only by ending, and the store does not go on without it. */
  readonly lostReplyNeedsReopen = true;
  #directory: string | undefined;
  #store: SqliteEventStore | undefined;

  constructor(private options: Omit<SqliteEventStoreOptions, 'directory'> = {}) {}

  /** Made at the first use, as a harness that is only asked what it can do must leave nothing behind. */
  get directory(): string {
    return (this.#directory ??= mkdtempSync(join(tmpdir(), 'event-store-')));
  }

  get database(): string {
    return join(this.directory, 'store.sqlite');
  }

  async open(): Promise<SqliteEventStore> {
    this.#store = await SqliteEventStore.open({ ...this.options, directory: this.directory });
    return this.#store;
  }

  async openAt(clock: RecordedAtClock): Promise<SqliteEventStore> {
    this.options = { ...this.options, clock };
    return this.open();
  }

  async reopen(): Promise<SqliteEventStore> {
    await this.#store?.close();
    return this.open();
  }

  async dispose(): Promise<void> {
    await this.#store?.close();
    if (this.#directory !== undefined) rmSync(this.#directory, { recursive: true, force: true });
  }

  async loseReplyOnce(): Promise<void> {
    if (this.#store !== undefined) await injectFault(this.#store, { kind: 'exitAfterNextCommit' });
  }
}

/** As another program puts an event there: past the writer, and without a word to anybody. */
export function insertElsewhere(
  file: string,
  { stream, revision }: { readonly stream: string; readonly revision: bigint },
  { id, type, data, content, salt, meta }: NewEvent,
): void {
  const row = { stream, revision, id, type, data: JSON.stringify(data), meta: JSON.stringify(meta) };
  const words = content === null ? null : JSON.stringify(content);
  const recordedAt = '2025-04-10T09:00:00.000Z';
  const database = new DatabaseSync(file);
  database
    .prepare('INSERT INTO events VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      ...[stream, revision, id, type, row.data, words, salt, row.meta, recordedAt],
      checksumOf({ ...row, recordedAt }),
      wordsChecksumOf(words, salt),
    );
  database.close();
}

/** Has the checksums say what the rows say, as a forger would. */
export function makeChecksumsAnew(database: DatabaseSync): void {
  const set = database.prepare('UPDATE events SET checksum = ?, words_checksum = ? WHERE position = ?');
  for (const row of database.prepare('SELECT * FROM events').all() as unknown as StoredRow[]) {
    const words = wordsChecksumOf(row.content, row.salt);
    set.run(checksumOf({ ...row, recordedAt: row.recorded_at }), words, row.position);
  }
}
