import type { EventStore } from '#libs/event-store';

import type { PolicyHandler, ProjectionDefinition, Report } from './definitions.js';
import type { ReadModels } from './read-models.js';
import { recordName } from './record-table.js';
import type { LogOf } from './record-table.js';

/** One transaction of a read model: of which one, and the ids of the events that it is of. */
export interface Step {
  readonly projection: string;
  readonly eventIds: readonly string[];
}

/** Does the work of a step, and gives what it gives. */
export type Around = <T>(step: () => Step, work: () => T) => T;

export interface ProjectionsOptions {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  /** The streams that make up the record, by the beginning of their names; all others get no ordinal. */
  readonly recordPrefixes: readonly string[];
  /** Streams beside the record whose data is kept for the time in which the store is away; none unless told. */
  readonly besidePrefixes?: readonly string[];
  /** Which log a stream of the record belongs to, told by its first event; all are of one unless told. */
  readonly logOf?: LogOf;
  readonly definitions: readonly ProjectionDefinition[];
  readonly policy?: PolicyHandler;
  /** Events a batch at the most; 500 unless told. */
  readonly batchSize?: number;
  /** How long a batch may gather, or keep the event loop busy, before it is committed; 50 unless told. */
  readonly batchDelayMs?: number;
  /** The first pause before a failed batch is tried again; 20 unless told. */
  readonly retryDelayMs?: number;
  /**
   * The longest pause while a fault is waited out; 1,000 unless told: three parts may wait one after the other, and
   * all of them should be level a few seconds after the fault.
   */
  readonly longestDelayMs?: number | undefined;
  /** How long a rebuild may come no further before it is given up; 10,000 unless told. */
  readonly rebuildStallMs?: number;
  readonly jitter?: () => number;
  /** For whoever wants to see each step; the step is only told where it is asked for. */
  readonly around?: Around | undefined;
  readonly report?: Report;
}

export function refuseBadNames({ definitions, policy }: ProjectionsOptions): void {
  const names = [recordName, ...definitions.map(({ name }) => name), ...(policy ? [policy.name] : [])];
  for (const name of names) {
    if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) {
      throw new RangeError(`"${name}" is no name for a projection: letters, digits and hyphens.`);
    }
  }
  if (new Set(names).size !== names.length)
    throw new RangeError(`Two of these have one name: ${names.join(', ')}.`);
}

export function unknownName(name: string): Error {
  return new RangeError(`There is no projection ${name}.`);
}

/** The names of all parts that can be built anew, the record's first, and those among them that are meant. */
export function chosenNames(
  names: 'all' | readonly string[],
  { definitions }: Pick<ProjectionsOptions, 'definitions'>,
): { readonly all: readonly string[]; readonly chosen: readonly string[] } {
  const all = [recordName, ...definitions.map(({ name }) => name)];
  if (names === 'all') return { all, chosen: all };
  for (const name of names) if (!all.includes(name)) throw unknownName(name);
  return { all, chosen: all.filter((name) => names.includes(name)) };
}
