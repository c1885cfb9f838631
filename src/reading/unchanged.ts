import { Inject, Injectable } from '@nestjs/common';
import type { EventStore } from '#libs/event-store';
import { ProjectionNotReady, Projections } from '#libs/projections';
import { Appends } from '../platform/record/appends.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import { StoredStreams } from '../platform/record/stored-streams.js';
import { storeToken } from '../platform/record/tokens.js';
import { levelOf } from './read-model.js';

/** Tells whether a page, which rests on the whole record and on what is signed of it, would be the same again. */
@Injectable()
export class Unchanged {
  #forgotten = 0;

  constructor(
    @Inject(storeToken) private readonly store: EventStore,
    readonly projections: Projections,
    private readonly registry: EventRegistry,
    private readonly appends: Appends,
    streams: StoredStreams,
  ) {
    streams.whenForgotten(() => (this.#forgotten += 1));
  }

  /**
   * To be taken before anything is read: whether since then nothing was appended to the store by anybody, signatures of
   * logs included, nothing came into the read models, and no words were erased. Undefined where that can't be told at
   * once: others write the store too, or lists have yet to come level with the record and will change without an append.
   */
  sinceNow(): (() => boolean) | undefined {
    if (this.store.headKept === undefined) return undefined;
    const { headOrdinal } = this.projections.record;
    const settled = this.#settled;
    const forgotten = this.#forgotten;
    if (!this.#isLevel(headOrdinal)) return undefined;
    return () =>
      this.#settled === settled &&
      this.projections.record.headOrdinal === headOrdinal &&
      this.#forgotten === forgotten;
  }

  /** While a list is built anew nobody can tell, and what needs none of it is read all the same. */
  #isLevel(headOrdinal: number): boolean {
    try {
      return levelOf(this, this.registry.slices) >= headOrdinal;
    } catch (error) {
      if (error instanceof ProjectionNotReady) return false;
      throw error;
    }
  }

  /** Each append ends in one of these; of one that failed nobody knows what it left. */
  get #settled(): number {
    const { recorded, conflicts, failed } = this.appends;
    return recorded + conflicts + failed;
  }
}
