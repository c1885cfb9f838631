import { MemoryEventStore } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import type { EventStoreDbOptions } from '#libs/event-store-eventstoredb';
import { holdFolder, SqliteEventStore, SqliteReadStore } from '#libs/event-store-sqlite';
import type { ErasedSince } from '#libs/event-store-sqlite';
import { leaseEventsKept, leaseStream } from './reactions/lease.js';
import type { LeaseWaits } from './reactions/lease.js';
import type { Clock } from './record/clock.js';
import type { Removals } from './record/removals.js';

/** How long what waits for a cluster waits, where a test can't wait as long as a server does. */
export interface StoreWaits extends Pick<
  EventStoreDbOptions,
  | 'electionMs'
  | 'gossipTimeoutMs'
  | 'longestPauseMs'
  | 'patienceMs'
  | 'requestTimeoutMs'
  | 'seekMs'
  | 'suspectMs'
  | 'watchdogMs'
> {
  readonly lease?: LeaseWaits;
  /** Of what follows the record. */
  readonly longestDelayMs?: number;
}

export interface StoreOptions {
  readonly clock: Clock;
  /** Absent: everything in memory, gone with the process. */
  readonly directory: string | undefined;
  /** The connection string of a cluster: the truth is there, and the directory holds the read models alone. */
  readonly storeUrl: string | undefined;
  readonly storeWaits?: StoreWaits;
  /** Told once of each trouble with the cluster, and of its end: in words, and with the addresses. */
  readonly onConnection?: (words: string, detail: string) => void;
  /** Nothing is written: no act, no consequence, no file. Read models are built apart, for as long as it is open. */
  readonly readOnly?: boolean;
  /** The store can't go on: the process must stop. */
  readonly onFatal: (error: Error) => void;
}

/** Whichever engine is configured; the folder is this process's alone, also where it holds nothing but read models. */
export async function openStore(
  options: StoreOptions,
  opened: AsyncDisposableStack,
  removals: Removals | undefined,
): Promise<EventStore> {
  const { clock: clockOf, directory, onConnection, onFatal, readOnly = false, storeUrl } = options;
  const { lease: _, longestDelayMs: __, ...waits } = options.storeWaits ?? {};
  const clock = () => clockOf.iso();
  const onErased = removals && { onErased: (one: ErasedSince) => removals.addErased(one) };
  if (storeUrl !== undefined) {
    if (directory !== undefined && !readOnly) {
      const folder = holdFolder(directory);
      opened.defer(() => folder.release());
    }
    // The client of a cluster takes memory and time to load, and a folder needs none of it.
    const { EventStoreDbEventStore } = await import('#libs/event-store-eventstoredb');
    const store = await EventStoreDbEventStore.open({
      connectionString: storeUrl,
      clock,
      ...waits,
      ...onErased,
      ...(onConnection === undefined ? {} : { onConnection }),
    });
    if (readOnly) return store;
    // A user who may not say so leaves a longer stream, and nothing else: the operator's guide has the way by hand.
    await store.keepNewest(leaseStream, leaseEventsKept).catch(() => undefined);
    return store;
  }
  if (readOnly && directory !== undefined) return SqliteReadStore.open({ directory });
  return directory === undefined
    ? new MemoryEventStore({ clock })
    : await SqliteEventStore.open({
        directory,
        clock,
        onFatal,
        ...onErased,
      });
}
