import type { Position } from '#libs/event-store';

import type { PolicyHandler, ProjectionDefinition, ProjectionStatus } from './definitions.js';
import { ReadModelsReplaced } from './errors.js';
import { finishOnceBuilt } from './finishing.js';
import { PolicyRunner } from './policy-runner.js';
import { Projection } from './projection.js';
import { recordName } from './record-table.js';
import { FollowedRecord } from './record.js';
import type { Runtime } from './runtime.js';

export interface PipelineOptions {
  readonly recordPrefixes: readonly string[];
  readonly besidePrefixes?: readonly string[];
  readonly definitions: readonly ProjectionDefinition[];
  readonly policy?: PolicyHandler;
}

const prefixesKey = 'recordPrefixes';

/** The record and all that follows it, from one start to one stop. */
export class Pipeline {
  readonly record: FollowedRecord;
  readonly projections: readonly Projection[];
  readonly policy: PolicyRunner | undefined;
  readonly #controller = new AbortController();
  #finishing: Promise<void> = Promise.resolve();

  constructor(
    private readonly runtime: Omit<Runtime, 'signal'>,
    { recordPrefixes, besidePrefixes = [], definitions, policy }: PipelineOptions,
  ) {
    this.#keepPrefixes([...recordPrefixes, ...besidePrefixes]);
    const shared = { ...runtime, signal: this.#controller.signal };
    this.record = new FollowedRecord(shared, { prefixes: recordPrefixes, besidePrefixes });
    this.projections = definitions.map((definition) => new Projection(shared, this.record, definition));
    this.record.carry(() => this.projections.flatMap((one) => one.rider ?? []));
    this.policy = policy && new PolicyRunner(shared, this.record, policy);
  }

  /** What is level with the store's head already serves when this returns. */
  start(head: Position | undefined): void {
    this.record.start(head);
    for (const projection of this.projections) projection.start();
    this.policy?.start(head);
    const runtime = { ...this.runtime, signal: this.#controller.signal };
    this.#finishing = finishOnceBuilt(runtime, () => this.#isBuilt);
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    this.runtime.progress.notify();
    const parts = [this.record, ...this.projections, ...(this.policy ? [this.policy] : [])];
    await Promise.all([this.#finishing, ...parts.map((part) => part.ended())]);
  }

  /** What halted is built no further. */
  get #isBuilt(): boolean {
    const { record, projections } = this;
    if (record.halted) return true;
    return record.caughtUp && projections.every((one) => one.halted || one.covers(record.headOrdinal));
  }

  /** Whether the record is followed, and consequences are drawn from it. */
  get goesOn(): boolean {
    return !this.record.halted && this.policy?.halted !== true;
  }

  status(): ProjectionStatus[] {
    return [this.record, ...this.projections, ...(this.policy ? [this.policy] : [])].map((part) =>
      part.status(),
    );
  }

  /** Other prefixes number other events, so nothing that was numbered under the old ones can stay. */
  #keepPrefixes(prefixes: readonly string[]): void {
    const { models, slots } = this.runtime;
    const value = JSON.stringify([...prefixes].sort());
    const kept = models.db.prepare('SELECT value FROM setting WHERE key = ?').get(prefixesKey)?.['value'];
    if (kept === value) return;
    if (kept !== undefined) {
      const error = new ReadModelsReplaced(`The read models were made anew: the record's prefixes changed.`);
      this.runtime.report({ projection: recordName, ordinal: -1, error });
    }
    slots.dropAll();
    models.db.prepare('INSERT INTO setting (key, value) VALUES (?, ?)').run(prefixesKey, value);
  }
}
