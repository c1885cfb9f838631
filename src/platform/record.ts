import { MemoryEventStore } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import { EventStoreDbEventStore } from '#libs/event-store-eventstoredb';
import type { EventStoreDbOptions } from '#libs/event-store-eventstoredb';
import { holdFolder, SqliteEventStore, SqliteReadStore } from '#libs/event-store-sqlite';
import { Projections, ReadModels } from '#libs/projections';
import type { Incident } from '#libs/projections';
import { afterConsequences } from './commands/after-consequences.js';
import { attributionsProjection } from './lists/attributions.projection.js';
import type { Clock } from './record/clock.js';
import { credentialPrefix } from './access/all-credentials.js';
import { Credentials } from './access/credentials.js';
import { Erasures } from './commands/erasures.js';
import { EventRegistry } from './record/event-registry.js';
import type { Follower } from './record/follower.js';
import { knownFrom } from './record/known-record.js';
import type { Ids } from './record/ids.js';
import { Keys } from './access/keys.js';
import { leaseEventsKept, leaseStream, soleHolder, StoreLease } from './reactions/lease.js';
import type { Lease, LeaseWaits } from './reactions/lease.js';
import { listProjection } from './lists/lists.projection.js';
import { momentsOf } from './record/moments.js';
import type { Moments } from './record/moments.js';
import { dialogueOfStream } from './record/references.js';
import { Policies } from './reactions/policies.service.js';
import { noLogs } from './record/dialogue-logs.js';
import type { DialogueLogs } from './record/dialogue-logs.js';
import { Deciding } from './commands/deciding.js';
import { Recorder } from './commands/recorder.service.js';
import { hasJoinedAny } from './access/sight.js';
import type { Slice } from './record/slice.js';
import { StoreContact } from './record/store-contact.js';
import { keyPrefixGuards } from './record/streams.js';
import type { Streams } from './record/streams.js';
import { RealTimer } from './record/timer.js';
import { StoredStreams } from './record/stored-streams.js';

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

export interface RecordOptions {
  readonly slices: readonly Slice[];
  /** Read models of other rooms; none unless told. */
  readonly followers?: readonly Follower[];
  /** The logs of the dialogues, where one of these makes them; signed acts are for such a program alone. */
  readonly logs?: (projections: Projections) => DialogueLogs;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Absent: everything in memory, gone with the process. */
  readonly directory: string | undefined;
  /** The connection string of a cluster: the truth is there, and the directory holds the read models alone. */
  readonly storeUrl: string | undefined;
  /** How long a key is taken while the cluster can't be asked whether it still holds; five minutes unless told. */
  readonly keysUnaskedMs?: number;
  readonly storeWaits?: StoreWaits;
  /** What all parts of the record see in the place of the store, where a test needs it to fail in its own way. */
  readonly storeThrough?: (store: EventStore) => EventStore;
  /** Told once of each trouble with the cluster, and of its end: in words, and with the addresses. */
  readonly onConnection?: (words: string, detail: string) => void;
  /** Told when this server brings consequences about in the place of one that fell silent. */
  readonly onTakeover?: () => void;
  /** Nothing is written: no act, no consequence, no file. Read models are built apart, for as long as it is open. */
  readonly readOnly?: boolean;
  readonly onIncident: (incident: Incident) => void;
  /** The store can't go on: the process must stop. */
  readonly onFatal: (error: Error) => void;
}

/** The record, opened: store, read models, the one writer and the one runner of policies. */
export interface OpenRecord {
  readonly registry: EventRegistry;
  readonly store: EventStore;
  readonly streams: StoredStreams;
  /** Where reads look: the streams, or for a request that only reads, what stands in for it while the store is away. */
  readonly present: Streams;
  /** Whether the store is there; absent where it is in our own hands. */
  readonly contact?: StoreContact;
  readonly recorder: Recorder;
  readonly projections: Projections;
  /** Which server brings consequences about. */
  readonly lease: Lease;
  readonly credentials: Credentials;
  readonly keys: Keys;
  /** Seals the places that answers name, and opens them again. */
  readonly moments: Moments;
  readonly clock: Clock;
  readonly ids: Ids;
  close(): Promise<void>;
}

