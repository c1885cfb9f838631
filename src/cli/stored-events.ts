import type { JsonObject, Recorded } from '#libs/event-store';
import { formatPosition } from '#libs/event-store';
import { storedRows } from '#libs/event-store-sqlite';
import type { StoredRow } from '#libs/event-store-sqlite';
import type { DatabaseSync } from 'node:sqlite';
import { eventFault } from '../platform/commands/event-check.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import { slices } from '../slices.js';

const registry = new EventRegistry(slices);
const examples = 5;

/** The first few of what may be many, and how many there are. */
export class Examples {
  readonly #said: string[] = [];
  #count = 0;

  add(says: string): void {
    this.#count += 1;
    if (this.#said.length < examples) this.#said.push(says);
  }

  get all(): readonly string[] {
    const more = this.#count - this.#said.length;
    return more === 0 ? this.#said : [...this.#said, `and ${more} more of this kind`];
  }
}

export function isOfRecord(stream: string): boolean {
  return registry.streamPrefixes.some((prefix) => stream.startsWith(prefix));
}

/** The names of the columns that are no JSON objects any more. */
function unreadable(row: StoredRow): readonly string[] {
  return (['data', 'content', 'meta'] as const).filter((column) => {
    const text = row[column];
    return text !== null && asObject(text) === undefined;
  });
}

function asObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** The event of a row whose JSON can be read. */
export function recordedFrom(row: StoredRow, epoch: string): Recorded {
  const { stream, id, type, salt, content } = row;
  return {
    stream,
    id,
    type,
    salt,
    recordedAt: row.recorded_at,
    revision: BigInt(row.revision),
    position: formatPosition(epoch, BigInt(row.position)),
    data: asObject(row.data) ?? {},
    content: content === null ? null : (asObject(content) ?? {}),
    meta: asObject(row.meta) ?? {},
  };
}

export interface EventsSeen {
  /** Of the record, and all. */
  readonly recorded: number;
  readonly all: number;
  /** Of the last of them in the store's order. */
  readonly lastRecordedAt: string | undefined;
  readonly flaws: readonly string[];
}

/** Reads every event once, and says what is wrong with each by itself. */
export function checkEvents(database: DatabaseSync, epoch: string): EventsSeen {
  const flaws = new Examples();
  let [recorded, all] = [0, 0];
  let lastRecordedAt: string | undefined;
  const erasures = database.prepare(
    "SELECT 1 FROM events WHERE stream = ? AND type = 'ContentErased' LIMIT 1",
  );
  for (const row of storedRows(database)) {
    all += 1;
    lastRecordedAt = row.recorded_at;
    const place = `revision ${row.revision} of ${row.stream} (${row.type}, position ${row.position})`;
    const columns = unreadable(row);
    if (columns.length > 0) flaws.add(`${place}: its ${columns.join(' and ')} can't be read as JSON`);
    if (!isOfRecord(row.stream)) continue;
    recorded += 1;
    if (columns.length > 0) continue;
    const fault = eventFault(registry, recordedFrom(row, epoch));
    if (fault !== undefined) flaws.add(`${place}: ${fault}`);
    else if (row.content === null && erasures.get(row.stream) === undefined) {
      flaws.add(`${place}: its words are gone, and no erasure is recorded`);
    }
  }
  return { recorded, all, lastRecordedAt, flaws: flaws.all };
}
