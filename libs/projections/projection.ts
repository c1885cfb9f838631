import { firstValueFrom } from 'rxjs';

import type { ProjectionDefinition, ProjectionState, ProjectionStatus, Tables } from './definitions.js';
import { ProjectionNotReady } from './errors.js';
import { ProjectionRunner } from './projection-runner.js';
import type { FollowedRecord } from './record.js';
import type { Rider } from './record-batch.js';
import { dropSurplus, lagAfter, troubleOf, type Runtime } from './runtime.js';
import type { Slot } from './slots.js';

/** One projection: the slot that serves, and beside it the one being built, if there is one. */
export class Projection {
  #serving: ProjectionRunner | undefined;
  #building: ProjectionRunner | undefined;
  /** Whether older tables stand beside the ones being built. */
  readonly #isSuccessor: boolean;

  constructor(
    private readonly runtime: Runtime,
    private readonly record: FollowedRecord,
    readonly definition: ProjectionDefinition,
  ) {
    const found = runtime.slots.of(definition.name);
    this.#isSuccessor = found.some(({ state }) => state === 'active');
    const slot = this.#pick(found);
    if (slot.state === 'active') this.#serving = this.#runner(slot);
    else this.#building = this.#runner(slot);
  }

  get halted(): boolean {
    return (this.#serving ?? this.#building)?.halt !== undefined;
  }

  /**
   * Applies events as they come in, as long as it is level with the record: what serves, and where nothing serves yet what
   * will, so that all read models are built in one pass.
   */
  get rider(): Rider | undefined {
    return this.#serving ?? this.#building;
  }

  /** Only what serves counts, since only that can be read. */
  covers(ordinal: number): boolean {
    return this.#serving !== undefined && this.#serving.ordinal >= ordinal;
  }

  view(): { readonly tables: Tables; readonly ordinal: number } {
    const { name, version } = this.definition;
    if (this.#serving === undefined) throw new ProjectionNotReady(name, version);
    return { tables: this.#serving.tables, ordinal: this.#serving.ordinal };
  }

  start(): void {
    (this.#serving ?? this.#building)?.start();
  }

  async ended(): Promise<void> {
    await Promise.all([this.#serving?.ended, this.#building?.ended]);
  }

  /** Fills new tables beside the old and lets them serve once they have come as far as the record. */
  async rebuild(onProgress: (ordinal: number, head: number) => void, signal: AbortSignal): Promise<void> {
    const { slots, progress } = this.runtime;
    await this.#discardBuilding();
    const building = this.#runner(slots.create(this.definition, 'building'));
    this.#building = building;
    building.start();
    const done = progress.until(() => {
      onProgress(building.ordinal, this.record.headOrdinal);
      const failed = building.halt !== undefined || this.record.halted;
      return building.active || failed || signal.aborted;
    });
    await firstValueFrom(done, { defaultValue: true });
    if (building.active) return;
    const error: unknown =
      building.halt?.error ??
      (signal.aborted ? signal.reason : undefined) ??
      new Error('The rebuild was stopped before its end.');
    // Where nothing serves, the slot stays: the next start goes on with it.
    if (this.#serving !== undefined) await this.#discardBuilding();
    throw error;
  }

  /** Tables that neither serve nor are being built, of which nobody takes anything out: for a roll-back, or to be replaced. */
  dropOthers(): void {
    const { slots } = this.runtime;
    const own = [this.#serving?.slot.slot, this.#building?.slot.slot];
    for (const one of slots.of(this.definition.name)) if (!own.includes(one.slot)) slots.drop(one);
  }

  /** In what serves and in what is being built, however far either has come. */
  forget(ordinals: readonly number[]): void {
    this.#serving?.forget(ordinals);
    this.#building?.forget(ordinals);
  }

  status(): ProjectionStatus {
    const shown = this.#serving ?? this.#building;
    const { name, version } = this.definition;
    const ordinal = shown?.ordinal ?? -1;
    return {
      name,
      version,
      ordinal,
      lag: lagAfter(ordinal, this.record),
      state: this.#goingState(ordinal),
      serves: this.#serving !== undefined,
      ...troubleOf(shown?.halt, shown?.fault),
    };
  }

  #goingState(ordinal: number): ProjectionState {
    if (this.#building !== undefined && (this.#serving !== undefined || this.#isSuccessor))
      return 'rebuilding';
    const level = this.#serving !== undefined && this.record.caughtUp && ordinal >= this.record.headOrdinal;
    return level ? 'live' : 'catching-up';
  }

  /** The tables of this version go on, whichever state they were left in; a version never seen gets new ones. */
  #pick(found: readonly Slot[]): Slot {
    const { slots, models } = this.runtime;
    const ofVersion = found.filter(({ version }) => version === this.definition.version);
    const active = ofVersion.find(({ state }) => state === 'active');
    const wanted = active ?? ofVersion.find(({ state }) => state === 'building') ?? ofVersion[0];
    for (const slot of found) if (slot.state === 'building' && slot !== wanted) slots.drop(slot);
    if (wanted === undefined) return slots.create(this.definition, 'building');
    if (wanted.state !== 'retired') return wanted;
    models.transaction(() => slots.resume(wanted));
    return { ...wanted, state: 'building' };
  }

  #runner(slot: Slot): ProjectionRunner {
    const runner: ProjectionRunner = new ProjectionRunner(
      this.runtime,
      this.record,
      this.definition,
      slot,
      () => {
        const replaced = this.#serving;
        this.#serving = runner;
        this.#building = undefined;
        void replaced?.stop();
        dropSurplus(this.runtime, this.definition.name);
      },
    );
    return runner;
  }

  async #discardBuilding(): Promise<void> {
    const building = this.#building;
    if (building === undefined) return;
    await building.stop();
    this.#building = undefined;
    this.runtime.slots.drop(building.slot);
  }
}
