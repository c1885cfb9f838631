import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

import { firstValueFrom } from 'rxjs';

import type { Position } from '#libs/event-store';

import type { PolicyHandler, ProjectionStatus, Sequenced } from './definitions.js';
import type { FollowedRecord } from './record.js';
import { passingReason } from './faults.js';
import { refuseGap } from './gaps.js';
import { Patience } from './patience.js';
import { backOffMs, pause } from './retries.js';
import { haltAt, lagAfter, troubleOf, type Halt, type Runtime } from './runtime.js';

const pageSize = 100;
/** How many events a crash makes it handle a second time, at the most. */
const savedEvery = 100;
const shownAfterFailures = 3;
const longestDelayMs = 30_000;

/**
 * Runs the policy over the record, one event after the other. Its checkpoint is no part of any slot, so a rebuild
 * never fires it again; where the checkpoint is lost or late, an event is handled twice, which is harmless.
 */
export class PolicyRunner {
  readonly #patience: Patience;
  #ordinal: number;
  #saved: number;
  #consequences: Position | undefined;
  #failures = 0;
  #failure: Halt | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly runtime: Runtime,
    private readonly record: FollowedRecord,
    private readonly handler: PolicyHandler,
  ) {
    this.#patience = new Patience(runtime, handler.name, runtime.signal);
    const row = runtime.models.db.prepare('SELECT ordinal FROM policy WHERE name = ?').get(handler.name);
    this.#ordinal = row === undefined ? -1 : Number(row['ordinal']);
    this.#saved = this.#ordinal;
  }

  get halted(): boolean {
    return this.#failure !== undefined;
  }

  covers(ordinal: number): boolean {
    return this.#ordinal >= ordinal;
  }

  /** How far the store must be read for all consequences of what is handled, those of an earlier life included. */
  get consequences(): Position | undefined {
    return this.#consequences;
  }

  start(head: Position | undefined): void {
    this.#consequences = head;
    this.#ended = this.#run();
  }

  async ended(): Promise<void> {
    await this.#ended;
  }

  status(): ProjectionStatus {
    const isLevel = this.record.caughtUp && this.record.headOrdinal <= this.#ordinal;
    return {
      name: this.handler.name,
      version: 1,
      ordinal: this.#ordinal,
      lag: lagAfter(this.#ordinal, this.record),
      state: isLevel ? 'live' : 'catching-up',
      serves: true,
      ...troubleOf(this.#failure, this.#patience.fault),
    };
  }

  async #run(): Promise<void> {
    while (!this.runtime.signal.aborted) {
      try {
        await this.#step();
      } catch (error) {
        const reason = passingReason(error);
        if (reason === undefined) return this.#fail(this.#ordinal + 1, error);
        await this.#patience.wait(this.#ordinal + 1, reason);
      }
    }
    this.#save();
  }

  /** One page of events, or the wait for one. */
  async #step(): Promise<void> {
    const { progress } = this.runtime;
    const page = this.record.caughtUp ? this.record.after(this.#ordinal, pageSize) : [];
    refuseGap(page, this.#ordinal);
    for (const sequenced of page) {
      if (!(await this.#handle(sequenced))) break;
      this.#ordinal = sequenced.ordinal;
      progress.notify();
    }
    if (this.#ordinal - this.#saved >= savedEvery) this.#save();
    this.#patience.over();
    // Most events concern no policy, and handling those takes no turn of the loop by itself.
    if (page.length > 0) await turnOfTheLoop();
    else
      await firstValueFrom(
        progress.until(() => this.#hasWork()),
        { defaultValue: true },
      );
  }

  /** Only once the record has met its store: the events of a foreign one must have no consequences here. */
  #hasWork(): boolean {
    return this.runtime.signal.aborted || (this.record.caughtUp && this.record.headOrdinal > this.#ordinal);
  }

  /**
   * Tries for as long as it takes, since to skip an event would lose its consequences; false if it was stopped. What
   * passes by itself is thrown on to be waited out; what our own code throws shows as halted, and is tried on.
   */
  async #handle(sequenced: Sequenced): Promise<boolean> {
    const { signal, jitter, progress, retryDelayMs } = this.runtime;
    while (!signal.aborted) {
      try {
        this.#noteConsequence(await this.handler.handle(sequenced, this.record.reader));
        this.#failures = 0;
        this.#failure = undefined;
        return true;
      } catch (error) {
        if (passingReason(error) !== undefined) throw error;
        this.#save();
        this.#failures += 1;
        if (this.#failures === shownAfterFailures) this.#fail(sequenced.ordinal, error);
        progress.notify();
        const longest = backOffMs(this.#failures, { firstDelayMs: retryDelayMs, longestDelayMs });
        await pause(longest * (0.5 + jitter() / 2), signal);
      }
    }
    return false;
  }

  #noteConsequence(position: Position | undefined): void {
    if (position === undefined) return;
    if (this.#consequences === undefined || position > this.#consequences) this.#consequences = position;
  }

  #save(): void {
    if (this.#saved === this.#ordinal) return;
    this.runtime.models.db
      .prepare(
        'INSERT INTO policy (name, ordinal) VALUES (?, ?) ON CONFLICT DO UPDATE SET ordinal = excluded.ordinal',
      )
      .run(this.handler.name, this.#ordinal);
    this.#saved = this.#ordinal;
  }

  #fail(ordinal: number, error: unknown): void {
    this.#failure = haltAt(ordinal, error);
    this.runtime.report({ projection: this.handler.name, ordinal, error });
    this.runtime.progress.notify();
  }
}
