import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { OutcomeUnknown, Unavailable } from '#libs/event-store';
import type { Projections } from '#libs/projections';
import type { Timer } from '../platform/record/timer.js';
import type { LedgerProjection } from './ledger.projection.js';
import type { Logs } from './logs.js';
import type { Signer } from './signer.js';

/** A checkpoint has to be there within a second of the event. */
const lookEveryMs = 500;
/** What another server has not signed yet is looked for again after so many looks. */
const followEvery = 20;

export interface LedgerParts {
  readonly logs: Logs;
  readonly projection: LedgerProjection;
  readonly projections: Pick<Projections, 'record' | 'status'>;
  /** Or why nothing is signed. */
  readonly signer: Signer | string;
  readonly lease: { readonly held: boolean };
  readonly timer: Timer;
  readonly report: (words: string, error: unknown) => void;
}

/** Follows the logs and has signed what has grown, on the server that holds the lease. */
export class LedgerService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #ended = new AbortController();
  readonly #pending = new Set<string>();
  /** Logs whose judgement another server's checkpoint may still change. */
  readonly #followed = new Set<string>();
  #looks = 0;
  /** The last event that was there when the record was read to its end first. */
  #end: number | undefined;
  #hasAll = false;
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: LedgerParts) {}

  /** Why nothing is signed; undefined where it is. */
  get unsigned(): string | undefined {
    const { signer } = this.parts;
    return typeof signer === 'string' ? signer : this.elsewhere;
  }

  /** Why nothing is signed of any log, where what was signed before is of another record. */
  get elsewhere(): string | undefined {
    const { signer } = this.parts;
    return typeof signer === 'string' ? undefined : signer.judge.elsewhere;
  }

  get signs(): boolean {
    return this.unsigned === undefined && this.parts.lease.held;
  }

  /** Why nothing is signed of a log whose past is not what was signed, by its dialogue. */
  get refused(): ReadonlyMap<string, string> {
    const { signer } = this.parts;
    return typeof signer === 'string' ? new Map() : signer.judge.refused;
  }

  /** Whether the log may promise a leaf of that dialogue. */
  vouchesFor(dialogueId: string): boolean | Promise<boolean> {
    const { signer } = this.parts;
    return typeof signer !== 'string' && this.#isLevel() && signer.vouchesFor(dialogueId);
  }

  onApplicationBootstrap(): void {
    const { signer } = this.parts;
    if (typeof signer !== 'string') this.#running = this.#run(signer);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }

  async #run(signer: Signer): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      await this.#look(signer).catch((error: unknown) => this.#failed(error));
      await this.parts.timer.wait(lookEveryMs, signal).catch(() => undefined);
    }
  }

  #failed(error: unknown): void {
    // What passes is tried again at the next look.
    if (error instanceof Unavailable || error instanceof OutcomeUnknown) return;
    this.parts.report('no checkpoint could be signed', error);
  }

  async #look(signer: Signer): Promise<void> {
    const { lease, logs, projection } = this.parts;
    if (!this.#isLevel()) return;
    const known = { refused: new Map(signer.judge.refused), elsewhere: this.elsewhere };
    signer.judge.lookForLost();
    this.#reportNew(signer, known);
    if (this.elsewhere !== undefined) return;
    const grown = [...(this.#hasAll ? [] : logs.all()), ...projection.grown()];
    this.#hasAll = true;
    for (const log of grown) this.#pending.add(log);
    if (lease.held) {
      this.#followed.clear();
      await this.#each(
        this.#pending,
        () => lease.held,
        (log) => signer.release(log),
      );
      return;
    }
    const isTime = (this.#looks += 1) % followEvery === 0;
    const now = new Set(isTime ? [...this.#followed, ...grown] : grown);
    for (const log of now) this.#followed.add(log);
    await this.#each(
      now,
      () => !lease.held,
      async (log) => {
        const isDone = await signer.follow(log);
        if (isDone) this.#followed.delete(log);
        return isDone;
      },
    );
  }

  /**
   * Whether the leaves have come as far as the store was at the start. Before that a log only seems shorter than what was
   * signed of it, as after what was missing has been appended, or after a server was killed.
   */
  #isLevel(): boolean {
    const { logs, projections } = this.parts;
    if (!logs.isReady) return false;
    if (this.#end === undefined && projections.status()[0]?.serves === true)
      this.#end = projections.record.headOrdinal;
    return this.#end !== undefined && logs.ordinal >= this.#end;
  }

  /** One log after the other, as long as it is this server's to do; those that are done are left out. */
  async #each(
    logs: Set<string>,
    isOurs: () => boolean,
    does: (log: string) => Promise<boolean>,
  ): Promise<void> {
    for (const log of logs) {
      if (this.#ended.signal.aborted || !isOurs()) return;
      const before = this.refused.get(log);
      if (await does(log)) logs.delete(log);
      this.#reportRefused(log, before);
    }
  }

  #reportNew(signer: Signer, known: Pick<LedgerService, 'refused' | 'elsewhere'>): void {
    const { elsewhere } = this;
    if (elsewhere !== undefined && known.elsewhere === undefined)
      this.parts.report(`ALARM: ${elsewhere}`, undefined);
    for (const log of signer.judge.refused.keys()) this.#reportRefused(log, known.refused.get(log));
  }

  #reportRefused(log: string, before: string | undefined): void {
    const because = this.refused.get(log);
    if (because !== undefined && because !== before)
      this.parts.report(`dialogue ${log}: ${because}`, undefined);
  }
}
