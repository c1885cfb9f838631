/**
 * The writer's thread. It imports nothing of ours but types, so that it also runs from its source as it stands.
 */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { crc32 } from 'node:zlib';

import type {
  AppendRequest,
  AppendResult,
  EraseResult,
  Fault,
  FromWriter,
  ToWriter,
} from './writer-protocol.js';

/** A checkpoint within a commit is the last resort of a writer that is never idle: 20,000 pages are 80 MiB. */
const autocheckpointPages = 20_000;
const idleBeforeCheckpointMs = 250;
/** Below this backlog a checkpoint costs more disk syncs than it is worth. */
const checkpointBacklogPages = 1_000;

const port = parentPort;
if (port === null) throw new Error('The writer runs in a thread of its own.');

const lockWaitMs = 1_000;
const database = new DatabaseSync(String(workerData), { timeout: lockWaitMs });
setPragma('journal_mode', 'wal');
setPragma('synchronous', 2);
setPragma('secure_delete', 1);
setPragma('wal_autocheckpoint', autocheckpointPages);
setPragma('journal_size_limit', 67_108_864);

const findHead = database.prepare('SELECT max(revision) AS head FROM events WHERE stream = ?');
findHead.setReadBigInts(true);
const findStored = database.prepare(
  'SELECT id, position FROM events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision',
);
findStored.setReadBigInts(true);
const insert = database.prepare(
  `INSERT INTO events (stream, revision, id, type, data, content, salt, meta, recorded_at, checksum, words_checksum)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
insert.setReadBigInts(true);
const findLast = database.prepare('SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1');
const erase = database.prepare(
  'UPDATE events SET content = NULL, salt = NULL, words_checksum = NULL WHERE stream = ? AND revision = ?',
);

let fatalReason: string | undefined;
let nextCommit: 'failNextSync' | 'exitAfterNextCommit' | undefined;
let idle: NodeJS.Timeout | undefined;

port.on('message', (message: ToWriter) => {
  clearTimeout(idle);
  if (message.kind === 'close') {
    database.close();
    return port.close();
  }
  port.postMessage(attempt(() => answer(message)));
  idle = setTimeout(() => {
    const outcome = attempt(checkpointBacklog);
    if (outcome.kind === 'fatal') port.postMessage(outcome);
  }, idleBeforeCheckpointMs);
});
port.postMessage({ kind: 'ready' } satisfies FromWriter);

function answer(message: Exclude<ToWriter, { kind: 'close' }>): FromWriter {
  switch (message.kind) {
    case 'append':
      return { kind: 'appended', results: inTransaction(() => appendAll(message)) };
    case 'erase':
      return { kind: 'erasure', result: eraseContent(message.stream, message.revision) };
    case 'empty':
      return { kind: 'erasure', result: emptied(0) };
    case 'inject':
      inject(message.fault);
      return { kind: 'injected' };
  }
}

/** After a failed sync nobody knows what the disk holds, though SQLite would go on: from then on nothing is written. */
function attempt(work: () => FromWriter): FromWriter {
  if (fatalReason !== undefined) return { kind: 'fatal', reason: fatalReason };
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    const words = error instanceof Error ? error.message : String(error);
    const passing = passingReason(code);
    if (passing !== undefined && rolledBack())
      return { kind: 'unavailable', reason: `${passing} (${words})` };
    fatalReason = `${words} (SQLite code ${code})`;
    return { kind: 'fatal', reason: fatalReason };
  }
}

function codeOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
}

/** The failures that leave the file as it was and pass by themselves or by the operator's hand. */
function passingReason(code: number): string | undefined {
  const [full, busy, sharedMemoryFull] = [13, 5, 4_874];
  if (code === full || code === sharedMemoryFull) return 'The disk is full; nothing was stored. Make space.';
  if ((code & 0xff) === busy) return 'Another program holds the file; nothing was stored.';
  return undefined;
}

function rolledBack(): boolean {
  try {
    if (database.isTransaction) database.exec('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}

function inTransaction<T>(work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  const result = work();
  const fault = nextCommit;
  nextCommit = undefined;
  if (fault === 'failNextSync') throw Object.assign(new Error('disk I/O error'), { errcode: 1_034 });
  database.exec('COMMIT');
  if (fault === 'exitAfterNextCommit') process.exit();
  return result;
}

/** Order is decided here, so time is too: never before the last event, whatever the clock says now. */
function appendAll({ now, appends }: Extract<ToWriter, { kind: 'append' }>): AppendResult[] {
  const last = findLast.get()?.['recorded_at'];
  const recordedAt = typeof last === 'string' && last > now ? last : now;
  return appends.map((one) => append(one, recordedAt));
}

/** A conflict is found before anything is written, so it leaves the other appends of the transaction alone. */
function append({ stream, expected, events }: AppendRequest, recordedAt: string): AppendResult {
  const actual = headOf(stream);
  const before = expected === 'no_stream' ? -1n : expected;
  if (actual === undefined ? expected !== 'no_stream' : actual !== before) {
    return earlierResult(stream, before, events, actual);
  }
  let [revision, position] = [before, 0n];
  for (const { id, type, data, content, salt, meta } of events) {
    revision += 1n;
    const fixed = crc32(data, crc32(meta, crc32(`${stream}\n${revision}\n${id}\n${type}\n${recordedAt}`)));
    const words = content === null ? null : crc32(content, crc32(salt ?? ''));
    const values = [stream, revision, id, type, data, content, salt, meta, recordedAt, fixed, words];
    position = BigInt(insert.run(...values).lastInsertRowid);
  }
  return { kind: 'appended', revision, position, recordedAt };
}

/** A repeat with the same ids at the same revisions gets the result of the first time; anything else conflicts. */
function earlierResult(
  stream: string,
  before: bigint,
  events: AppendRequest['events'],
  actual: bigint | undefined,
): AppendResult {
  const revision = before + BigInt(events.length);
  const stored =
    actual === undefined || revision > actual ? [] : findStored.all(stream, before + 1n, revision);
  const same = stored.length === events.length && stored.every(({ id }, index) => id === events[index]?.id);
  const position = stored.at(-1)?.position;
  return same && typeof position === 'bigint'
    ? { kind: 'appended', revision, position }
    : { kind: 'conflict', actual };
}

function headOf(stream: string): bigint | undefined {
  const head = findHead.get(stream)?.head;
  return typeof head === 'bigint' ? head : undefined;
}

/** The words are gone from reads at the commit, and from the files only when the log that held them is emptied. */
function eraseContent(stream: string, revision: bigint): EraseResult {
  const head = headOf(stream);
  if (head === undefined) return 'no stream';
  if (revision < 0n || revision > head) return 'no revision';
  inTransaction(() => erase.run(stream, revision));
  return emptied(lockWaitMs);
}

function emptied(waitMs: number): EraseResult {
  try {
    database.exec(`PRAGMA busy_timeout = ${waitMs}`);
    return checkpoint('TRUNCATE').busy === 0 ? 'erased' : 'still in the log';
  } catch (error) {
    if (passingReason(codeOf(error)) === undefined) throw error;
    return 'still in the log';
  } finally {
    database.exec(`PRAGMA busy_timeout = ${lockWaitMs}`);
  }
}

function checkpointBacklog(): FromWriter {
  const { log, checkpointed } = checkpoint('NOOP');
  if (log - checkpointed >= checkpointBacklogPages) checkpoint('PASSIVE');
  return { kind: 'ready' };
}

function checkpoint(mode: 'NOOP' | 'PASSIVE' | 'TRUNCATE'): Record<'busy' | 'log' | 'checkpointed', number> {
  const { busy, log, checkpointed } = database.prepare(`PRAGMA wal_checkpoint(${mode})`).get() ?? {};
  return { busy: Number(busy), log: Number(log), checkpointed: Number(checkpointed) };
}

/** Sets a pragma and reads it back: SQLite says nothing when it does not take one. */
function setPragma(name: string, value: string | number): void {
  database.exec(`PRAGMA ${name} = ${value}`);
  const actual = Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  if (actual !== value)
    throw new Error(`SQLite keeps ${name} at ${String(actual)}, where ${value} is needed.`);
}

function inject(fault: Fault): void {
  if (fault.kind === 'maxPages') database.exec(`PRAGMA max_page_count = ${fault.pages}`);
  else nextCommit = fault.kind;
}
