import type { DatabaseSync } from 'node:sqlite';

import { checksumOf, wordsChecksumOf } from './checksum.js';

/** A stored event as the file has it, with its JSON as text. */
export interface StoredRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly content: string | null;
  readonly salt: string | null;
  readonly meta: string;
  readonly recorded_at: string;
  readonly checksum: number;
  readonly words_checksum: number | null;
}

/** In the store's order, one row at a time; throws what SQLite throws at a damaged page. */
export function* storedRows(database: DatabaseSync): Generator<StoredRow, void, undefined> {
  const rows = database.prepare('SELECT * FROM events ORDER BY position').iterate();
  for (const row of rows) yield row as unknown as StoredRow;
}

/** Whether the checksums are those of the row. */
export function isAsStored(row: StoredRow): boolean {
  return (
    checksumOf({ ...row, recordedAt: row.recorded_at }) === row.checksum &&
    wordsChecksumOf(row.content, row.salt) === row.words_checksum
  );
}
