import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { NewEvent } from '#libs/event-store';
import { SqliteEventStore } from '#libs/event-store-sqlite';
import { numbersFrom } from './seeded.js';

/**
 * Appends single events to random streams, from many producers at once, and prints what that took.
 *
 * append-process.ts product|table FOLDER EVENTS
 */
const [kind = '', folder = '', count = '0'] = process.argv.slice(2);
const events = Number(count);
const streams = 50_000;
const producers = 256;
const random = numbersFrom(20_261_129);

/** As large as an act of a party with its words. */
function act(): NewEvent {
  return {
    id: randomUUID(),
    type: 'PositionStated',
    data: { stance: 'seeks-action', contentHash: 'c'.repeat(43) },
    content: {
      text: { en: 'The buildings were taken without notice, and the keys have not been returned since.' },
    },
    salt: 's'.repeat(22),
    meta: {
      act: { party: 'RU', capacity: 'attributed', recordedBy: 'p'.repeat(36), recorderParty: null },
      sources: [{ sourceId: '01960b3a-0000-7000-8000-000000000002' }],
      wording: [{ as: 'summary' }],
      command: { keyHash: 'k'.repeat(43), bodyHash: 'b'.repeat(43) },
    },
  };
}

type Append = (stream: string, revision: bigint, event: NewEvent) => Promise<void>;

async function product(): Promise<{ append: Append; close: () => Promise<void> }> {
  const store = await SqliteEventStore.open({
    directory: folder,
    clock: () => new Date().toISOString(),
    onFatal: (error) => {
      throw error;
    },
  });
  return {
    append: async (stream, revision, event) => {
      const expected = revision === 0n ? 'no_stream' : revision - 1n;
      await store.append(stream, [event], { expected });
    },
    close: () => store.close(),
  };
}

/** One table, tuned: what SQLite gives to whoever asks for no more than durable and in order. */
function table(): { append: Append; close: () => Promise<void> } {
  const database = new DatabaseSync(join(folder, 'table.sqlite'));
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 20000;
    CREATE TABLE events (
      position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL,
      data TEXT NOT NULL, content TEXT, salt TEXT, meta TEXT NOT NULL, recorded_at TEXT NOT NULL,
      UNIQUE (stream, revision)) STRICT`);
  const insert = database.prepare(
    'INSERT INTO events (stream, revision, id, type, data, content, salt, meta, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  let waiting: { readonly row: readonly (string | bigint | null)[]; readonly done: () => void }[] = [];
  const commit = () => {
    const batch = waiting;
    waiting = [];
    const at = new Date().toISOString();
    database.exec('BEGIN IMMEDIATE');
    for (const { row } of batch) insert.run(...row, at);
    database.exec('COMMIT');
    for (const { done } of batch) done();
  };
  return {
    append: (stream, revision, { id, type, data, content, salt, meta }) =>
      new Promise((done) => {
        if (waiting.length === 0) setImmediate(commit);
        const texts = [id, type, JSON.stringify(data), JSON.stringify(content), salt, JSON.stringify(meta)];
        waiting.push({ row: [stream, revision, ...texts], done });
      }),
    close: async () => database.close(),
  };
}

const { append, close } = kind === 'product' ? await product() : table();
const next = new Map<number, bigint>();
const busy = new Set<number>();
let left = events;
async function produce(): Promise<void> {
  while (left > 0) {
    left -= 1;
    let stream = random() % streams;
    while (busy.has(stream)) stream = random() % streams;
    busy.add(stream);
    const revision = next.get(stream) ?? 0n;
    await append(`irritant-${stream}`, revision, act());
    next.set(stream, revision + 1n);
    busy.delete(stream);
  }
}
const before = process.cpuUsage();
const began = performance.now();
await Promise.all(Array.from({ length: producers }, produce));
const { user, system } = process.cpuUsage(before);
const seconds = (performance.now() - began) / 1000;
await close();
process.stdout.write(JSON.stringify({ cpuSeconds: (user + system) / 1e6, seconds }));
