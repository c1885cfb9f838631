import { formatPosition, parsePosition } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import type { LatestEvent } from '../ledger/held-logs.js';
import { openStore } from '../platform/opened-store.js';
import { StoreLease } from '../platform/reactions/lease.js';
import { SystemClock } from '../platform/record/clock.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import { Ids } from '../platform/record/ids.js';
import { Removals } from '../platform/record/removals.js';
import { StoredStreams } from '../platform/record/stored-streams.js';
import { RealTimer } from '../platform/record/timer.js';
import { slices } from '../slices.js';
import { CliFailure } from './cli-failure.js';
import { recordIn, settingsFrom } from './settings.js';
import type { CommonOptions } from './settings.js';

/** How long is waited for a cluster that nobody else works on: longer than a server that fell silent keeps its lease. */
const leaseMs = 10_000;

/** A clock that says what was recorded where it is told to. */
class ToldClock extends SystemClock {
  told: string | undefined;

  override iso(): string {
    return this.told ?? super.iso();
  }
}

/** The store of a record on which nobody works meanwhile: no read model, no consequence, no signature. */
export interface StoreAlone {
  readonly store: EventStore;
  readonly registry: EventRegistry;
  readonly streams: StoredStreams;
  readonly ids: Ids;
  readonly setRecordedAt: (recordedAt: string | undefined) => void;
  /** Whether the journal knows that its words were erased. */
  readonly isErased: (eventId: string) => boolean;
  /** What was stored last, where the store itself never goes back in time; else what was given. */
  latest(ofRecord: LatestEvent | undefined): Promise<LatestEvent | undefined>;
}

/** Throws `DataFolderLocked` where a server holds the folder, and says so where one works on the cluster. */
export async function openedAlone(options: CommonOptions, opened: AsyncDisposableStack): Promise<StoreAlone> {
  const directory = recordIn(options);
  const { storeUrl, journal } = settingsFrom(options);
  const removals = journal === undefined ? undefined : Removals.read(journal);
  const [clock, ids] = [new ToldClock(), new Ids()];
  const onFatal = (error: Error) => {
    process.stderr.write(`entente: the store can't go on: ${error.message}\n`);
    process.exit(1);
  };
  const store = await openStore({ clock, directory, storeUrl, onFatal }, opened, removals);
  opened.defer(() => store.close());
  if (storeUrl !== undefined) await holdLease(store, ids, opened);
  const registry = new EventRegistry(slices);
  return {
    store,
    registry,
    ids,
    streams: new StoredStreams(store, registry),
    setRecordedAt: (recordedAt) => (clock.told = recordedAt),
    isErased: (eventId) => removals?.hasErased(eventId) === true,
    latest: async (ofRecord) => (storeUrl === undefined ? latestIn(store, ofRecord) : ofRecord),
  };
}

async function holdLease(store: EventStore, ids: Ids, opened: AsyncDisposableStack): Promise<void> {
  const lease = new StoreLease(store, ids, new RealTimer(), ids.next());
  opened.defer(() => lease.stop());
  await lease.waitHeld(leaseMs);
  if (lease.held) return;
  throw new CliFailure(
    'A server works on the cluster, and would draw consequences while events are appended: end all servers on it, and do it again.',
  );
}

async function latestIn(
  store: EventStore,
  ofRecord: LatestEvent | undefined,
): Promise<LatestEvent | undefined> {
  const head = await store.head();
  if (head === undefined) return ofRecord;
  const { epoch, commit } = parsePosition(head);
  for await (const message of store.readAll({ after: formatPosition(epoch, commit - 1n), limit: 1 }))
    if (message.kind === 'event' && message.event.recordedAt > (ofRecord?.recordedAt ?? ''))
      return { dialogueId: '', recordedAt: message.event.recordedAt };
  return ofRecord;
}
