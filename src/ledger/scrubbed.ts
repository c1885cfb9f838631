import type { EventStore, Recorded } from '#libs/event-store';
import type { Beside, RecordReader } from '#libs/projections';
import type { Logs } from './logs.js';

/** What the scrubber holds against each other. */
export interface Scrubbed {
  readonly store: EventStore;
  readonly record: RecordReader;
  readonly logs: Logs;
  /** The streams that make up the record, by the beginning of their names. */
  readonly prefixes: readonly string[];
  /** Those that are kept beside it, and what was taken in of them. */
  readonly beside: { readonly prefixes: readonly string[]; readonly at: Beside['at'] };
  /** The events of a stream whose words were erased, as the store says now. */
  readonly erasedIn: (stream: string) => Promise<ReadonlySet<string>>;
}

/** The leaf of the event before this one in its stream. */
export function headBefore(
  { logs, record }: Pick<Scrubbed, 'logs' | 'record'>,
  { stream, revision }: Recorded,
) {
  const before = revision === 0n ? undefined : record.ordinalOf(stream, revision - 1n);
  const hash = before === undefined ? undefined : logs.leafHashOfEvent(before);
  return hash === undefined ? undefined : { rev: Number(revision) - 1, hash };
}
