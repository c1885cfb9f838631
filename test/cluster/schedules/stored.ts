import type { World } from './world.js';

/** An event as the cluster holds it, whatever any server says of it. */
export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  /** Its place among all events. */
  readonly at: number;
  readonly correlationId: string | undefined;
  readonly causationId: string | undefined;
  readonly isDerived: boolean;
}

interface Meta {
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly act?: { readonly capacity: string };
}

/** What programs of ours wrote after so many events; the server's own events are left out. */
export function storedSince({ cluster, name }: World, before: number): readonly StoredEvent[] {
  return cluster
    .database(name)
    .log.all.slice(before)
    .flatMap(({ id, type, stream, revision, metadata }, index) => {
      if (type.startsWith('$') || stream.startsWith('$')) return [];
      const { meta = {} } = JSON.parse(Buffer.from(metadata).toString('utf8') || '{}') as { meta?: Meta };
      return {
        ...{ id, type, stream, revision: Number(revision), at: before + index },
        correlationId: meta.correlationId,
        causationId: meta.causationId,
        isDerived: meta.act?.capacity === 'derived',
      };
    });
}
