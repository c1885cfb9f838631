import type { DatabaseSync, StatementSync } from 'node:sqlite';

import type { Position, Recorded } from '#libs/event-store';

import type { PutOff } from './put-off.js';

/** An event of the record with its places in it, both dense (0, 1, 2 …) and in store order. */
export interface Sequenced {
  /** Among all events of the record: it tells how much others write, so nobody outside is shown it. */
  readonly ordinal: number;
  readonly log: string;
  /** Among the events of its log. */
  readonly seq: number;
  readonly event: Recorded;
}

/** An event of a stream that is kept beside the record. */
export type Aside = Pick<Recorded, 'stream' | 'type' | 'recordedAt' | 'data'>;

export interface Beside {
  /** Of all streams whose names begin like that, in the store's order. */
  under(prefix: string): readonly Aside[];
  /** What stays the same until something is added under that prefix, for whoever keeps what is made of it. */
  mark(prefix: string): string;
  /** Of each of those streams the last event alone, for streams whose last event tells all. */
  lastUnder(prefix: string): readonly Aside[];
  at(stream: string, revision: number): Aside | undefined;
}

/** The tables of one slot of one projection; in every SQL text `{x}` stands for the quoted name of its table x. */
export interface Tables {
  readonly db: DatabaseSync;
  /** The physical name of a logical table, quoted. */
  table(logical: string): string;
  /** Cached by its text, so a statement that is asked for again costs nothing. */
  prepare(sql: string): StatementSync;
}

/**
 * Reads of the record: the first projection, which gives every event its ordinal, its log and its seq.
 * Inside `apply` nothing after the event being applied can be seen, so that a rebuild sees what the first pass saw.
 */
export interface RecordReader {
  /** -1 while the record is empty. */
  readonly headOrdinal: number;
  byOrdinal(ordinal: number): Sequenced | undefined;
  /** The earliest, should one id have been used in two streams. */
  byId(eventId: string): Sequenced | undefined;
  /** In ordinal order; all bounds are inclusive. */
  ofStream(
    stream: string,
    bounds?: {
      readonly fromRevision?: bigint;
      readonly uptoOrdinal?: number;
      readonly uptoRevision?: bigint;
    },
  ): Sequenced[];
  after(ordinal: number, limit: number): readonly Sequenced[];
  ordinalOf(stream: string, revision: bigint): number | undefined;
  /** The revision of its last event; -1 while the record holds nothing of it. */
  endOf(stream: string): number;
  /** The revision of its last event of the type; -1 where it holds none. */
  lastOf(stream: string, type: string): number;
  /**
   * The end of the longest prefix whose running maximum of `recordedAt` is at or before the instant; -1 if there is
   * none. The instant is written as `recordedAt` is (UTC, milliseconds, fixed width); another shape is a RangeError.
   */
  ordinalAt(instant: string): number;
  recordedAt(ordinal: number): string | undefined;
  positionAt(ordinal: number): Position | undefined;
  /** Which log the stream belongs to; undefined while the record holds nothing of it. */
  logOf(stream: string): string | undefined;
  /** The seq of the last event of the log at or before the ordinal; -1 if there is none. */
  seqAt(log: string, ordinal: number): number;
  /** Where the event of the log stands in the record. */
  ordinalIn(log: string, seq: number): number | undefined;
  /** The same of so many of them one after the other, or of as many as there are. */
  ordinalsIn(log: string, first: number, count: number): readonly number[];
  /** The logs that it holds anything of, in the order of their names. */
  logs(): readonly string[];
  /** The last event at or before a place in the store's order; -1 if there is none. */
  ordinalAtPosition(position: Position): number;
  /** The greatest `recordedAt` of the record; empty, which sorts before every instant, while there is none. */
  readonly runningMaximum: string;
}

export interface ProjectionDefinition {
  /** Letters, digits and hyphens; it is part of the table names. */
  readonly name: string;
  /** A change of schema or of meaning needs another version; the tables of that version are then built anew. */
  readonly version: number;
  /** DDL statements for one slot; `{x}` stands for the physical name of the logical table or index x. */
  readonly schema: readonly string[];
  /**
   * Synchronous, from events only: no clock, no randomness. Runs inside the transaction of its batch, and may run
   * again for the same event after a roll-back. What it throws halts this projection before that event, unless it is
   * a fault of disk or store that passes. What only the last event of a batch has to write may be put off; other rows
   * that are read again in the same batch may not.
   */
  apply(sequenced: Sequenced, tables: Tables, record: RecordReader, putOff: PutOff): void;
  /**
   * Takes out of the tables what they have of the content of these events, which it has applied and which have none any
   * more: the tables have to be then as if the content had never been there. Synchronous, and in the transaction in which
   * the record loses it, so that it does not depend on how far this projection will ever come. To be left out where the
   * tables hold nothing of any content.
   */
  forget?(events: readonly Sequenced[], tables: Tables, record: RecordReader): void;
}

/** Must be safe to repeat: after a crash, or where the read models were lost, it sees events for a second time. */
export interface PolicyHandler {
  readonly name: string;
  /** Gives the position of the newest consequence of the event, whoever appended it; undefined where it has none. */
  handle(sequenced: Sequenced, record: RecordReader): Promise<Position | undefined>;
}

/** What a person has to know of: a projection that halted, or read models that had to be made anew. */
export interface Incident {
  readonly projection: string;
  /** The event at which it happened; -1 where no event is the cause. */
  readonly ordinal: number;
  readonly error: unknown;
}

export type Report = (incident: Incident) => void;

/** `waiting`: for a fault of disk or store to pass; it goes on by itself. `halted`: for good, until a restart at least. */
export type ProjectionState = 'catching-up' | 'live' | 'waiting' | 'halted' | 'rebuilding';

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  /** The last event applied, -1 if none. */
  readonly ordinal: number;
  /**
   * Events that are not yet applied, up to the store's end as far as that is known. The store does not count, so what the
   * record has yet to read is told by its places, in proportion to what was read; undefined while nothing was.
   */
  readonly lag: number | undefined;
  readonly state: ProjectionState;
  /** Whether it can be read. */
  readonly serves: boolean;
  readonly error?: { readonly message: string; readonly ordinal: number };
}

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export type Waited = 'reached' | 'lagging';
