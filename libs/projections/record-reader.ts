import type { Position } from '#libs/event-store';

import type { RecordReader, Sequenced, Tables } from './definitions.js';
import type { Body } from './record-table.js';

type Row = [
  seq: number,
  id: string,
  stream: string,
  revision: number,
  type: string,
  recordedAt: string,
  position: string,
  body: string,
];

const columns = 'seq, id, stream, revision, type, recorded_at, position, body';
const noBound = 0x7fff_ffff_ffff_ffffn;
const instantShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Reads the record's tables, and of them nothing above a ceiling: the head, or the event being applied. */
export class TableReader implements RecordReader {
  constructor(
    private readonly tables: () => Tables,
    private readonly ceiling: () => number,
  ) {}

  get headSeq(): number {
    return this.ceiling();
  }

  bySeq(seq: number): Sequenced | undefined {
    return this.#select('seq = ? AND seq <= ?', seq, this.headSeq)[0];
  }

  byId(eventId: string): Sequenced | undefined {
    return this.#select('id = ? AND seq <= ? ORDER BY seq LIMIT 1', eventId, this.headSeq)[0];
  }

  ofStream(
    stream: string,
    { uptoSeq = this.headSeq, uptoRevision = noBound }: { uptoSeq?: number; uptoRevision?: bigint } = {},
  ): Sequenced[] {
    const bound = Math.min(uptoSeq, this.headSeq);
    return this.#select(
      'stream = ? AND revision <= ? AND seq <= ? ORDER BY revision',
      stream,
      uptoRevision,
      bound,
    );
  }

  after(seq: number, limit: number): Sequenced[] {
    return this.#select('seq > ? AND seq <= ? ORDER BY seq LIMIT ?', seq, this.headSeq, limit);
  }

  seqOf(stream: string, revision: bigint): number | undefined {
    const row = this.tables()
      .prepare('SELECT seq FROM {events} WHERE stream = ? AND revision = ? AND seq <= ?')
      .get(stream, revision, this.headSeq);
    return row && Number(row['seq']);
  }

  seqAt(instant: string): number {
    if (!instantShape.test(instant)) throw new RangeError(`"${instant}" is not UTC with milliseconds.`);
    return this.#lastAtMost('running_max', instant);
  }

  /** The last event at or before a place in the store's order; -1 if there is none. */
  seqAtPosition(position: Position): number {
    return this.#lastAtMost('position', position);
  }

  recordedAt(seq: number): string | undefined {
    return this.#value('recorded_at', seq);
  }

  get runningMaximum(): string {
    return this.#value('running_max', this.headSeq) ?? '';
  }

  /** Both columns rise with seq, so halving finds the place in a few reads and needs no index. */
  #lastAtMost(column: 'running_max' | 'position', bound: string): number {
    let low = -1;
    let high = this.headSeq;
    while (low < high) {
      const middle = low + Math.ceil((high - low) / 2);
      const value = this.#value(column, middle);
      if (value !== undefined && value <= bound) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #value(column: 'recorded_at' | 'running_max' | 'position', seq: number): string | undefined {
    if (seq > this.headSeq) return undefined;
    const row = this.tables().prepare(`SELECT ${column} AS value FROM {events} WHERE seq = ?`).get(seq);
    return row && String(row['value']);
  }

  #select(condition: string, ...values: (string | number | bigint)[]): Sequenced[] {
    const statement = this.tables().prepare(`SELECT ${columns} FROM {events} WHERE ${condition}`);
    statement.setReturnArrays(true);
    return (statement.all(...values) as unknown as Row[]).map(toSequenced);
  }
}

function toSequenced([seq, id, stream, revision, type, recordedAt, position, body]: Row): Sequenced {
  const { data, content, meta, salt } = JSON.parse(body) as Body;
  return {
    seq,
    event: {
      id,
      type,
      data,
      content,
      salt,
      meta,
      stream,
      revision: BigInt(revision),
      position: position as Position,
      recordedAt,
    },
  };
}
