import { firstValueFrom } from 'rxjs';

import { parsePosition } from '#libs/event-store';
import type { Position } from '#libs/event-store';

import { Coverage } from './coverage.js';
import { Drawn } from './drawn.js';
import type { Beside, ProjectionStatus, RecordReader, Tables, Waited, WaitOptions } from './definitions.js';
import { forgetEverywhere } from './forgetting.js';
import { chosenNames, refuseBadNames, unknownName, type ProjectionsOptions } from './options.js';
import { Pipeline } from './pipeline.js';
import { ReadModelsDiffer } from './errors.js';
import { Progress } from './progress.js';
import { RebuildWatch, slowestOf, type RebuildProgress } from './rebuild-watch.js';
import { TableReader } from './record-reader.js';
import { recordName } from './record-table.js';
import { sharedBy, type Runtime } from './runtime.js';

/**
 * Keeps the read models level with the store. To be started and stopped once; the read models are closed by whoever
 * opened them, after the stop.
 */
export class Projections {
  readonly record: RecordReader;
  /** What follows from the record. */
  readonly drawn: Drawn;
  /** Until a condition on what can be read holds; false where it did not come about in that time, or where all ends. */
  readonly until: Coverage['until'];
  readonly #runtime: Omit<Runtime, 'signal'>;
  readonly #coverage: Coverage;
  #pipeline: Pipeline;
  #state: 'new' | 'running' | 'stopped' = 'new';
  #rebuild: Promise<void> | undefined;

