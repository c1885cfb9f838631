import {
  defaultIfEmpty,
  defer,
  firstValueFrom,
  fromEvent,
  map,
  merge,
  of,
  switchMap,
  timeout,
  type Observable,
} from 'rxjs';

import type { Position } from '#libs/event-store';

import type { WaitOptions, Waited } from './definitions.js';
import type { PolicyRunner } from './policy-runner.js';
import type { Progress } from './progress.js';
import type { Projection } from './projection.js';
import type { FollowedRecord } from './record.js';

export interface Followed {
  readonly record: FollowedRecord;
  readonly projections: readonly Projection[];
  readonly policy: PolicyRunner | undefined;
}

/**
 * What an act brings about, and what that brings about in its turn: an agreement, then a milestone, then the end of a
 * condition, and what is drawn anew after that.
 */
const longestChain = 4;

/** What is waited for beside the record. */
interface Parts {
  readonly withPolicy: boolean;
  readonly withProjections: boolean;
}

/** Waits until what is read contains what was written. */
export class Coverage {
  constructor(
    private readonly progress: Progress,
    private readonly followed: () => Followed,
  ) {}

  /**
   * Once the policy is past the position it knows where the consequences are, and past those, where their own are. The
   * store's head would be further: it may be a technical event, of which the record hears late.
   */
  async waitFor(
    position: Position,
    { timeoutMs, signal }: WaitOptions,
    withProjections = true,
  ): Promise<Waited> {
    signal?.throwIfAborted();
    const covered = defer(() => this.#covers(position, { withPolicy: true, withProjections })).pipe(
      switchMap((reached) => (reached ? this.#coversConsequences(withProjections) : of(false))),
      map((reached): Waited => (reached ? 'reached' : 'lagging')),
      timeout({ first: timeoutMs, with: () => of<Waited>('lagging') }),
      // A stop ends all waiting without a value.
      defaultIfEmpty<Waited, Waited>('lagging'),
    );
    return firstValueFrom(signal === undefined ? covered : merge(covered, aborted(signal)));
  }

  /** Until the condition, which is looked at after each step of any part, holds; false where it did not in that time. */
  async until(holds: () => boolean, timeoutMs: number): Promise<boolean> {
    const held = this.progress
      .until(holds)
      .pipe(timeout({ first: timeoutMs, with: () => of(false) }), defaultIfEmpty<boolean, boolean>(false));
    return firstValueFrom(held);
  }

  /** As far as one act reaches, and no further: under load there are always consequences of what others write. */
  #coversConsequences(
    withProjections: boolean,
    before?: Position,
    links = longestChain,
  ): Observable<boolean> {
    const position = this.followed().policy?.consequences;
    if (position === undefined || position === before) return of(true);
    const isLast = links === 1;
    return this.#covers(position, { withPolicy: !isLast, withProjections }).pipe(
      switchMap((reached) =>
        reached && !isLast ? this.#coversConsequences(withProjections, position, links - 1) : of(reached),
      ),
    );
  }

  /** What is halted is not waited for, but the others are: their readers find what they wrote all the same. */
  #covers(position: Position, { withPolicy, withProjections }: Parts): Observable<boolean> {
    const { record, projections, policy } = this.followed();
    return this.progress
      .until(() => record.covers(position) || record.halted)
      .pipe(
        switchMap(() => {
          if (!record.covers(position)) return of(false);
          const ordinal = record.reader.ordinalAtPosition(position);
          const parts = [
            ...(withProjections ? projections : []),
            ...(withPolicy && policy !== undefined ? [policy] : []),
          ];
          return this.progress
            .until(() => parts.every((part) => part.covers(ordinal) || part.halted))
            .pipe(map(() => parts.every((part) => part.covers(ordinal))));
        }),
      );
  }
}

function aborted(signal: AbortSignal): Observable<never> {
  return fromEvent(signal, 'abort').pipe(
    map((): never => {
      throw signal.reason;
    }),
  );
}
