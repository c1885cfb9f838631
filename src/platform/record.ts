import type { EventStore, Recorded } from '#libs/event-store';
import { Projections } from '#libs/projections';
import type { Incident, PolicyHandler } from '#libs/projections';
import type { Tracing } from '#libs/tracing';
import { Appends, countedStore } from './record/appends.js';
import { afterConsequences } from './commands/after-consequences.js';
import type { Clock } from './record/clock.js';
import type { Credentials } from './access/credentials.js';
import { Erasures } from './commands/erasures.js';
import { ErasuresElsewhere } from './commands/erasures-elsewhere.js';
import { finishBegun } from './commands/erasures-begun.js';
import { EventRegistry } from './record/event-registry.js';
import type { Follower } from './record/follower.js';
import { knownFrom } from './record/known-record.js';
import type { Ids } from './record/ids.js';
import { Keys } from './access/keys.js';
import type { SignIns } from './access/sign-ins.js';
import { soleHolder, StoreLease } from './reactions/lease.js';
import type { Lease } from './reactions/lease.js';
import { readModelsOf } from './lists/read-models.js';
import { LogStandings } from './record/log-standings.js';
import { momentsOf } from './record/moments.js';
import type { Moments } from './record/moments.js';
import { dialogueOfStream } from './record/references.js';
import { noLogs } from './record/dialogue-logs.js';
import type { DialogueLogs } from './record/dialogue-logs.js';
import { Deciding } from './commands/deciding.js';
import { Reactions } from './reactions/reactions.service.js';
import { Recorder } from './commands/recorder.service.js';
import { hasJoinedAny } from './access/sight.js';
import type { Slice } from './record/slice.js';
import { StoreContact } from './record/store-contact.js';
import { besidePrefixes } from './kept-beside.js';
import type { Streams } from './record/streams.js';
import { systemOf, tracedPolicy, tracedSteps, tracedStore } from './record/traced.js';
import { Removals } from './record/removals.js';
import { forgetAgain } from './commands/taken-away.js';
import { accessTo, readModelsBeside } from './record-parts.js';
import { openStore } from './opened-store.js';
import type { StoreOptions } from './opened-store.js';
import { RealTimer } from './record/timer.js';
import { StoredStreams } from './record/stored-streams.js';

export interface RecordOptions extends StoreOptions {
  readonly slices: readonly Slice[];
  /** Read models of other rooms; none unless told. */
  readonly followers?: readonly Follower[];
  /** The logs of the dialogues, where one of these makes them; signed acts are for such a program alone. */
  readonly logs?: (projections: Projections) => DialogueLogs;
  readonly ids: Ids;
  /** How long a key is taken while the cluster can't be asked whether it still holds; five minutes unless told. */
  readonly keysUnaskedMs?: number;
  /** The file outside the folder that notes what is erased and revoked; absent: none. */
  readonly journal?: string | undefined;
  /** What all parts of the record see in the place of the store, where a test needs it to fail in its own way. */
  readonly storeThrough?: (store: EventStore) => EventStore;
  /** Where the spans of store, read models and policies go; nowhere unless told. */
  readonly tracing?: Tracing | undefined;
  /** Told when this server brings consequences about in the place of one that fell silent. */
  readonly onTakeover?: () => void;
  readonly onIncident: (incident: Incident) => void;
}

/** The record, opened: store, read models, the one writer and the one runner of policies. */
export interface OpenRecord {
  readonly registry: EventRegistry;
  readonly store: EventStore;
  readonly appends: Appends;
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
  /** Who is signed in to the pages by an issuer. */
  readonly signIns: SignIns;
  /** Seals the places that answers name, and opens them again. */
  readonly moments: Moments;
  readonly clock: Clock;
  /** Who knows what was signed by when. */
  readonly standings: LogStandings;
  readonly ids: Ids;
  close(): Promise<void>;
}

/**
 * Throws what the store throws where the folder is locked, too new or unusable; each says what to do. What was opened
 * before the failure is closed again, so that no lock outlives it.
 */
export async function openRecord(options: RecordOptions): Promise<OpenRecord> {
  const { clock, ids, tracing, followers = [], readOnly = false } = options;
  await using opened = new AsyncDisposableStack();
  const removals = readOnly || options.journal === undefined ? undefined : Removals.open(options.journal);
  const engine = await openStore(options, opened, removals);
  opened.defer(() => engine.close());
  const appends = new Appends();
  const counted = countedStore(options.storeThrough?.(engine) ?? engine, appends);
  const store = tracedStore(counted, tracing, systemOf(options));
  const readModels = await readModelsBeside(store, removals, options);
  opened.defer(() => readModels.close());
  const registry = new EventRegistry(options.slices);
  const known = knownFrom(() => projections);
  const streams = new StoredStreams(store, registry, known);
  // Whoever can't follow the record brings nothing about, and must not keep others from it.
  const lease = leaseOn(store, options, () => projections.goesOn);
  const policy = policyOf(options, new Reactions(streams, ids, lease), () => erasures);
  const projections: Projections = new Projections({
    store,
    readModels,
    ...projected(registry, followers),
    ...(readOnly ? {} : { policy }),
    longestDelayMs: options.storeWaits?.longestDelayMs,
    report: options.onIncident,
    around: tracedSteps(tracing),
  });
  opened.defer(() => projections.stop());
  opened.defer(() => lease.stop());
  // Before the record is followed: while a follower doubts whose store it is, nothing else is read from it.
  const moments = await momentsOf(store, ids, readOnly);
  for (const one of followers) await one.prepare(store, ids, readOnly);
  const erasures = new Erasures(streams, projections, ids);
  await projections.start();
  if (removals !== undefined) forgetAgain(removals, projections);
  if (!readOnly) await finishBegun({ erasures, projections, removals }, options, opened);
  const logs = options.logs?.(projections) ?? noLogs;
  const contact = store.silentMs === undefined ? undefined : new StoreContact(store);
  const access = await accessTo(options, { store, contact, projections, removals });
  const closing = opened.move();
  return {
    registry,
    store,
    appends,
    streams,
    present: streams,
    ...(contact === undefined ? {} : { contact }),
    recorder: new Recorder(
      new Deciding(streams, ids, logs, clock, erasures, afterConsequences(streams, projections)),
    ),
    projections,
    lease,
    ...access,
    keys: keysOf(access, clock, { projections, streams }),
    moments,
    clock,
    standings: new LogStandings(),
    ids,
    close: () => closing.disposeAsync(),
  };
}

/** Who may make and revoke keys, as the record says who has joined what. */
function keysOf(
  { credentials }: Pick<OpenRecord, 'credentials'>,
  clock: Clock,
  parts: Pick<OpenRecord, 'projections' | 'streams'>,
): Keys {
  return new Keys(credentials, clock, (party) => hasJoinedAny(parts, party), parts.streams);
}

/** What the read models are made of, and what is kept beside them. */
function projected(registry: EventRegistry, followers: readonly Follower[]) {
  return {
    recordPrefixes: registry.streamPrefixes,
    besidePrefixes,
    logOf: (first: Recorded) => dialogueOfStream(registry, first.stream, first) ?? '',
    definitions: [...readModelsOf(registry), ...followers.map(({ definition }) => definition)],
  };
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

/** In a folder nobody else erases anything. */
function policyOf(
  { storeUrl, tracing }: RecordOptions,
  reactions: PolicyHandler,
  erasures: () => Erasures,
): PolicyHandler {
  const policy = storeUrl === undefined ? reactions : new ErasuresElsewhere(reactions, erasures);
  return tracedPolicy(policy, tracing);
}
