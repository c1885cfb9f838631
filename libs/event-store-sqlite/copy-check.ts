import type { DatabaseSync } from 'node:sqlite';

import { applicationId, numberOrText } from './schema.js';
import { storeFlaws } from './store-inspection.js';

/** What a copy of a store holds. */
export interface CopyContent {
  readonly events: number;
  /** When the last of them was recorded; undefined where there is none. */
  readonly lastRecordedAt: string | undefined;
}

/** Something is wrong with a copy; the message is a clause without its end. */
export class CopyFlawed extends Error {
  constructor(
    readonly flaw: string,
    /** Whether it is no copy of a record at all, so that another backup does not help. */
    readonly isOther = false,
  ) {
    super(flaw);
    this.name = 'CopyFlawed';
  }
}

/** Looks at all that a copy holds, and says how much it is. Throws `CopyFlawed`, or what SQLite throws at a damaged page. */
export function checkCopy(database: DatabaseSync): CopyContent {
  refuseOther(database);
  refuseDamage(database);
  const content = contentOf(database);
  refuseFlaws(database);
  return content;
}

function refuseOther(database: DatabaseSync): void {
  const tables = numberOrText(
    database,
    "SELECT count(*) FROM sqlite_schema WHERE name IN ('events', 'identity')",
  );
  if (numberOrText(database, 'PRAGMA application_id') === applicationId && tables === 2) return;
  throw new CopyFlawed('it is no record of Entente', true);
}

function refuseDamage(database: DatabaseSync): void {
  const said = String(numberOrText(database, 'PRAGMA integrity_check(1)'));
  if (said !== 'ok') throw new CopyFlawed(`it is damaged (SQLite says: ${said})`);
}

/** What the doctor would say of the copy is said before it becomes the record, and before its make is mended. */
function refuseFlaws(database: DatabaseSync): void {
  const [flaw] = [...storeFlaws(database), ...jsonFlaws(database)];
  if (flaw !== undefined) throw new CopyFlawed(flaw);
}

function jsonFlaws(database: DatabaseSync): readonly string[] {
  const broken = numberOrText(
    database,
    `SELECT position FROM events
     WHERE NOT json_valid(data) OR NOT json_valid(meta) OR (content IS NOT NULL AND NOT json_valid(content)) LIMIT 1`,
  );
  return broken === undefined ? [] : [`the event at position ${Number(broken)} is no JSON`];
}

/** Positions have no gaps, and SQLite counts how many there ever were: what was cut off at the end shows there. */
function contentOf(database: DatabaseSync): CopyContent {
  const events = Number(numberOrText(database, 'SELECT count(*) FROM events'));
  const last = Number(numberOrText(database, 'SELECT coalesce(max(position), 0) FROM events'));
  const ever = Number(
    numberOrText(database, "SELECT max(seq) FROM sqlite_sequence WHERE name = 'events'") ?? 0,
  );
  if (events !== last || last !== ever)
    throw new CopyFlawed(`it lacks ${Math.max(last, ever) - events} event(s) of its record`);
  const recordedAt = numberOrText(database, 'SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1');
  return { events, lastRecordedAt: typeof recordedAt === 'string' ? recordedAt : undefined };
}