/**
 * Throws what the store throws where the folder is locked, too new or unusable; each says what to do. What was opened
 * before the failure is closed again, so that no lock outlives it.
 */
export async function openRecord(options: RecordOptions): Promise<OpenRecord> {
  const { clock, ids, directory, followers = [], readOnly = false } = options;
  await using opened = new AsyncDisposableStack();
  const engine = await openStore(options, opened);
  opened.defer(() => engine.close());
  const store = options.storeThrough?.(engine) ?? engine;
  const place = directory === undefined ? {} : { directory };
  const readModels = ReadModels.open(readOnly ? { temporary: true } : place);
  opened.defer(() => readModels.close());
  const registry = new EventRegistry(options.slices);
  const streams = new StoredStreams(
    store,
    registry,
    knownFrom(() => projections),
  );
  // Whoever can't follow the record brings nothing about, and must not keep others from it.
  const lease = leaseOn(store, options, () => projections.goesOn);
  const projections: Projections = new Projections({
    store,
    readModels,
    recordPrefixes: registry.streamPrefixes,
    besidePrefixes: [credentialPrefix, keyPrefixGuards],
    logOf: (first) => dialogueOfStream(registry, first.stream, first) ?? '',
    definitions: [
      ...registry.slices.map((slice) => listProjection(slice, registry)),
      attributionsProjection(registry),
      ...followers.map(({ definition }) => definition),
    ],
    ...(readOnly ? {} : { policy: new Policies(streams, ids, lease) }),
    ...longestDelay(options.storeWaits),
    report: options.onIncident,
  });
  opened.defer(() => projections.stop());
  opened.defer(() => lease.stop());
  // Before the record is followed: while a follower doubts whose store it is, nothing else is read from it.
  const moments = await momentsOf(store, ids, readOnly);
  for (const one of followers) await one.prepare(store, ids, readOnly);
  await projections.start();
  const erasures = new Erasures(streams, projections, ids);
  if (!readOnly) await erasures.finishAll();
  const logs = options.logs?.(projections) ?? noLogs;
  const contact = store.silentMs === undefined ? undefined : new StoreContact(store);
  const { keysUnaskedMs } = options;
  const credentials = new Credentials(
    store,
    ids,
    clock,
    contact && { contact, projections, unaskedMs: keysUnaskedMs },
  );
  const closing = opened.move();
  return {
    registry,
    store,
    streams,
    present: streams,
    ...(contact === undefined ? {} : { contact }),
    recorder: new Recorder(
      new Deciding(streams, ids, logs, clock, erasures, afterConsequences(streams, projections)),
    ),
    projections,
    lease,
    credentials,
    keys: new Keys(credentials, clock, (party) => hasJoinedAny({ projections, streams }, party)),
    moments,
    clock,
    ids,
    close: () => closing.disposeAsync(),
  };
}

/** Whichever engine is configured; the folder is this process's alone, also where it holds nothing but read models. */
async function openStore(options: RecordOptions, opened: AsyncDisposableStack): Promise<EventStore> {
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
    : await SqliteEventStore.open({ directory, clock, onFatal });
}

/** Several servers share a cluster, and one of them at a time runs the policies; a folder has one server only. */
function leaseOn(
  store: EventStore,
  { storeUrl, storeWaits, ids, readOnly, onTakeover }: RecordOptions,
  mayHold: () => boolean,
): Lease {
  return storeUrl === undefined || readOnly === true
    ? soleHolder
    : new StoreLease(store, ids, new RealTimer(), ids.next(), mayHold, storeWaits?.lease, onTakeover);
}

function longestDelay({ longestDelayMs }: StoreWaits = {}): { readonly longestDelayMs?: number } {
  return longestDelayMs === undefined ? {} : { longestDelayMs };
}
