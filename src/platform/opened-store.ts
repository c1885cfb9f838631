import { MemoryEventStore } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import { EventStoreDbEventStore } from '#libs/event-store-eventstoredb';
import { holdFolder, SqliteEventStore, SqliteReadStore } from '#libs/event-store-sqlite';
import { leaseEventsKept, leaseStream } from './reactions/lease.js';
import type { RecordOptions } from './record.js';
import type { Removals } from './record/removals.js';

/** Whichever engine is configured; the folder is this process's alone, also where it holds nothing but read models. */
export async function openStore(
  options: RecordOptions,
  opened: AsyncDisposableStack,
  removals: Removals | undefined,
): Promise<EventStore> {
  const { clock: clockOf, directory, onConnection, onFatal, readOnly = false, storeUrl } = options;
  const { lease: _, longestDelayMs: __, ...waits } = options.storeWaits ?? {};
  const clock = () => clockOf.iso();
  if (storeUrl !== undefined) {
    if (directory !== undefined && !readOnly) {
      const folder = holdFolder(directory);
      opened.defer(() => folder.release());
    }
    const store = await EventStoreDbEventStore.open({
      connectionString: storeUrl,
      clock,
      ...waits,
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
        ...(removals === undefined ? {} : { onErased: (one) => removals.addErased(one) }),
      });
}
