import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

import { PositionForeign, type Msg, type Position } from '#libs/event-store';

import { batches } from './batches.js';
import { CheckpointMoved, ReadModelsForeign } from './errors.js';
import { TableReader } from './record-reader.js';
import { insertBatch, recordName, runningMaximumAt, type RecordEnd } from './record-table.js';
import { backOffMs, pause } from './retries.js';
import { haltAt, type Halt, type Runtime } from './runtime.js';
import type { SlotTables } from './slot-tables.js';
import type { Slot } from './slots.js';

export interface RecordOptions {
  readonly prefixes: readonly string[];
  /** Ids whose content was erased since this process started: a read under way may still bring it. */
  readonly forgotten: ReadonlySet<string>;
  /** The one whose place this one takes as soon as it has come as far. */
  readonly replaces?: RecordProjection;
  readonly onTakeOver?: () => void;
}

const attempts = 4;

/** Follows the store into one slot of the record's tables and gives each event its seq. */
export class RecordProjection {
  readonly tables: SlotTables;
  readonly reader: TableReader;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  #end: RecordEnd;
  #replaces: RecordProjection | undefined;
  #halt: Halt | undefined;
  #caughtUp = false;

  constructor(
    private readonly runtime: Runtime,
    readonly slot: Slot,
    private readonly options: RecordOptions,
  ) {
    this.#signal = AbortSignal.any([runtime.signal, this.#stop.signal]);
    this.#replaces = options.replaces;
    this.tables = runtime.slots.tables(slot);
    this.reader = new TableReader(
      () => this.tables,
      () => this.seq,
    );
    const { seq, position } = slot;
    this.#end = { seq, position, runningMaximum: runningMaximumAt(this.tables, seq) };
  }

  get seq(): number {
    return this.#end.seq;
  }

  get position(): Position | undefined {
    return this.#end.position;
  }

  get halt(): Halt | undefined {
    return this.#halt;
  }

  /** Whether the store's head of the time when the following began has been reached. */
  get caughtUp(): boolean {
    return this.#caughtUp;
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
    return at !== undefined && epochOf(at) === epochOf(position) && at >= position;
  }

  stop(): void {
    this.#stop.abort();
  }

  async run(): Promise<void> {
    const { store, batchSize, batchDelayMs } = this.runtime;
    try {
      const subscription = store.subscribe({
        ...(this.position !== undefined && { after: this.position }),
        filter: { streamPrefixes: this.options.prefixes },
        signal: this.#signal,
      });
      for await (const batch of batches(subscription, { size: batchSize, delayMs: batchDelayMs })) {
        await this.#write(batch);
        if (this.#signal.aborted) return;
        // A store that reads from memory would keep the event loop for itself until the end of its log.
        await turnOfTheLoop();
      }
      if (!this.#signal.aborted) throw new Error('The store ended the subscription.');
    } catch (error) {
      if (this.#signal.aborted) return;
      const cause = error instanceof PositionForeign ? new ReadModelsForeign({ cause: error }) : error;
      this.#halt = haltAt(this.seq + 1, cause);
      this.runtime.report({ projection: recordName, seq: this.seq + 1, error: cause });
    } finally {
      this.stop();
      this.runtime.progress.notify();
    }
  }

  async #write(batch: readonly Msg[]): Promise<void> {
    for (let attempt = 1; !this.#signal.aborted; attempt += 1) {
      try {
        this.#commit(batch);
        return;
      } catch (error) {
        if (error instanceof CheckpointMoved || attempt === attempts) throw error;
        const firstDelayMs = this.runtime.retryDelayMs;
        await pause(backOffMs(attempt, { firstDelayMs, longestDelayMs: 10 * firstDelayMs }), this.#signal);
      }
    }
  }

  #commit(batch: readonly Msg[]): void {
    const { models, slots, progress } = this.runtime;
    const caughtUp = this.#caughtUp || batch.some(({ kind }) => kind === 'caughtUp');
    const { end, takesOver } = models.transaction(() => {
      const inserted = insertBatch(this.tables, this.#end, batch, this.options.forgotten);
      const predecessor = this.#replaces;
      const replaces = predecessor !== undefined && caughtUp && inserted.seq >= predecessor.seq;
      const next = replaces ? this.#endAfter(predecessor, inserted) : inserted;
      slots.advance(this.slot, this.#end, next);
      if (replaces) slots.activate(this.slot);
      return { end: next, takesOver: replaces };
    });
    this.#end = end;
    this.#caughtUp = caughtUp;
    if (takesOver) {
      this.#replaces = undefined;
      this.options.onTakeOver?.();
    }
    progress.notify();
  }

  /**
   * Both have seen the whole log, so the predecessor's place is this one's too, even where the log ends with events
   * outside the record that this subscription has not been told of.
   */
  #endAfter(predecessor: RecordProjection, next: RecordEnd): RecordEnd {
    const { seq, position } = predecessor;
    const select = 'SELECT id FROM {events} WHERE seq = ?';
    const [was, is] = [predecessor, this].map(({ tables }) => tables.prepare(select).get(seq)?.['id']);
    if (was !== is) throw new Error(`The store now has another event than before at ${seq}: rebuild all.`);
    const further = position !== undefined && (next.position === undefined || position > next.position);
    return further ? { ...next, position } : next;
  }
}

/** All of a position but its two numbers of 20 digits. */
function epochOf(position: Position): string {
  return position.slice(0, -42);
}
