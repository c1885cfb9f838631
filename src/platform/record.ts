import { MemoryEventStore } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import { SqliteEventStore } from '#libs/event-store-sqlite';
import { Projections, ReadModels } from '#libs/projections';
import type { Incident } from '#libs/projections';
import type { Clock } from './clock.js';
import { Credentials } from './credentials.js';
import { EventRegistry } from './event-registry.js';
import type { Ids } from './ids.js';
import { soleHolder } from './lease.js';
import { listProjection } from './lists.projection.js';
import { Policies } from './policies.service.js';
import { Recorder } from './recorder.service.js';
import type { Slice } from './slice.js';
import { World } from './world.js';

export interface RecordOptions {
  readonly slices: readonly Slice[];
  readonly clock: Clock;
  readonly ids: Ids;
  /** Absent: everything in memory, gone with the process. */
  readonly directory: string | undefined;
  readonly onIncident: (incident: Incident) => void;
  /** The store can't go on: the process must stop. */
  readonly onFatal: (error: Error) => void;
}

/** The record, opened: store, read models, the one writer and the one runner of policies. */
export interface OpenRecord {
  readonly registry: EventRegistry;
  readonly store: EventStore;
  readonly world: World;
  readonly recorder: Recorder;
  readonly projections: Projections;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly ids: Ids;
  close(): Promise<void>;
}

/**
 * Throws what the store throws where the folder is locked, too new or unusable; each says what to do. What was opened
 * before the failure is closed again, so that no lock outlives it.
 */
export async function openRecord(options: RecordOptions): Promise<OpenRecord> {
  const { clock, ids, directory } = options;
  await using opened = new AsyncDisposableStack();
  const store = await openStore(options);
  opened.defer(() => store.close());
  const readModels = ReadModels.open(directory === undefined ? {} : { directory });
  opened.defer(() => readModels.close());
  const registry = new EventRegistry(options.slices);
  const world = new World(store, registry);
  const projections = new Projections({
    store,
    readModels,
    recordPrefixes: registry.streamPrefixes,
    definitions: registry.slices.map((slice) => listProjection(slice, registry)),
    policy: new Policies(world, ids, soleHolder),
    report: options.onIncident,
  });
  opened.defer(() => projections.stop());
  await projections.start();
  const closing = opened.move();
  return {
    registry,
    store,
    world,
    recorder: new Recorder(world, ids),
    projections,
    credentials: new Credentials(store, ids, clock),
    clock,
    ids,
    close: () => closing.disposeAsync(),
  };
}

async function openStore({ clock, directory, onFatal }: RecordOptions): Promise<EventStore> {
  const recordedAt = () => clock.iso();
  return directory === undefined
    ? new MemoryEventStore({ clock: recordedAt })
    : await SqliteEventStore.open({ directory, clock: recordedAt, onFatal });
}
