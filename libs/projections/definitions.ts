import type { DatabaseSync, StatementSync } from 'node:sqlite';

import type { Position, Recorded } from '#libs/event-store';

/** An event of the record with its dense ordinal (0, 1, 2 …), in store order. */
export interface Sequenced {
  readonly seq: number;
  readonly event: Recorded;
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
 * Reads of the record: the first projection, which gives every event its seq.
 * Inside `apply` nothing after the event being applied can be seen, so that a rebuild sees what the first pass saw.
 */
export interface RecordReader {
  /** -1 while the record is empty. */
  readonly headSeq: number;
  bySeq(seq: number): Sequenced | undefined;
  /** The earliest, should one id have been used in two streams. */
  byId(eventId: string): Sequenced | undefined;
  /** In seq order; both bounds are inclusive. */
  ofStream(
    stream: string,
    bounds?: { readonly uptoSeq?: number; readonly uptoRevision?: bigint },
  ): Sequenced[];
  after(seq: number, limit: number): Sequenced[];
  seqOf(stream: string, revision: bigint): number | undefined;
  /**
   * The end of the longest prefix whose running maximum of `recordedAt` is at or before the instant; -1 if there is
   * none. The instant is written as `recordedAt` is (UTC, milliseconds, fixed width); another shape is a RangeError.
   */
  seqAt(instant: string): number;
  recordedAt(seq: number): string | undefined;
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
   * a fault of disk or store that passes.
   */
  apply(sequenced: Sequenced, tables: Tables, record: RecordReader): void;
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
  readonly seq: number;
  readonly error: unknown;
}

export type Report = (incident: Incident) => void;

/** `waiting`: for a fault of disk or store to pass; it goes on by itself. `halted`: for good, until a restart at least. */
export type ProjectionState = 'catching-up' | 'live' | 'waiting' | 'halted' | 'rebuilding';

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  /** The last event applied, -1 if none. */
  readonly seq: number;
  /** Events of the record that are not yet applied. Of the record itself: 0, since the store does not count. */
  readonly lag: number;
  readonly state: ProjectionState;
  readonly error?: { readonly message: string; readonly seq: number };
}

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export type Waited = 'reached' | 'lagging';
