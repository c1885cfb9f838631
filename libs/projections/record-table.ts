import type { LastRead, Msg, Position, Recorded } from '#libs/event-store';

import { keepBeside } from './beside-table.js';
import type { Sequenced, Tables } from './definitions.js';
import { ReadModelsDiffer, RecordGap } from './errors.js';
import type { Checkpoint } from './slots.js';

export const recordName = 'record';

/** Its version never moves alone: another shape of these tables is another schema of the whole file. */
export const recordDefinition = {
  name: recordName,
  version: 1,
  schema: [
    `CREATE TABLE {events} (
      ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL, stream TEXT NOT NULL, revision INTEGER NOT NULL,
      type TEXT NOT NULL, recorded_at TEXT NOT NULL, running_max TEXT NOT NULL, position TEXT NOT NULL,
      log TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (stream, revision), UNIQUE (log, seq)
    ) STRICT`,
    // Not unique: the store takes one id in two streams, and the record must never halt at what the store took.
    'CREATE INDEX {event_ids} ON {events} (id)',
    `CREATE TABLE {beside} (
      stream TEXT NOT NULL, revision INTEGER NOT NULL, type TEXT NOT NULL, recorded_at TEXT NOT NULL,
      position TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (stream, revision)
    ) STRICT, WITHOUT ROWID`,
  ],
};

/** The parts of an event that are kept as one JSON text. */
export type Body = Pick<Recorded, 'data' | 'content' | 'meta' | 'salt'>;

export interface RecordEnd extends Checkpoint {
  /** The greatest `recordedAt` so far; sorts before every instant while there is none. */
  readonly runningMaximum: string;
}

export function runningMaximumAt(tables: Tables, ordinal: number): string {
  const row = tables.prepare('SELECT running_max FROM {events} WHERE ordinal = ?').get(ordinal);
  return String(row?.['running_max'] ?? '');
}

/** Which log a stream belongs to, told by its first event. */
export type LogOf = (first: Recorded) => string;

export interface Inserting {
  /** The streams that are no part of the record and kept all the same, by the beginning of their names. */
  readonly besidePrefixes: readonly string[];
  /** Ids whose content was erased since this process started: a read under way may still bring it. */
  readonly forgotten: ReadonlySet<string>;
  readonly logOf: LogOf;
}

/** Where the store holds another event in its place, what was read is of another store. */
export function lastRead(tables: Tables, ordinal: number): LastRead | undefined {
  const row = tables.prepare('SELECT id, position FROM {events} WHERE ordinal = ?').get(ordinal);
  if (row === undefined) return undefined;
  return { id: String(row['id']), position: String(row['position']) as Position };
}

/** Up to the same place of the store there are as many events as there were, or one of the two is not its image. */
export function refuseFewer({ ordinal, position }: Checkpoint, is: RecordEnd): void {
  if (position === undefined || is.position === undefined || is.position < position) return;
  throw new ReadModelsDiffer(
    `The store holds ${is.ordinal + 1} event(s) of the record, where the read models hold ${ordinal + 1}`,
  );
}

/** Writes the events of a batch after the end of the table, and tells the new end and what now stands there. */
export function insertBatch(
  tables: Tables,
  end: RecordEnd,
  batch: readonly Msg[],
  { besidePrefixes, forgotten, logOf }: Inserting,
): { readonly end: RecordEnd; readonly inserted: readonly Sequenced[] } {
  let { ordinal, position, runningMaximum } = end;
  const inserted: Sequenced[] = [];
  const ends: Ends = { streams: new Map(), logs: new Map() };
  for (const message of batch) {
    if (message.kind === 'caughtUp') continue;
    if (message.kind === 'event' && besidePrefixes.some((one) => message.event.stream.startsWith(one))) {
      keepBeside(tables, message.event);
    } else if (message.kind === 'event') {
      const event = forgotten.has(message.event.id)
        ? { ...message.event, content: null, salt: null }
        : message.event;
      const before = beforeOf(tables, event, ends);
      ordinal += 1;
      if (event.recordedAt > runningMaximum) runningMaximum = event.recordedAt;
      const log = before?.log ?? logOf(event);
      const seq = (ends.logs.get(log) ?? lastSeq(tables, log)) + 1;
      insertEvent(tables, { event, ordinal, runningMaximum, log, seq });
      ends.streams.set(event.stream, { revision: event.revision, log });
      ends.logs.set(log, seq);
      inserted.push({ ordinal, log, seq, event });
    }
    const reached = message.kind === 'event' ? message.event.position : message.position;
    // A store may give the place just before its last event as a checkpoint; going back to it would gain nothing.
    if (position === undefined || reached > position) position = reached;
  }
  return { end: { ordinal, position, runningMaximum }, inserted };
}

/**
 * The event before this one in its stream; undefined where this is the first. A hole would be folded over as if nothing
 * had been there; so the record ends before it.
 */
function beforeOf(
  tables: Tables,
  { stream, revision, id }: Recorded,
  { streams }: Ends,
): { readonly log: string } | undefined {
  const last = streams.get(stream) ?? lastOf(tables, stream);
  const wanted = last === undefined ? 0n : last.revision + 1n;
  if (revision === wanted) return last;
  const what =
    revision > wanted
      ? `revision ${wanted} of ${stream} is missing in the store`
      : `the store gives revision ${revision} of ${stream} a second time, as event ${id}`;
  throw new RecordGap(`${what}: "entente doctor" says what else is damaged.`);
}

interface EndOfStream {
  readonly revision: bigint;
  readonly log: string;
}

/** Where the streams and logs of a batch end so far; they are asked of the tables once. */
interface Ends {
  readonly streams: Map<string, EndOfStream>;
  readonly logs: Map<string, number>;
}

function lastOf(tables: Tables, stream: string): EndOfStream | undefined {
  const row = tables
    .prepare('SELECT revision, log FROM {events} WHERE stream = ? ORDER BY revision DESC LIMIT 1')
    .get(stream);
  return row && { revision: BigInt(Number(row['revision'])), log: String(row['log']) };
}

/** -1 where the log has none. */
function lastSeq(tables: Tables, log: string): number {
  const row = tables.prepare('SELECT max(seq) AS last FROM {events} WHERE log = ?').get(log);
  return Number(row?.['last'] ?? -1);
}

interface NewRow {
  readonly event: Recorded;
  readonly ordinal: number;
  readonly runningMaximum: string;
  readonly log: string;
  readonly seq: number;
}

function insertEvent(tables: Tables, { event, ordinal, runningMaximum, log, seq }: NewRow): void {
  const { id, stream, revision, type, recordedAt, position, data, content, meta, salt } = event;
  const body: Body = { data, content, meta, salt };
  tables
    .prepare(
      `INSERT INTO {events} (ordinal, id, stream, revision, type, recorded_at, running_max, position, log, seq, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      ...[ordinal, id, stream, revision, type, recordedAt, runningMaximum, position, log, seq],
      JSON.stringify(body),
    );
}
