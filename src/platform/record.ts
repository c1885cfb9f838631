import type { EventStore } from '#libs/event-store';
import { Projections, ReadModels } from '#libs/projections';
import type { Incident, PolicyHandler } from '#libs/projections';
import { afterConsequences } from './commands/after-consequences.js';
import type { Clock } from './record/clock.js';
import { Credentials } from './access/credentials.js';
import { Erasures } from './commands/erasures.js';
import { ErasuresElsewhere } from './commands/erasures-elsewhere.js';
import { EventRegistry } from './record/event-registry.js';
import type { Follower } from './record/follower.js';
import { knownFrom } from './record/known-record.js';
import type { Ids } from './record/ids.js';
import { Keys } from './access/keys.js';
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
import { Removals } from './record/removals.js';
import { broughtBackTo, eraseAgain, forgetAgain, revokeAgain } from './commands/taken-away.js';
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
  /** Told when this server brings consequences about in the place of one that fell silent. */
  readonly onTakeover?: () => void;
  readonly onIncident: (incident: Incident) => void;
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
  const { clock, ids, followers = [], readOnly = false } = options;
  await using opened = new AsyncDisposableStack();
  const removals = readOnly || options.journal === undefined ? undefined : Removals.open(options.journal);
  const engine = await openStore(options, opened, removals);
  opened.defer(() => engine.close());
  const store = options.storeThrough?.(engine) ?? engine;
  const readModels = await readModelsBeside(store, removals, options);
  opened.defer(() => readModels.close());
  const registry = new EventRegistry(options.slices);
  const known = knownFrom(() => projections);
  const streams = new StoredStreams(store, registry, known);
  // Whoever can't follow the record brings nothing about, and must not keep others from it.
  const lease = leaseOn(store, options, () => projections.goesOn);
  const projections: Projections = new Projections({
    store,
    readModels,
    recordPrefixes: registry.streamPrefixes,
    besidePrefixes,
    logOf: (first) => dialogueOfStream(registry, first.stream, first) ?? '',
    definitions: [...readModelsOf(registry), ...followers.map(({ definition }) => definition)],
    ...(readOnly ? {} : { policy: policyOf(options, new Reactions(streams, ids, lease), () => erasures) }),
    longestDelayMs: options.storeWaits?.longestDelayMs,
    report: options.onIncident,
  });
  opened.defer(() => projections.stop());
  opened.defer(() => lease.stop());
  // Before the record is followed: while a follower doubts whose store it is, nothing else is read from it.
  const moments = await momentsOf(store, ids, readOnly);
  for (const one of followers) await one.prepare(store, ids, readOnly);
  const erasures = new Erasures(streams, projections, ids);
  await projections.start();
  if (removals !== undefined) forgetAgain(removals, projections);
  if (!readOnly) await finishBegun(erasures, removals, options, opened);
  const logs = options.logs?.(projections) ?? noLogs;
  const contact = store.silentMs === undefined ? undefined : new StoreContact(store);
  const credentials = await credentialsOf(options, { store, contact, projections, removals });
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
    standings: new LogStandings(),
    ids,
    close: () => closing.disposeAsync(),
  };
}

/** What was erased leaves the store again where an older copy brought it back, and the read models are then begun anew. */
async function readModelsBeside(
  store: EventStore,
  removals: Removals | undefined,
  { directory, readOnly = false }: RecordOptions,
): Promise<ReadModels> {
  const broughtBack = await broughtBackTo(store, removals);
  const anew = broughtBack.length > 0;
  const place = directory === undefined ? {} : { directory, anew };
  const readModels = ReadModels.open(readOnly ? { temporary: true } : place);
  await eraseAgain(store, broughtBack);
  return readModels;
}

interface CredentialParts {
  readonly store: EventStore;
  readonly contact: StoreContact | undefined;
  readonly projections: Projections;
  readonly removals: Removals | undefined;
}

/** What was revoked stays so, also where an older copy of the store was put in place. */
async function credentialsOf(
  { ids, clock, keysUnaskedMs }: RecordOptions,
  { store, contact, projections, removals }: CredentialParts,
): Promise<Credentials> {
  const unasked = contact && { contact, projections, unaskedMs: keysUnaskedMs };
  const credentials = new Credentials(store, ids, clock, unasked, removals);
  if (removals !== undefined) await revokeAgain(removals, credentials);
  return credentials;
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

/**
 * A store elsewhere may be long, doubted or away at the start: what was begun is finished beside what is served, for every
 * view obeys an erasing at once.
 */
async function finishBegun(
  erasures: Erasures,
  removals: Removals | undefined,
  { storeUrl, onIncident }: RecordOptions,
  opened: AsyncDisposableStack,
): Promise<void> {
  if (storeUrl === undefined) return erasures.finishAll(removals);
  const left = new AbortController();
  opened.defer(() => left.abort());
  erasures
    .finishAllBeside(removals, new RealTimer(), left.signal)
    .catch((failure: unknown) => onIncident({ projection: 'record', ordinal: -1, error: failure }));
}

/** In a folder nobody else erases anything. */
function policyOf(
  { storeUrl }: RecordOptions,
  reactions: PolicyHandler,
  erasures: () => Erasures,
): PolicyHandler {
  return storeUrl === undefined ? reactions : new ErasuresElsewhere(reactions, erasures);
}
