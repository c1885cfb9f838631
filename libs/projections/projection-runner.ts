import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

import { firstValueFrom } from 'rxjs';

import { applyAtOnce, forgetApplied } from './at-once.js';
import type { ProjectionDefinition, Sequenced } from './definitions.js';
import { CheckpointMoved } from './errors.js';
import { passingReason } from './faults.js';
import { refuseGap } from './gaps.js';
import { Patience } from './patience.js';
import type { FollowedRecord } from './record.js';
import { PutOff } from './put-off.js';
import type { Ridden, Rider } from './record-batch.js';
import { TableReader } from './record-reader.js';
import { backOffMs, pause } from './retries.js';
import { haltAt, type Halt, type Runtime } from './runtime.js';
import type { SlotTables } from './slot-tables.js';
import type { Slot } from './slots.js';

const attempts = 4;

/** Applies the record, in ordinal order, to one slot of one projection. */
export class ProjectionRunner implements Rider {
  readonly tables: SlotTables;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #seen: TableReader;
  readonly #patience: Patience;
  #ordinal: number;
  #applying = -1;
  #active: boolean;
  #started = false;
  #halt: Halt | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly runtime: Runtime,
    private readonly record: FollowedRecord,
    private readonly definition: ProjectionDefinition,
    readonly slot: Slot,
    /** Called once the slot serves, when it did not from the beginning. */
    private readonly onActive: () => void,
  ) {
    this.#signal = AbortSignal.any([runtime.signal, this.#stop.signal]);
    this.#patience = new Patience(runtime, definition.name, this.#signal);
    this.#ordinal = slot.ordinal;
    this.#active = slot.state === 'active';
    this.tables = runtime.slots.tables(slot);
    this.#seen = new TableReader(
      () => record.tables,
      () => this.#applying,
    );
  }

  get ordinal(): number {
    return this.#ordinal;
  }

  get active(): boolean {
    return this.#active;
  }

  get halt(): Halt | undefined {
    return this.#halt;
  }

  /** What it waits for; it goes on by itself. */
  get fault(): Halt | undefined {
    return this.#patience.fault;
  }

  ride(events: readonly Sequenced[], closesAt: number): Ridden | undefined {
    const isLevel = this.#ordinal + 1 === events[0]?.ordinal;
    if (!this.#started || !isLevel || this.#over()) return undefined;
    const ordinal = this.#applyUntil(events, closesAt);
    const land = () => {
      this.#ordinal = ordinal;
      this.#patience.over();
    };
    return { slot: this.slot, from: this.#ordinal, to: ordinal, land };
  }

  /** Inside the transaction in which the record lost the content of the events at these places. */
  forget(ordinals: readonly number[]): void {
    this.#applying = this.#ordinal;
    forgetApplied(this.definition, ordinals, this.tables, this.#seen);
  }

  start(): void {
    this.#started = true;
    this.#ended = this.#run();
  }

  /** Resolves when nothing of it runs any more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.runtime.progress.notify();
    await this.#ended;
  }

  /** Resolves after an end by abort or halt. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  async #run(): Promise<void> {
    while (!this.#over()) {
      try {
        await this.#step();
      } catch (error) {
        const reason = passingReason(error);
        if (reason === undefined) this.#haltAt(this.#ordinal + 1, error);
        else await this.#patience.wait(this.#ordinal + 1, reason);
      }
    }
  }

  /** One batch, or the wait for one. */
  async #step(): Promise<void> {
    const { progress, batchSize } = this.runtime;
    const batch = this.record.reader.after(this.#ordinal, batchSize);
    refuseGap(batch, this.#ordinal);
    if (batch.length > 0 || this.#mayActivate(this.#ordinal)) {
      await this.#applyStubbornly(batch);
      await turnOfTheLoop();
      return;
    }
    this.#patience.over();
    const waking = progress.until(
      () => this.#over() || this.record.headOrdinal > this.#ordinal || this.#mayActivate(this.#ordinal),
    );
    await firstValueFrom(waking, { defaultValue: true });
  }

  #over(): boolean {
    return this.#signal.aborted || this.#halt !== undefined;
  }

  /** The whole batch, then what is left of it one by one, up to the poison. A fault that passes is none: it is thrown on. */
  async #applyStubbornly(given: readonly Sequenced[]): Promise<void> {
    const { retryDelayMs } = this.runtime;
    let batch = given;
    for (let attempt = 1; attempt <= attempts && !this.#signal.aborted; attempt += 1) {
      try {
        this.#commit(batch);
        return;
      } catch (error) {
        if (error instanceof CheckpointMoved || batch.length === 0) throw error;
        if (passingReason(error) !== undefined) throw error;
      }
      if (attempt === attempts) break;
      await pause(backOffMs(attempt, { firstDelayMs: retryDelayMs, longestDelayMs: 1_000 }), this.#signal);
      // Meanwhile they may have lost their content.
      batch = this.record.reader.after(this.#ordinal, batch.length);
    }
    for (const sequenced of batch) {
      if (this.#over()) return;
      try {
        this.#commit([sequenced]);
      } catch (error) {
        if (passingReason(error) !== undefined) throw error;
        this.#haltAt(sequenced.ordinal, error);
      }
    }
  }

  /** Rows and checkpoint in one transaction; a batch that takes too long is cut and the rest is read again. */
  #commit(batch: readonly Sequenced[]): void {
    const { progress, around } = this.runtime;
    const committed = around(
      () => ({ projection: this.definition.name, eventIds: batch.map(({ event }) => event.id) }),
      () => this.#committed(batch),
    );
    this.#ordinal = committed.ordinal;
    this.#patience.over();
    if (committed.activates) {
      this.#active = true;
      this.onActive();
    }
    progress.notify();
  }

  #committed(batch: readonly Sequenced[]): { readonly ordinal: number; readonly activates: boolean } {
    const { models, slots, batchDelayMs } = this.runtime;
    return models.transaction(() => {
      const ordinal = this.#applyUntil(batch, performance.now() + batchDelayMs);
      const activates = this.#mayActivate(ordinal);
      const from = { ordinal: this.#ordinal, position: undefined };
      slots.advance(this.slot, from, { ordinal, position: undefined });
      if (activates) slots.activate(this.slot);
      return { ordinal, activates };
    });
  }

  /** The first of them whatever the time; gives the last that was applied. */
  #applyUntil(events: readonly Sequenced[], closesAt: number): number {
    let ordinal = this.#ordinal;
    const putOff = new PutOff();
    for (const sequenced of events) {
      this.#applying = sequenced.ordinal;
      applyAtOnce(this.definition, sequenced, this.tables, this.#seen, putOff);
      ordinal = sequenced.ordinal;
      if (performance.now() >= closesAt) break;
    }
    putOff.write();
    return ordinal;
  }

  #mayActivate(ordinal: number): boolean {
    return !this.#active && this.record.caughtUp && ordinal >= this.record.headOrdinal;
  }

  #haltAt(ordinal: number, error: unknown): void {
    this.#halt = haltAt(ordinal, error);
    this.runtime.report({ projection: this.definition.name, ordinal, error });
    this.runtime.progress.notify();
  }
}
