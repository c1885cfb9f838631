import type { EventRegistry } from '../../platform/record/event-registry.js';
import type { Stored } from '../../platform/record/envelope.js';
import { fold } from '../../platform/record/fold.js';
import { Streams } from '../../platform/record/streams.js';
import type { LoadedStream } from '../../platform/record/streams.js';
import type { PlayedLog } from './played-log.js';

/** The log as it was seen before a place in it, and some of its streams at the revisions that an act says itself. */
export class SeenLog extends Streams {
  readonly #seen: ReadonlyMap<string, number>;

  constructor(
    private readonly log: PlayedLog,
    private readonly before: number,
    act: Pick<Stored, 'stream' | 'revision' | 'data'>,
  ) {
    super();
    this.#seen = new Map([...revisionsIn(act.data), [act.stream, act.revision - 1]]);
  }

  get registry(): EventRegistry {
    return this.log.registry;
  }

  async stream(stream: string): Promise<LoadedStream> {
    const present = await this.log.stream(stream);
    const length = this.#lengthOf(stream);
    if (length >= present.events.length) return present;
    const events = present.events.slice(0, length);
    return { events, folded: fold(this.registry.ofStream(stream), events) };
  }

  #lengthOf(stream: string): number {
    const revision = this.#seen.get(stream);
    if (revision !== undefined) return revision + 1;
    return this.log.ofStream(stream, { uptoOrdinal: this.before - 1 }).length;
  }

  /** What belongs to no dialogue is in no log. */
  async guarded(): Promise<undefined> {
    return undefined;
  }
}

/** At which revisions of other streams an act says that it was decided. */
function revisionsIn(data: Stored['data']): readonly (readonly [stream: string, revision: number])[] {
  const rows = Object.values(data).flatMap((value): readonly unknown[] =>
    Array.isArray(value) ? value : [],
  );
  return rows.flatMap((row) => {
    const { stream, revision } = (row ?? {}) as { readonly stream?: unknown; readonly revision?: unknown };
    return typeof stream === 'string' && typeof revision === 'number' ? [[stream, revision] as const] : [];
  });
}
