import type { JsonObject, Recorded } from '#libs/event-store';

import type { Aside, Tables } from './definitions.js';
import { keptJson } from './faults.js';

/** An event of a stream that is no part of the record. */
export function keepBeside(
  tables: Tables,
  { stream, revision, type, recordedAt, position, data }: Recorded,
): void {
  tables
    .prepare(
      'INSERT OR REPLACE INTO {beside} (stream, revision, type, recorded_at, position, data) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(stream, revision, type, recordedAt, position, JSON.stringify(data));
}

/** Of the streams kept beside the record those that begin like that, in the store's order. */
export function besideIn(tables: Tables, prefix: string): Aside[] {
  // In names of streams nothing sorts after this character.
  const rows = tables
    .prepare(
      'SELECT stream, type, recorded_at, data FROM {beside} WHERE stream >= ? AND stream < ? ORDER BY position, revision',
    )
    .all(prefix, `${prefix}\uffff`);
  return rows.map(asideOf);
}

/** Another one once something was added under that prefix: much less work than to read what stands there. */
export function besideMark(tables: Tables, prefix: string): string {
  const row = tables
    .prepare('SELECT count(*) AS count, max(position) AS last FROM {beside} WHERE stream >= ? AND stream < ?')
    .get(prefix, `${prefix}\uffff`);
  return `${String(row?.['count'])} ${String(row?.['last'])}`;
}

/** Of each of those streams the last event. */
export function besideLastIn(tables: Tables, prefix: string): Aside[] {
  // With one max() SQLite gives the other columns of the row that has it (sqlite.org/lang_select.html, "bare columns").
  const rows = tables
    .prepare(
      'SELECT stream, type, recorded_at, data, max(revision) FROM {beside} WHERE stream >= ? AND stream < ? GROUP BY stream',
    )
    .all(prefix, `${prefix}\uffff`);
  return rows.map(asideOf);
}

export function besideAt(tables: Tables, stream: string, revision: number): Aside | undefined {
  const row = tables
    .prepare('SELECT stream, type, recorded_at, data FROM {beside} WHERE stream = ? AND revision = ?')
    .get(stream, revision);
  return row && asideOf(row);
}

function asideOf(row: { readonly [column: string]: unknown }): Aside {
  return {
    stream: String(row['stream']),
    type: String(row['type']),
    recordedAt: String(row['recorded_at']),
    data: keptJson<JsonObject>(row['data']),
  };
}
