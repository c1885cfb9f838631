import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Release } from './release-check.js';
import type { WitnessAsker } from './witness-asker.js';

/** What the signer has to know of witnesses. */
export interface Witnessing {
  /** Whether a witness is still being asked of what was released before. */
  isMeeting(log: string): boolean;
  /** Asks of what was released last, once each time that this server begins to sign; false while that is under way. */
  meets(log: string, last: Release | undefined): boolean;
  /** Why nothing more may be signed of a log, by what a witness has countersigned. */
  objectionTo(log: string): string | undefined;
  /** Whether one that had countersigned the log before has taken so much of it since this server signs. */
  vouches(log: string, size: number): boolean;
  released(log: string, release: Release): void;
}

/** Has each released checkpoint countersigned, on the server that signs. */
export class WitnessesService implements Witnessing, OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #ended = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(readonly askers: readonly WitnessAsker[]) {}

  isMeeting(log: string): boolean {
    return this.askers.some((one) => one.isMeeting(log));
  }

  meets(log: string, last: Release | undefined): boolean {
    return this.askers.filter((one) => !one.meet(log, last)).length === 0;
  }

  objectionTo(log: string): string | undefined {
    for (const { objections } of this.askers) {
      const because = objections.get(log);
      if (because !== undefined) return because;
    }
    return undefined;
  }

  vouches(log: string, size: number): boolean {
    return this.askers.some((one) => one.vouches(log, size));
  }

  released(log: string, release: Release): void {
    for (const one of this.askers) one.want(log, release);
  }

  /** Each dialogue of which nothing more may be signed, with what a witness says. */
  objections(): ReadonlyMap<string, string> {
    return new Map(this.askers.flatMap(({ objections }) => [...objections]));
  }

  /** Those that say nothing at the moment. */
  silent(): readonly WitnessAsker[] {
    return this.askers.filter(({ silent }) => silent !== undefined);
  }

  onApplicationBootstrap(): void {
    this.#running = Promise.all(this.askers.map((one) => one.run(this.#ended.signal)));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }
}
