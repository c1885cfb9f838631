import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

import { parsePosition, PositionForeign, Unavailable, type Msg, type Position } from '#libs/event-store';

import { batches } from './batches.js';
import type { Sequenced } from './definitions.js';
import { CheckpointMoved, ReadModelsForeign } from './errors.js';
import { isSettled, passingReason, reasonOfEnd } from './faults.js';
import { Pace } from './pace.js';
import { Patience } from './patience.js';
import { TableReader } from './record-reader.js';
import { takeIn, type Rider } from './record-batch.js';
import { lastRead, recordName, runningMaximumAt, type RecordEnd } from './record-table.js';
import { backOffMs, pause } from './retries.js';
import { haltAt, type Halt, type Runtime } from './runtime.js';
import type { SlotTables } from './slot-tables.js';
import type { Slot } from './slots.js';

export interface RecordOptions {
  readonly prefixes: readonly string[];
  readonly besidePrefixes: readonly string[];
  /** Ids whose content was erased since this process started: a read under way may still bring it. */
  readonly forgotten: ReadonlySet<string>;
  /** The one whose place this one takes as soon as it has come as far. */
  readonly replaces?: RecordProjection;
  readonly onTakeOver?: () => void;
  /** What is level with this record and follows it, where it is the one that serves. */
  readonly riders?: () => readonly Rider[];
}

const attempts = 4;

/** Follows the store into one slot of the record's tables and gives each event its ordinal and its seq. */
export class RecordProjection {
  readonly tables: SlotTables;
  readonly reader: TableReader;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #patience: Patience;
  #end: RecordEnd;
  #recent: readonly Sequenced[] = [];
  #replaces: RecordProjection | undefined;
  #halt: Halt | undefined;
  #caughtUp = false;
  #met = false;

  constructor(
    private readonly runtime: Runtime,
    readonly slot: Slot,
    private readonly options: RecordOptions,
  ) {
    this.#signal = AbortSignal.any([runtime.signal, this.#stop.signal]);
    this.#patience = new Patience(runtime, recordName, this.#signal);
    this.#replaces = options.replaces;
    this.tables = runtime.slots.tables(slot);
    this.reader = new TableReader(
      () => this.tables,
      () => this.ordinal,
    );
    const { ordinal, position } = slot;
    this.#end = { ordinal, position, runningMaximum: runningMaximumAt(this.tables, ordinal) };
  }

  get ordinal(): number {
    return this.#end.ordinal;
  }

  /** The events after the ordinal, where they are among the last ones that came. */
  recent(ordinal: number, limit: number): readonly Sequenced[] | undefined {
    const from = this.#recent.findIndex((one) => one.ordinal === ordinal + 1);
    return from === -1 ? undefined : this.#recent.slice(from, from + limit);
  }

  /** Words may be gone from what came last. */
  forgetRecent(): void {
    this.#recent = [];
  }

  get position(): Position | undefined {
    return this.#end.position;
  }

  get halt(): Halt | undefined {
    return this.#halt;
  }

  /** What it waits for; it goes on by itself. */
  get fault(): Halt | undefined {
    return this.#patience.fault;
  }

  /** Whether the store's head of the time when the following began has been reached. */
  get caughtUp(): boolean {
    return this.#caughtUp;
  }

  /** Whether the store has answered since the following began, so that it is known to be this record's or not. */
  get met(): boolean {
    return this.#met || this.#halt !== undefined;
  }

  /**
   * The store's head at the start: a record that is there already need not wait for the store to say so. One that is
   * further than the head is not caught up but foreign, as the subscription will tell.
   */
  expect(head: Position | undefined): void {
    this.#caughtUp = this.position === head;
  }

  covers(position: Position): boolean {
    const at = this.position;
    return at !== undefined && parsePosition(at).epoch === parsePosition(position).epoch && at >= position;
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Follows until it is stopped or halts; a subscription that fails in passing is begun again where it was. */
  async run(): Promise<void> {
    while (!this.#over()) {
      try {
        await this.#follow();
      } catch (error) {
        if (this.#over()) break;
        const reason = reasonOfEnd(error);
        if (reason === undefined) this.#haltWith(error);
        else await this.#patience.wait(this.ordinal + 1, reason);
      }
    }
    this.stop();
    this.runtime.progress.notify();
  }

  #over(): boolean {
    return this.#signal.aborted || this.#halt !== undefined;
  }

  async #follow(): Promise<void> {
    const { store, batchSize, batchDelayMs } = this.runtime;
    // One of its own for each subscription: one that was left must not go on reading ahead.
    const left = new AbortController();
    const pace = new Pace({ most: batchSize, delayMs: batchDelayMs });
    try {
      const subscription = store.subscribe({
        ...(this.position !== undefined && { after: this.position }),
        kept: { last: lastRead(this.tables, this.ordinal) },
        filter: { streamPrefixes: [...this.options.prefixes, ...this.options.besidePrefixes] },
        signal: AbortSignal.any([this.#signal, left.signal]),
      });
      for await (const batch of batches(subscription, pace)) {
        const begun = performance.now();
        await this.#write(batch);
        pace.took(batch.length, performance.now() - begun);
        if (this.#over()) return;
        // A store that reads from memory would keep the event loop for itself until the end of its log.
        await turnOfTheLoop();
      }
    } finally {
      left.abort();
    }
    if (!this.#over()) throw new Unavailable('The store ended the subscription');
  }

  #haltWith(error: unknown): void {
    const cause = error instanceof PositionForeign ? new ReadModelsForeign({ cause: error }) : error;
    this.#halt = haltAt(this.ordinal + 1, cause);
    this.runtime.report({ projection: recordName, ordinal: this.ordinal + 1, error: cause });
    this.runtime.progress.notify();
  }

  /** Faults that pass are waited out; what else fails thrice is tried message by message, and then halts. */
  async #write(batch: readonly Msg[]): Promise<void> {
    for (let attempt = 1; !this.#signal.aborted;) {
      try {
        this.#commit(batch);
        this.#patience.over();
        return;
      } catch (error) {
        const reason = passingReason(error);
        if (reason !== undefined) {
          await this.#patience.wait(this.ordinal + 1, reason);
          continue;
        }
        if (attempt === attempts || isSettled(error)) {
          if (batch.length === 1 || error instanceof CheckpointMoved) return this.#haltWith(error);
          for (const message of batch) if (!this.#over()) await this.#write([message]);
          return;
        }
        const firstDelayMs = this.runtime.retryDelayMs;
        await pause(backOffMs(attempt, { firstDelayMs, longestDelayMs: 10 * firstDelayMs }), this.#signal);
        attempt += 1;
      }
    }
  }

  #commit(batch: readonly Msg[]): void {
    const riders = this.options.riders?.() ?? [];
    const caughtUp = this.#caughtUp || batch.some(({ kind }) => kind === 'caughtUp');
    const { options, slot, tables, runtime } = this;
    const replaces = caughtUp ? this.#replaces : undefined;
    const taken = takeIn(runtime, { ...options, batch, end: this.#end, replaces, riders, slot, tables });
    this.#end = taken.end;
    this.#recent = taken.inserted;
    this.#caughtUp = caughtUp;
    this.#met = true;
    taken.ridden.forEach(({ land }) => land());
    if (taken.takesOver) {
      this.#replaces = undefined;
      options.onTakeOver?.();
    }
    runtime.progress.notify();
  }
}
