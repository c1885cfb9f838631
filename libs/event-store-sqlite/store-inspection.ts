import { DatabaseSync } from 'node:sqlite';

import { applicationId, numberOrText, schema, storageFormat } from './schema.js';
import { wordsOf } from './sqlite-failure.js';
import { isAsStored, storedRows } from './stored-rows.js';

/** Examples of one kind of damage; the rest is only said to be there. */
const examples = 3;
/** Up to this size every index is compared with its table too; beyond it the pages alone are checked. */
const wholeCheckBytes = 268_435_456;

/** There is no use in looking further; the message is the whole sentence. */
class NotOurs extends Error {}

type Check = (database: DatabaseSync) => Iterable<string>;

/**
 * What is wrong with the file of a store, each in a sentence; nothing where all is well. It looks at the file's make
 * and at the order of its events, and not at what they say. Memory is bounded; the time grows with the file.
 */
export function* storeFlaws(database: DatabaseSync): Generator<string, void, undefined> {
  const isReadable = yield* attempted(database, makeFlaws);
  if (!isReadable) return;
  for (const check of [
    pageFlaws,
    identityFlaws,
    positionFlaws,
    revisionFlaws,
    idFlaws,
    timeFlaws,
    rowFlaws,
  ]) {
    if (!(yield* attempted(database, check))) return;
  }
}

/** False where the file can't be read on. */
function* attempted(database: DatabaseSync, check: Check): Generator<string, boolean, undefined> {
  try {
    yield* check(database);
    return true;
  } catch (error) {
    yield error instanceof NotOurs ? error.message : `the file is damaged (SQLite says: ${wordsOf(error)})`;
    return false;
  }
}

function* makeFlaws(database: DatabaseSync): Generator<string, void, undefined> {
  const objects = numberOrText(database, 'SELECT count(*) FROM sqlite_schema');
  if (objects === 0) throw new NotOurs('the file is empty: there is no record in it');
  const id = numberOrText(database, 'PRAGMA application_id');
  const version = numberOrText(database, 'PRAGMA user_version');
  if (Number(version) > storageFormat) {
    throw new NotOurs(
      `the file has storage format ${String(version)}; this version knows formats up to ${storageFormat}. Install the newer version that wrote it, or restore a backup from before the upgrade`,
    );
  }
  if (id !== applicationId) yield `the file is not marked as ours (application_id is ${String(id)})`;
  if (id === applicationId && version !== storageFormat) {
    throw new NotOurs(
      `the file has storage format ${String(version)}, and this version knows format ${storageFormat}`,
    );
  }
  const there = objectsOf(database);
  const wanted = wantedObjects();
  for (const [name, sql] of wanted) {
    if (!there.has(name)) yield `the ${name} is missing`;
    else if (there.get(name) !== sql) yield `the ${name} is not as this program makes it`;
  }
  for (const name of there.keys()) if (!wanted.has(name)) yield `the ${name} is none of ours`;
}

/** Every object by kind and name, with its text; an index that SQLite made for a constraint has none. */
function objectsOf(database: DatabaseSync): ReadonlyMap<string, string> {
  const rows = database
    .prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'")
    .all();
  return new Map(rows.map(({ type, name, sql }) => [`${String(type)} ${String(name)}`, bare(sql)]));
}

function wantedObjects(): ReadonlyMap<string, string> {
  const memory = new DatabaseSync(':memory:');
  try {
    memory.exec(schema);
    return objectsOf(memory);
  } finally {
    memory.close();
  }
}

/** The layout of a text is no part of what it says. */
function bare(sql: unknown): string {
  return typeof sql === 'string' ? sql.replace(/\s+/g, ' ') : '';
}

function* pageFlaws(database: DatabaseSync): Generator<string, void, undefined> {
  const pages = Number(numberOrText(database, 'PRAGMA page_count'));
  const bytes = pages * Number(numberOrText(database, 'PRAGMA page_size'));
  const check = bytes > wholeCheckBytes ? 'quick_check' : 'integrity_check';
  const rows = database.prepare(`PRAGMA ${check}(${examples})`).all();
  for (const row of rows) {
    const says = String(Object.values(row)[0]);
    if (says !== 'ok') yield `its pages are damaged (${says.replace(/\s+/g, ' ')})`;
  }
}

