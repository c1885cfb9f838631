import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { formatPosition } from '#libs/event-store';
import type { JsonObject, Position, Recorded } from '#libs/event-store';
import { EventRegistry } from '../../src/platform/record/event-registry.js';
import { fold, represent } from '../../src/platform/record/fold.js';
import { momentsUnder, sealingKeyStream } from '../../src/platform/record/moments.js';
import { slices } from '../../src/slices.js';

interface Row {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly content: string | null;
  readonly salt: string | null;
  readonly meta: string;
  readonly recorded_at: string;
}

const registry = new EventRegistry(slices);

/** What is in the file of the store, read past the program that wrote it. */
export class Stored {
  private constructor(readonly events: readonly Recorded[]) {}

  static read(directory: string): Stored {
    const database = new DatabaseSync(join(directory, 'store.sqlite'), { readOnly: true });
    try {
      const { epoch } = database.prepare('SELECT epoch FROM identity ORDER BY life DESC').get() as {
        epoch: string;
      };
      const rows = database.prepare('SELECT * FROM events ORDER BY position').all() as unknown as Row[];
      return new Stored(rows.map((row) => recorded(row, epoch)));
    } finally {
      database.close();
    }
  }

  /** A place in the store as the server names it, under the key that the store holds; unless told, the last one. */
  moment(position: Position | undefined = this.events.at(-1)?.position): string {
    const made = this.events.find(({ stream }) => stream === sealingKeyStream);
    if (made === undefined || position === undefined) throw new Error('No server ever opened this store.');
    return momentsUnder(made.data['key']).sealed(position);
  }

  /** Where the words of the write stand, by its key: `irritant-…@3` for each event that has them. */
  places(): ReadonlyMap<string, readonly string[]> {
    const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
    const places = new Map<string, string[]>();
    for (const { stream, revision, content } of this.events) {
      const keys = new Set(JSON.stringify(content).match(uuid));
      for (const key of keys) places.set(key, [...(places.get(key) ?? []), `${stream}@${revision}`]);
    }
    return places;
  }

  /** The representations that the lists must show, by slice and id, each folded from its stream. */
  folds(): ReadonlyMap<string, ReadonlyMap<string, unknown>> {
    const streams = Map.groupBy(this.events, (one) => one.stream);
    const found = new Map(slices.map((slice) => [slice.name, new Map<string, unknown>()]));
    for (const [stream, events] of streams) {
      if (!registry.streamPrefixes.some((prefix) => stream.startsWith(prefix))) continue;
      const slice = registry.ofStream(stream);
      const folded = fold(
        slice,
        events.map((one) => registry.read(one)),
      );
      if (folded === undefined) continue;
      found.get(slice.name)?.set(folded.id, JSON.parse(JSON.stringify(represent(folded))));
    }
    return found;
  }
}

function recorded(row: Row, epoch: string): Recorded {
  const { stream, id, type, salt, recorded_at: recordedAt } = row;
  return {
    stream,
    id,
    type,
    salt,
    recordedAt,
    revision: BigInt(row.revision),
    position: formatPosition(epoch, BigInt(row.position)),
    data: JSON.parse(row.data) as JsonObject,
    content: row.content === null ? null : (JSON.parse(row.content) as JsonObject),
    meta: JSON.parse(row.meta) as JsonObject,
  };
}
