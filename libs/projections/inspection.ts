import type { DatabaseSync } from 'node:sqlite';

import type { LastRead } from '#libs/event-store';

import { applicationId, schemaVersion } from './read-models.js';
import { lastRead, recordName } from './record-table.js';
import { SlotTables } from './slot-tables.js';
import { unfinishedId } from './unlogged-file.js';

/** A row of the record's read model, as the file has it. */
export interface RecordRow {
  readonly ordinal: number;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly recorded_at: string;
  readonly position: string;
  readonly body: string;
}

/** What a file of read models says of itself; the record's rows are read one at a time. */
export interface ReadModelsFound {
  /** Of the record's tables that serve; undefined where there are none yet. */
  readonly record:
    | {
        readonly ordinal: number;
        readonly position: string | undefined;
        readonly rows: number;
        readonly last: LastRead | undefined;
      }
    | undefined;
  /** What serves, by projection, the record left out. */
  readonly lists: readonly { readonly name: string; readonly ordinal: number }[];
  recordRows(): Iterable<RecordRow>;
}

/** Looks into a file of read models without changing it; throws a sentence where it is none of ours. */
export function inspectReadModels(db: DatabaseSync): ReadModelsFound {
  const value = (name: string) => db.prepare(`PRAGMA ${name}`).get()?.[name];
  // Whatever it holds may be torn, and the next start begins it anew.
  if (value('application_id') === unfinishedId) return { record: undefined, lists: [], recordRows: () => [] };
  if (value('application_id') !== applicationId) throw new Error('the file is of another program');
  if (value('user_version') !== schemaVersion) {
    throw new Error(
      `the file has schema ${String(value('user_version'))}, and this program reads ${schemaVersion}`,
    );
  }
  const damage = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (damage !== 'ok') throw new Error(`its pages are damaged (${String(damage).replace(/\s+/g, ' ')})`);
  const active = db.prepare("SELECT * FROM slot WHERE state = 'active' ORDER BY name").all();
  const slots = active.map((row) => ({ name: String(row['name']), ordinal: Number(row['ordinal']), row }));
  const record = slots.find(({ name }) => name === recordName)?.row;
  const lists = slots
    .filter(({ name }) => name !== recordName)
    .map(({ name, ordinal }) => ({ name, ordinal }));
  if (record === undefined) return { record: undefined, lists, recordRows: () => [] };
  const [version, slot] = [Number(record['version']), Number(record['slot'])];
  const tables = new SlotTables(db, { name: recordName, version, slot });
  const rows = Number(tables.prepare('SELECT count(*) AS n FROM {events}').get()?.['n']);
  const position = record['position'];
  return {
    record: {
      ordinal: Number(record['ordinal']),
      position: typeof position === 'string' ? position : undefined,
      rows,
      last: lastRead(tables, Number(record['ordinal'])),
    },
    lists,
    recordRows: () =>
      tables
        .prepare('SELECT * FROM {events} ORDER BY ordinal')
        .iterate() as Iterable<unknown> as Iterable<RecordRow>,
  };
}