  constructor(private readonly options: ProjectionsOptions) {
    refuseBadNames(options);
    const progress = new Progress();
    this.#runtime = sharedBy(options, progress);
    this.#pipeline = new Pipeline(this.#runtime, options);
    this.#coverage = new Coverage(progress, () => this.#pipeline);
    this.until = (...asked) => this.#coverage.until(...asked);
    this.drawn = new Drawn(options, this.#coverage, () => this.#pipeline);
    this.record = new TableReader(
      () => this.#pipeline.record.ofThisStore().tables,
      () => this.#pipeline.record.headOrdinal,
      (...asked) => this.#pipeline.record.ofThisStore().recent(...asked),
    );
  }

  /** Resolves when running; catching up goes on behind. What was level with the store's head can be read at once. */
  async start(): Promise<void> {
    if (this.#state !== 'new') throw new Error('Projections can be started once.');
    this.#state = 'running';
    const { replaced } = this.options.readModels;
    if (replaced !== undefined)
      this.#runtime.report({ projection: recordName, ordinal: -1, error: replaced });
    this.#pipeline.start(await this.options.store.head());
  }

  /** Ends between events and batches, and all waiting with `lagging`; resolves when nothing runs any more. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    await this.#pipeline.stop();
    this.#runtime.progress.end();
    // It ends now too, with an error for whoever asked for it, and tidies up first.
    await this.#rebuild?.catch(() => {});
  }

  /**
   * Throws `ProjectionNotReady` while no tables of this version are complete, and `Unavailable` where they are of another
   * store. To be read before the next wait. */
  view(name: string): { readonly tables: Tables; readonly ordinal: number } {
    this.#pipeline.record.ofThisStore();
    return this.#named(name).view();
  }

  /**
   * Waits until the record, every projection and the policy have covered the position, and until what the policy
   * appended because of it is projected too. A halted part makes the answer `lagging`; an abort throws its reason.
   */
  async waitFor(position: Position, options: WaitOptions): Promise<Waited> {
    return this.#coverage.waitFor(position, options);
  }

  /** The place in the store up to which the record is read; undefined before anything is. */
  get position(): Position | undefined {
    return this.#pipeline.record.position;
  }

  sawEnd(position: Position): void {
    this.#pipeline.record.sawEnd(position);
  }

  /** The streams that are kept beside the record. */
  get beside(): Beside {
    return this.#pipeline.record.beside;
  }

  /** As `waitFor`, with the store's head of now. */
  async settled(options: WaitOptions): Promise<Waited> {
    const head = await this.options.store.head();
    if (head !== undefined) this.sawEnd(head);
    return head === undefined ? 'reached' : this.waitFor(head, options);
  }

  /** Whether the record is followed, and consequences are drawn from it. */
  get goesOn(): boolean {
    return this.#pipeline.goesOn;
  }

  /** The record first, the policy last. */
  status(): ProjectionStatus[] {
    return this.#pipeline.status();
  }

  /**
   * Fills new tables beside the old, which serve until then and go on where an event can't be applied; the record's come
   * first. Rejects then, and with `RebuildStalled` if it comes no further for long. Read models of another store, and
   * those that are no image of this one, are begun anew.
   */
  async rebuild(
    names: 'all' | readonly string[],
    onProgress: (progress: RebuildProgress) => void = () => {},
  ): Promise<void> {
    if (this.#state !== 'running') throw new Error('Only running projections can be rebuilt.');
    if (this.#rebuild !== undefined) throw new Error('Another rebuild is under way.');
    const { all, chosen } = chosenNames(names, this.options);
    // Before the store has answered nobody knows whether the read models are of it.
    const hasMet = this.#runtime.progress.until(() => this.#pipeline.record.met);
    await firstValueFrom(hasMet, { defaultValue: true });
    if (this.#rebuild !== undefined) throw new Error('Another rebuild is under way.');
    const isForeign = this.#pipeline.record.foreign;
    if (isForeign && chosen.length < all.length) {
      throw new Error('The read models belong to another store: only all of them can be rebuilt.');
    }
    const stallMs = this.options.rebuildStallMs ?? 10_000;
    const watch = new RebuildWatch(this.#runtime.progress, {
      stallMs,
      reason: () => slowestOf(this.status()),
    });
    const tell = (progress: RebuildProgress) => {
      watch.saw(progress.name, progress.ordinal);
      onProgress(progress);
    };
    this.#rebuild = isForeign
      ? this.#beginAnew(tell, watch.signal)
      : this.#rebuildEach(chosen, tell, watch.signal);
    try {
      await this.#rebuild;
    } finally {
      watch.end();
      this.#rebuild = undefined;
    }
  }

  /**
   * After the store has erased the content of events: it leaves the record and all read models in one transaction, those
   * too that have halted or come later. Tables that neither serve nor are being built are dropped.
   */
  forget(...eventIds: readonly string[]): void {
    forgetEverywhere(this.#runtime, this.#pipeline, eventIds);
  }

  #named(name: string) {
    const found = this.#pipeline.projections.find(({ definition }) => definition.name === name);
    if (found === undefined) throw unknownName(name);
    return found;
  }

  async #rebuildEach(
    names: readonly string[],
    onProgress: (progress: RebuildProgress) => void,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      for (const name of names) {
        const part = name === recordName ? this.#pipeline.record : this.#named(name);
        await part.rebuild((ordinal, head) => onProgress({ name, ordinal, head }), signal);
      }
    } catch (error) {
      const isWhole = names.length === this.options.definitions.length + 1;
      if (!(error instanceof ReadModelsDiffer) || !isWhole) throw error;
      // Where the old tables are no image of the store there is nothing to go on serving from.
      this.#runtime.report({ projection: recordName, ordinal: -1, error });
      await this.#beginAnew(onProgress, signal);
    }
  }

  /** Nothing of another store's tables is worth serving, so there is no building beside them. */
  async #beginAnew(onProgress: (progress: RebuildProgress) => void, signal: AbortSignal): Promise<void> {
    const { slots, progress } = this.#runtime;
    const { store } = this.options;
    const { foreign, position } = this.#pipeline.record;
    await this.#pipeline.stop();
    if (foreign)
      await store.beginNewLife?.(position === undefined ? undefined : parsePosition(position).epoch);
    const head = await store.head();
    if (this.#state !== 'running') throw new Error('The rebuild was stopped before its end.');
    slots.dropAll();
    this.#pipeline = new Pipeline(this.#runtime, this.options);
    this.#pipeline.start(head);
    const { projections, record } = this.#pipeline;
    const level = () => projections.every((one) => one.halted || one.covers(record.headOrdinal));
    const done = progress.until(() => {
      for (const one of this.status().slice(0, projections.length + 1)) {
        if (one.name === recordName || one.ordinal < record.headOrdinal) {
          onProgress({ name: one.name, ordinal: one.ordinal, head: record.headOrdinal });
        }
      }
      return signal.aborted || record.halted || (record.caughtUp && level());
    });
    await firstValueFrom(done, { defaultValue: true });
    signal.throwIfAborted();
    const failed = [record, ...projections].find(({ halted }) => halted)?.status();
    if (failed !== undefined) throw new Error(`${failed.name} halted: ${failed.error?.message}`);
  }
}
