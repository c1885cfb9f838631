import { firstValueFrom } from 'rxjs';

import { parsePosition, Unavailable, type Position } from '#libs/event-store';

import { besideAt, besideIn, besideLastIn, besideMark } from './beside-table.js';
import type { Beside, ProjectionStatus, Sequenced, Tables } from './definitions.js';
import { ReadModelsForeign } from './errors.js';
import { forgottenIn } from './forgetting.js';
import type { Rider } from './record-batch.js';
import { RecordProjection, type RecordOptions } from './record-projection.js';
import { TableReader } from './record-reader.js';
import { recordDefinition, recordName } from './record-table.js';
import { dropSurplus, troubleOf, type Runtime } from './runtime.js';
import type { Slot } from './slots.js';

/** The record as all others see it: whichever slot serves, and during a rebuild the one that will. */
export class FollowedRecord {
  readonly reader = new TableReader(
    () => this.tables,
    () => this.headOrdinal,
  );
  readonly beside: Beside = {
    under: (prefix) => besideIn(this.tables, prefix),
    mark: (prefix) => besideMark(this.tables, prefix),
    lastUnder: (prefix) => besideLastIn(this.tables, prefix),
    at: (stream, revision) => besideAt(this.tables, stream, revision),
  };
  readonly #forgotten = new Set<string>();
  readonly #runs = new Set<Promise<void>>();
  #riders: () => readonly Rider[] = () => [];
  #end: Position | undefined;
  #serving: RecordProjection;
  #building: RecordProjection | undefined;

  constructor(
    private readonly runtime: Runtime,
    private readonly streams: Pick<RecordOptions, 'prefixes' | 'besidePrefixes'>,
  ) {
    const { slots } = runtime;
    const found = slots.of(recordName);
    // A rebuild that was cut short begins again when it is asked for again.
    for (const slot of found) if (slot.state === 'building') slots.drop(slot);
    const active = found.find(({ state }) => state === 'active');
    this.#serving = this.#follow(active ?? slots.create(recordDefinition, 'active'));
  }

  get tables(): Tables {
    return this.#serving.tables;
  }

  get headOrdinal(): number {
    return this.#serving.ordinal;
  }

  get caughtUp(): boolean {
    return this.#serving.caughtUp;
  }

  recent(ordinal: number, limit: number): readonly Sequenced[] | undefined {
    return this.#serving.recent(ordinal, limit);
  }

  /** The events after the ordinal, at most so many; none twice from the disk that has only just come. */
  after(ordinal: number, limit: number): readonly Sequenced[] {
    return this.recent(ordinal, limit) ?? this.reader.after(ordinal, limit);
  }

  get halted(): boolean {
    return this.#serving.halt !== undefined;
  }

  get met(): boolean {
    return this.#serving.met;
  }

  get position(): Position | undefined {
    return this.#serving.position;
  }

  get foreign(): boolean {
    return this.#serving.halt?.error instanceof ReadModelsForeign;
  }

  /** What was read from another store may be gone from this one, and is told by nobody: then it throws. */
  ofThisStore(): this {
    if (!this.foreign) return this;
    throw new Unavailable(
      'The read models are of another store than this one, or of another life of it: "entente rebuild" goes on with it, once it is known to be the right one.',
    );
  }

  covers(position: Position): boolean {
    return this.#serving.covers(position);
  }

  /** Somebody has seen that the store reaches as far. */
  sawEnd(position: Position): void {
    const isFurther =
      this.#end === undefined || epochOf(this.#end) !== epochOf(position) || position > this.#end;
    if (isFurther) this.#end = position;
  }

  /** About how many events are still to be read; undefined while there is nothing to tell it by. */
  get unread(): number | undefined {
    const { ordinal, position, caughtUp } = this.#serving;
    const end = this.#end;
    if (end === undefined) return caughtUp ? 0 : undefined;
    if (this.covers(end)) return 0;
    if (ordinal < 0 || position === undefined || epochOf(position) !== epochOf(end)) return undefined;
    const [read, all] = [position, end].map((one) => Number(parsePosition(one).commit)) as [number, number];
    return Math.ceil(((all - read) * (ordinal + 1)) / Math.max(read, 1));
  }

  /** Who may apply events as they come in. */
  carry(riders: () => readonly Rider[]): void {
    this.#riders = riders;
  }

  start(head: Position | undefined): void {
    if (head !== undefined) this.sawEnd(head);
    this.#serving.expect(head);
    this.#run(this.#serving);
  }

  async ended(): Promise<void> {
    await Promise.all(this.#runs);
  }

  /** Reads the store from its start into new tables and lets them serve once they have come as far as the old. */
  async rebuild(onProgress: (ordinal: number, head: number) => void, signal: AbortSignal): Promise<void> {
    const { slots, progress } = this.runtime;
    const replaces = this.#serving;
    const building = this.#follow(slots.create(recordDefinition, 'building'), {
      replaces,
      onTakeOver: () => {
        this.#serving = building;
        this.#building = undefined;
        replaces.stop();
      },
    });
    this.#building = building;
    this.#run(building);
    const done = progress.until(() => {
      onProgress(building.ordinal, replaces.ordinal);
      return this.#serving === building || building.halt !== undefined || signal.aborted;
    });
    await firstValueFrom(done, { defaultValue: true });
    if (this.#serving === building) {
      dropSurplus(this.runtime, recordName);
      return;
    }
    building.stop();
    this.#building = undefined;
    slots.drop(building.slot);
    signal.throwIfAborted();
    throw building.halt?.error ?? new Error('The rebuild was stopped before its end.');
  }

  /** Before anything is written: what a read under way may still bring comes without its content. */
  expectNone(eventIds: readonly string[]): void {
    for (const one of eventIds) this.#forgotten.add(one);
    this.#serving.forgetRecent();
  }

  /** Inside a transaction, in every slot, the ones that no longer serve included. Gives where those events stand. */
  forget(eventIds: readonly string[]): readonly number[] {
    const { slots } = this.runtime;
    const all = slots.of(recordName).flatMap((slot) => forgottenIn(slots.tables(slot), eventIds));
    return [...new Set(all)].toSorted((one, other) => one - other);
  }

  status(): ProjectionStatus {
    const { halt, fault, caughtUp, ordinal } = this.#serving;
    const going = this.#building ? 'rebuilding' : caughtUp ? 'live' : 'catching-up';
    return {
      name: recordName,
      version: recordDefinition.version,
      ordinal,
      lag: this.unread,
      state: going,
      serves: caughtUp,
      ...troubleOf(halt, fault),
    };
  }

  #follow(slot: Slot, options: Partial<RecordOptions> = {}): RecordProjection {
    const projection: RecordProjection = new RecordProjection(this.runtime, slot, {
      ...this.streams,
      forgotten: this.#forgotten,
      // What is being built anew is followed by nobody yet.
      riders: () => (this.#serving === projection ? this.#riders() : []),
      ...options,
    });
    return projection;
  }

  #run(projection: RecordProjection): void {
    const run = projection.run().finally(() => this.#runs.delete(run));
    this.#runs.add(run);
  }
}

function epochOf(position: Position): string {
  return parsePosition(position).epoch;
}
