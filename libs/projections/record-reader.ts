import type { Position } from '#libs/event-store';

import type { RecordReader, Sequenced, Tables } from './definitions.js';
import { columns, toSequenced } from './record-row.js';
import type { Row } from './record-row.js';

const noBound = 0x7fff_ffff_ffff_ffffn;
const instantShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Reads the record's tables, and of them nothing above a ceiling: the head, or the event being applied. */
export class TableReader implements RecordReader {
  constructor(
    private readonly tables: () => Tables,
    private readonly ceiling: () => number,
    /** What has only just come, where that is asked for: it is in memory still. */
    private readonly recent: (ordinal: number, limit: number) => readonly Sequenced[] | undefined = () =>
      undefined,
  ) {}

  get headOrdinal(): number {
    return this.ceiling();
  }

  byOrdinal(ordinal: number): Sequenced | undefined {
    return this.#select('ordinal = ? AND ordinal <= ?', ordinal, this.headOrdinal)[0];
  }

  byId(eventId: string): Sequenced | undefined {
    return this.#select('id = ? AND ordinal <= ? ORDER BY ordinal LIMIT 1', eventId, this.headOrdinal)[0];
  }

  ofStream(
    stream: string,
    {
      fromRevision = 0n,
      uptoOrdinal = this.headOrdinal,
      uptoRevision = noBound,
    }: { fromRevision?: bigint; uptoOrdinal?: number; uptoRevision?: bigint } = {},
  ): Sequenced[] {
    const bound = Math.min(uptoOrdinal, this.headOrdinal);
    return this.#select(
      'stream = ? AND revision BETWEEN ? AND ? AND ordinal <= ? ORDER BY revision',
      stream,
      fromRevision,
      uptoRevision,
      bound,
    );
  }

  after(ordinal: number, limit: number): readonly Sequenced[] {
    const recent = this.recent(ordinal, limit);
    if (recent !== undefined) return recent;
    return this.#select(
      'ordinal > ? AND ordinal <= ? ORDER BY ordinal LIMIT ?',
      ordinal,
      this.headOrdinal,
      limit,
    );
  }

  ordinalOf(stream: string, revision: bigint): number | undefined {
    const row = this.tables()
      .prepare('SELECT ordinal FROM {events} WHERE stream = ? AND revision = ? AND ordinal <= ?')
      .get(stream, revision, this.headOrdinal);
    return row && Number(row['ordinal']);
  }

  endOf(stream: string): number {
    const row = this.tables()
      .prepare(
        'SELECT revision FROM {events} WHERE stream = ? AND ordinal <= ? ORDER BY revision DESC LIMIT 1',
      )
      .get(stream, this.headOrdinal);
    return Number(row?.['revision'] ?? -1);
  }

  lastOf(stream: string, type: string): number {
    const row = this.tables()
      .prepare('SELECT max(revision) AS last FROM {events} WHERE stream = ? AND type = ? AND ordinal <= ?')
      .get(stream, type, this.headOrdinal);
    return Number(row?.['last'] ?? -1);
  }

  ordinalAt(instant: string): number {
    if (!instantShape.test(instant)) throw new RangeError(`"${instant}" is not UTC with milliseconds.`);
    return this.#lastAtMost('running_max', instant);
  }

  logOf(stream: string): string | undefined {
    const row = this.tables()
      .prepare('SELECT log FROM {events} WHERE stream = ? AND revision = 0 AND ordinal <= ?')
      .get(stream, this.headOrdinal);
    return row && String(row['log']);
  }

  ordinalIn(log: string, seq: number): number | undefined {
    const row = this.tables()
      .prepare('SELECT ordinal FROM {events} WHERE log = ? AND seq = ? AND ordinal <= ?')
      .get(log, seq, this.headOrdinal);
    return row && Number(row['ordinal']);
  }

  ordinalsIn(log: string, first: number, count: number): readonly number[] {
    return this.tables()
      .prepare(
        'SELECT ordinal FROM {events} WHERE log = ? AND seq >= ? AND seq < ? AND ordinal <= ? ORDER BY seq',
      )
      .all(log, first, first + count, this.headOrdinal)
      .map((row) => Number(row['ordinal']));
  }

  /** One step through the index for each. */
  logs(): readonly string[] {
    return this.tables()
      .prepare(
        `WITH RECURSIVE log(name) AS (
           SELECT min(log) FROM {events}
           UNION ALL
           SELECT (SELECT min(log) FROM {events} WHERE log > name) FROM log WHERE name IS NOT NULL
         ) SELECT name FROM log WHERE name IS NOT NULL`,
      )
      .all()
      .map((row) => String(row['name']))
      .filter((log) => log !== '' && this.ordinalIn(log, 0) !== undefined);
  }

  seqAt(log: string, ordinal: number): number {
    const row = this.tables().prepare('SELECT max(seq) AS last FROM {events} WHERE log = ?').get(log);
    const last = row?.['last'];
    const bound = Math.min(ordinal, this.headOrdinal);
    const isWithin = (seq: number) => (this.ordinalIn(log, seq) ?? Infinity) <= bound;
    const end = last === null || last === undefined ? -1 : Number(last);
    // Mostly all of the log is asked for.
    return isWithin(end) ? end : lastWithin(end, isWithin);
  }

  ordinalAtPosition(position: Position): number {
    return this.#lastAtMost('position', position);
  }

  recordedAt(ordinal: number): string | undefined {
    return this.#value('recorded_at', ordinal);
  }

  positionAt(ordinal: number): Position | undefined {
    return this.#value('position', ordinal) as Position | undefined;
  }

  get runningMaximum(): string {
    return this.#value('running_max', this.headOrdinal) ?? '';
  }

  /** Both columns rise with the ordinal, so halving finds the place in a few reads and needs no index. */
  #lastAtMost(column: 'running_max' | 'position', bound: string): number {
    return lastWithin(this.headOrdinal, (ordinal) => {
      const value = this.#value(column, ordinal);
      return value !== undefined && value <= bound;
    });
  }

  #value(column: 'recorded_at' | 'running_max' | 'position', ordinal: number): string | undefined {
    if (ordinal > this.headOrdinal) return undefined;
    const row = this.tables()
      .prepare(`SELECT ${column} AS value FROM {events} WHERE ordinal = ?`)
      .get(ordinal);
    return row && String(row['value']);
  }

  #select(condition: string, ...values: (string | number | bigint)[]): Sequenced[] {
    const statement = this.tables().prepare(`SELECT ${columns} FROM {events} WHERE ${condition}`);
    statement.setReturnArrays(true);
    return (statement.all(...values) as unknown as Row[]).map(toSequenced);
  }
}

/** The last of 0 to `last` for which it holds, where it holds for all before that one; -1 if for none. */
function lastWithin(last: number, holds: (place: number) => boolean): number {
  let low = -1;
  let high = last;
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