function* identityFlaws(database: DatabaseSync): Generator<string, void, undefined> {
  const rows = database.prepare('SELECT life, epoch FROM identity ORDER BY life').all();
  if (rows.length === 0) yield 'its identity is gone: nobody can say which store it is';
  for (const [index, { life, epoch }] of rows.entries()) {
    if (Number(life) !== index + 1)
      yield `its identity of life ${index + 1} is gone, and one of life ${Number(life)} is there`;
    if (!/^[0-9A-Za-z-]{1,64}$/.test(String(epoch))) yield `its identity "${String(epoch)}" is none`;
  }
}

/** Positions are given without a gap: what a transaction does not keep, it does not number. */
function* positionFlaws(database: DatabaseSync): Generator<string, void, undefined> {
  const before = 'lag(position, 1, 0) OVER (ORDER BY position)';
  const gaps = `SELECT before, position FROM (SELECT position, ${before} AS before FROM events) WHERE position <> before + 1`;
  yield* told(database, gaps, ({ before, position }) => {
    const [first, last] = [Number(before) + 1, Number(position) - 1];
    if (first > last) return `an event stands at position ${String(position)}, before the first`;
    return first === last
      ? `the event at position ${first} is missing`
      : `the events at positions ${first} to ${last} are missing`;
  });
  const head = Number(numberOrText(database, 'SELECT max(position) FROM events') ?? 0);
  const given = Number(numberOrText(database, "SELECT seq FROM sqlite_sequence WHERE name = 'events'") ?? 0);
  if (given > head) {
    yield `its newest events are missing: positions were given up to ${given}, and the last event stands at ${head}`;
  }
  if (given < head) yield `positions were given up to ${given}, and an event stands at ${head}`;
}

function* revisionFlaws(database: DatabaseSync): Generator<string, void, undefined> {
  const inner = `SELECT stream, revision, position, lag(revision, 1, -1) OVER w AS before, lag(position, 1, 0) OVER w AS earlier
    FROM events WINDOW w AS (PARTITION BY stream ORDER BY revision, position)`;
  const wrong = `SELECT * FROM (${inner}) WHERE revision <> before + 1 OR position < earlier`;
  yield* told(database, wrong, ({ stream, revision, before }) => {
    const [is, was] = [Number(revision), Number(before)];
    if (is === was) return `revision ${is} of ${String(stream)} stands there twice`;
    if (is > was + 1) return `revision ${was + 1} of ${String(stream)} is missing`;
    return `revision ${is} of ${String(stream)} stands before revision ${was}: their order was changed`;
  });
}

function* idFlaws(database: DatabaseSync): Generator<string, void, undefined> {
  const twice =
    'SELECT id, count(*) AS n, min(position) AS a, max(position) AS b FROM events GROUP BY id HAVING n > 1';
  yield* told(
    database,
    twice,
    ({ id, a, b }) =>
      `the event ${String(id)} stands in two places, at positions ${String(a)} and ${String(b)}`,
  );
}

const instant = '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9].[0-9][0-9][0-9]Z';

function* timeFlaws(database: DatabaseSync): Generator<string, void, undefined> {
  const inner = `SELECT position, recorded_at, lag(recorded_at, 1, '') OVER (ORDER BY position) AS before FROM events`;
  const wrong = `SELECT * FROM (${inner}) WHERE recorded_at < before OR recorded_at NOT GLOB '${instant}'`;
  yield* told(
    database,
    wrong,
    ({ position, recorded_at: at, before }) =>
      `the event at position ${String(position)} says that it was recorded at ${String(at)}` +
      (String(at) < String(before)
        ? `, before the one in front of it (${String(before)})`
        : ', which is no time'),
  );
}

/** Rows that are not what was appended; a forger makes the checksums anew, and the logs tell of him. */
function* rowFlaws(database: DatabaseSync): Generator<string, void, undefined> {
  let found = 0;
  for (const row of storedRows(database)) {
    if (isAsStored(row)) continue;
    found += 1;
    if (found > examples) break;
    yield `the event at position ${row.position} (revision ${row.revision} of ${row.stream}) is not what was stored: its checksum is another one`;
  }
  if (found > examples) yield 'and there are more of this kind';
}

/** The first few in a sentence each, and that there are more. */
function* told(
  database: DatabaseSync,
  sql: string,
  tell: (row: Record<string, unknown>) => string,
): Generator<string, void, undefined> {
  const rows = database.prepare(`${sql} LIMIT ${examples + 1}`).all();
  for (const row of rows.slice(0, examples)) yield tell(row);
  if (rows.length > examples) yield 'and there are more of this kind';
}
