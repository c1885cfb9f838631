import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach } from '@jest/globals';

import { MemoryEventStore, type Appended, type EventStore, type NewEvent } from '#libs/event-store';

import type { Incident, PolicyHandler, ProjectionDefinition, Sequenced, Waited } from './definitions.js';
import type { ProjectionsOptions } from './options.js';
import { Projections } from './projections.js';
import { ReadModels } from './read-models.js';

/** Long enough that only a fault ends it. */
const timeoutMs = 200_000;

/** What a test leaves to be ended after it, the last begun first. */
const left: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of left.splice(0).toReversed()) await end();
});

export interface WorldOptions extends Partial<Omit<ProjectionsOptions, 'store' | 'readModels'>> {
  readonly store?: EventStore;
  /** Absent: the read models live in memory. */
  readonly directory?: string;
}

/** Projections over a memory store, with the record in streams `thing-…` and all other streams technical. */
export class World {
  readonly incidents: Incident[] = [];
  readonly readModels: ReadModels;
  readonly projections: Projections;
  readonly store: EventStore;

  private constructor(
    { store = new MemoryEventStore(), directory, ...options }: WorldOptions,
    readModels = ReadModels.open(directory === undefined ? {} : { directory }),
  ) {
    this.store = store;
    this.readModels = readModels;
    this.projections = new Projections({
      store,
      readModels: this.readModels,
      recordPrefixes: ['thing-'],
      definitions: [],
      retryDelayMs: 1,
      report: (incident) => this.incidents.push(incident),
      ...options,
    });
  }

  static async start(options: WorldOptions = {}): Promise<World> {
    const world = new World(options);
    left.push(() => world.stop());
    await world.projections.start();
    return world;
  }

  /** One that has taken in these events of `thing-1`. */
  static async having(ids: readonly string[], options: WorldOptions = {}): Promise<World> {
    const world = await World.start(options);
    await append(world.store, 'thing-1', ...ids);
    await world.settled();
    return world;
  }

  /** Another life on the same tables, as after a restart. */
  async restarted(options: WorldOptions = {}): Promise<World> {
    await this.projections.stop();
    const world = new World({ ...options, store: this.store }, this.readModels);
    left.push(() => world.stop());
    await world.projections.start();
    return world;
  }

  /** Everything that is in the store now is applied, or its part has halted. */
  async settled(): Promise<Waited> {
    return this.projections.settled({ timeoutMs });
  }

  async waitFor({ position }: Appended): Promise<Waited> {
    return this.projections.waitFor(position, { timeoutMs });
  }

  status(name: string) {
    return this.projections.status().find((status) => status.name === name);
  }

  /** All rows of one table, in the order of all their columns. */
  rows(projection: string, table: string): unknown[][] {
    const statement = this.projections
      .view(projection)
      .tables.prepare(`SELECT * FROM {${table}} ORDER BY 1, 2`);
    return statement.all().map((row) => Object.values(row));
  }

  async stop(): Promise<void> {
    await this.projections.stop();
    if (this.readModels.db.isOpen) this.readModels.close();
  }
}

/** Appends events `Counted` at the stream's end, one for each id. */
export async function append(store: EventStore, stream: string, ...ids: string[]): Promise<Appended> {
  let expected: 'no_stream' | bigint = 'no_stream';
  try {
    for await (const { revision } of store.readStream(stream, { backwards: true, limit: 1 }))
      expected = revision;
  } catch {
    expected = 'no_stream';
  }
  const [first, ...others] = ids.map(newEvent);
  if (first === undefined) throw new RangeError('An append needs at least one id.');
  return store.append(stream, [first, ...others], { expected });
}

/** A store with this many streams of one event each. */
export async function storeOfMany(count: number): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  for (let n = 0; n < count; n += 1) await append(store, `thing-${n}`, `${n}`);
  return store;
}

export function newEvent(id: string): NewEvent {
  return {
    id,
    type: 'Counted',
    data: { id },
    content: { text: `said ${id}` },
    salt: `salt ${id}`,
    meta: { by: 'p' },
  };
}

/** Counts the events of each stream; `poison` names the id of an event that it can't apply. */
export function tally(
  options: { name?: string; version?: number; poison?: string } = {},
): ProjectionDefinition {
  const { name = 'tally', version = 1, poison } = options;
  return {
    name,
    version,
    schema: [
      'CREATE TABLE {counts} (stream TEXT PRIMARY KEY, n INTEGER NOT NULL, last TEXT NOT NULL) STRICT',
      'CREATE INDEX {by_count} ON {counts} (n)',
    ],
    apply: ({ event }, tables) => {
      tables
        .prepare(
          'INSERT INTO {counts} VALUES (?, 1, ?) ON CONFLICT DO UPDATE SET n = n + 1, last = excluded.last',
        )
        .run(event.stream, event.id);
      if (event.id === poison) throw new Error(`${poison} can't be applied`);
    },
  };
}

/** A projection without tables that does this with each event. */
export function applying(apply: ProjectionDefinition['apply']): ProjectionDefinition {
  return { name: 'applying', version: 1, schema: [], apply };
}

/** A policy without consequences that tells of each event it is shown. */
export function noting(note: (sequenced: Sequenced) => void): PolicyHandler {
  return {
    name: 'noting',
    handle: async (sequenced) => {
      note(sequenced);
      return undefined;
    },
  };
}

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'projections-'));
  left.push(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
