import { DatabaseSync, type StatementSync } from 'node:sqlite';

import { Fatal, Unavailable, type Filter, type Page, type PagedLog, type Recorded } from '#libs/event-store';

import { conditionsOf, FewPlaces } from './filter-conditions.js';
import { columns, recordedFrom, safe } from './recorded-row.js';
import type { Row } from './recorded-row.js';
import { SQLITE, resultCodeOf, wordsOf } from './sqlite-failure.js';

/** How many events one page searches at the most, so that a sparse filter gives checkpoints as it goes. */
const searchedEvents = 10_000;
/** How much JSON one page holds at the most, one event more or less. */
const pageCharacters = 8_388_608;
/** A read changes nothing, so what failed of the disk, of a lock or of full shared memory is simply asked again. */
const passing: ReadonlySet<number> = new Set([SQLITE.busy, SQLITE.io, SQLITE.full, SQLITE.cantOpen]);
/** Filters come from code and are few in shape; the bound keeps a mistake from piling statements up. */
const cachedStatements = 64;
/** Of how many streams it is remembered where they end. */
const headsKept = 20_000;

type Value = string | number | bigint;

/**
 * Reads in short transactions on a connection of its own: every page is read to its end at once, so a reader that
 * leaves early holds nothing open and keeps no checkpoint from the file.
 */
export class SqliteReader implements PagedLog {
  readonly #database: DatabaseSync;
  readonly #isOwn: boolean;
  readonly #statements = new Map<string, StatementSync>();
  readonly #heads = new Map<string, bigint>();
  readonly #few = new FewPlaces(searchedEvents, (sql, values) => this.#number(sql, ...values));
  readonly #onFatal: (error: Fatal) => void;
  #closed = false;

  /** The connection goes on to be the caller's where it was given open. */
  constructor(
    file: string | DatabaseSync,
    readonly epoch: string,
    onFatal: (error: Fatal) => void,
  ) {
    this.#isOwn = typeof file === 'string';
    this.#database =
      typeof file === 'string' ? new DatabaseSync(file, { readOnly: true, timeout: 5_000 }) : file;
    this.#onFatal = onFatal;
  }

  head(): bigint {
    return this.#number('SELECT max(position) FROM events') ?? 0n;
  }

  page(after: bigint, filter: Filter | undefined, limit: number): Page {
    const head = this.head();
    // Between two events there may be nothing for as far as somebody has put one behind all others by hand.
    const isFar = after + BigInt(searchedEvents) < head;
    const next = isFar ? this.#number('SELECT min(position) FROM events WHERE position > ?', after) : after;
    const reach = (next ?? after) + BigInt(searchedEvents);
    const few = reach < head ? this.#few.of(filter) : undefined;
    const end = reach < head && few === undefined ? reach : head;
    const { sql: where, values } = conditionsOf(filter);
    const among = few === undefined ? '' : ` AND position IN (${few.sql})`;
    const found = this.#read(
      `SELECT ${columns} FROM events WHERE position > ? AND position <= ?${among}${where} ORDER BY position LIMIT ?`,
      [after, end, ...(few?.values ?? []), ...values, limit],
    );
    const full = found.cut || found.events.length === limit;
    const searchedTo = full && found.last !== undefined ? found.last : end;
    return { events: found.events, searchedTo, reachedHead: searchedTo === head };
  }

  streamHead(stream: string): bigint | undefined {
    const head = this.#number(`SELECT ${safe('max(revision)')} FROM events WHERE stream = ?`, stream);
    if (head !== undefined) this.reached(stream, head);
    return head;
  }

  /** What the writer says, or was read before: nobody else writes, so it is where the stream ends. */
  headKept(stream: string): bigint | undefined {
    return this.#heads.get(stream);
  }

  reached(stream: string, revision: bigint): void {
    const before = this.#heads.get(stream) ?? -1n;
    this.#heads.delete(stream);
    this.#heads.set(stream, revision > before ? revision : before);
    const [oldest] = this.#heads.keys();
    if (this.#heads.size > headsKept && oldest !== undefined) this.#heads.delete(oldest);
  }

  streamPage(stream: string, from: bigint, to: bigint): readonly Recorded[] {
    const [low, high, order] = from <= to ? [from, to, 'ASC'] : [to, from, 'DESC'];
    return this.#read(
      `SELECT ${columns} FROM events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision ${order}`,
      [stream, low, high],
    ).events;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#statements.clear();
    if (this.#isOwn) this.#database.close();
  }

  /** Events up to the size of a page; `cut` says that more would have come. */
  #read(sql: string, values: Value[]): { events: Recorded[]; last: bigint | undefined; cut: boolean } {
    return this.#guarded(sql, (statement) => {
      const events: Recorded[] = [];
      let [last, characters] = [undefined as bigint | undefined, 0];
      for (const row of statement.iterate(...values) as Iterable<unknown> as Iterable<Row>) {
        events.push(recordedFrom(row, this.epoch));
        last = BigInt(row[0]);
        characters += row[5].length + (row[6]?.length ?? 0) + row[8].length;
        if (characters > pageCharacters) return { events, last, cut: true };
      }
      return { events, last, cut: false };
    });
  }

  #number(sql: string, ...values: Value[]): bigint | undefined {
    return this.#guarded(sql, (statement) => {
      const [row] = statement.all(...values) as unknown as [number | null][];
      const value = row?.[0];
      return value === null || value === undefined ? undefined : BigInt(value);
    });
  }

  #guarded<T>(sql: string, read: (statement: StatementSync) => T): T {
    if (this.#closed) throw new Unavailable('The store is closed.');
    try {
      return read(this.#statement(sql));
    } catch (error) {
      const code = resultCodeOf(error);
      if (code === undefined) throw error;
      const words = wordsOf(error);
      if (passing.has(code))
        throw new Unavailable(`The store can't be read now (${words}).`, { cause: error });
      const fatal = new Fatal(`The record can't be read (${words}).`, { cause: error });
      this.#onFatal(fatal);
      throw fatal;
    }
  }

  #statement(sql: string): StatementSync {
    const cached = this.#statements.get(sql);
    if (cached !== undefined) return cached;
    if (this.#statements.size >= cachedStatements) this.#statements.clear();
    const statement = this.#database.prepare(sql);
    statement.setReturnArrays(true);
    this.#statements.set(sql, statement);
    return statement;
  }
}
