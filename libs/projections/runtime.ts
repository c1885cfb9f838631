import type { EventStore } from '#libs/event-store';

import type { ProjectionStatus, Report } from './definitions.js';
import { asError } from './errors.js';
import type { Around, ProjectionsOptions } from './options.js';
import type { Progress } from './progress.js';
import type { ReadModels } from './read-models.js';
import type { LogOf } from './record-table.js';
import { Slots } from './slots.js';

/** What all parts of one running pipeline share. */
export interface Runtime {
  readonly store: EventStore;
  readonly models: ReadModels;
  readonly slots: Slots;
  readonly progress: Progress;
  readonly report: Report;
  readonly batchSize: number;
  /** How long a batch may gather, or keep the event loop busy, before it is committed. */
  readonly batchDelayMs: number;
  readonly retryDelayMs: number;
  readonly longestDelayMs: number;
  /** Between 0 and 1; spreads the retries of several servers. */
  readonly jitter: () => number;
  readonly logOf: LogOf;
  readonly around: Around;
  readonly signal: AbortSignal;
}

/** What was asked for, and what holds where nothing was. */
export function sharedBy(options: ProjectionsOptions, progress: Progress): Omit<Runtime, 'signal'> {
  const { store, readModels: models } = options;
  return {
    store,
    models,
    progress,
    slots: new Slots(models),
    report: options.report ?? (() => {}),
    batchSize: options.batchSize ?? 500,
    batchDelayMs: options.batchDelayMs ?? 50,
    retryDelayMs: options.retryDelayMs ?? 20,
    longestDelayMs: options.longestDelayMs ?? 1_000,
    jitter: options.jitter ?? Math.random,
    logOf: options.logOf ?? (() => ''),
    around: options.around ?? ((_step, work) => work()),
  };
}

/** Keeps one slot to roll back to. A failure (a reader still holds the tables open) only leaves more to drop later. */
export function dropSurplus({ slots, report }: Runtime, name: string): void {
  try {
    slots.dropRetired(name, { keep: 1 });
  } catch (error) {
    report({ projection: name, ordinal: -1, error });
  }
}

/** Why a part stopped for the rest of this process's life, and before which event. */
export interface Halt {
  readonly ordinal: number;
  readonly error: Error;
}

/** How a part that halted, or waits, says so in its status; a part that does neither adds nothing. */
export function troubleOf(
  halt: Halt | undefined,
  fault: Halt | undefined,
): Partial<Pick<ProjectionStatus, 'state' | 'error'>> {
  const trouble = halt ?? fault;
  if (trouble === undefined) return {};
  const { error, ordinal } = trouble;
  return { state: halt === undefined ? 'waiting' : 'halted', error: { message: error.message, ordinal } };
}

/** What is still to be applied after the ordinal, with what the record itself has yet to read. */
export function lagAfter(
  ordinal: number,
  { headOrdinal, unread }: { readonly headOrdinal: number; readonly unread: number | undefined },
): number | undefined {
  return unread === undefined ? undefined : Math.max(headOrdinal - ordinal, 0) + unread;
}

export function haltAt(ordinal: number, error: unknown): Halt {
  return { ordinal, error: asError(error) };
}
