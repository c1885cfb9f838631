import {
  formatPosition,
  matchesFilter,
  pageEvents,
  type Filter,
  type JsonObject,
  type Page,
  type Recorded,
  type SerialisedEvent,
  type Stored,
} from '#libs/event-store';

import type { AppendRequest, AppendResult } from './writer-protocol.js';

/** How long an append is kept for who follows the store; whoever is further behind reads the file. */
const keptMs = 1_000;
const keptCharacters = 8_388_608;

interface Kept {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly event: SerialisedEvent;
  readonly recordedAt: string;
  readonly at: number;
}

/**
 * The last appends of this process, as the texts that the file has, for who follows the store and has read all before
 * them: each commit empties the cache of whoever reads the file, so that a few new events cost the whole way to them.
 * There is no gap among them, since SQLite numbers the rows of the table one by one, and whatever another program has
 * put in between begins them anew.
 */
export class LatestAppends {
  #kept: Kept[] = [];
  #characters = 0;

  constructor(private readonly epoch: string) {}

  /** What became of the appends of one batch, in their order; those that stored nothing new are passed over, the others given. */
  add(appends: readonly AppendRequest[], results: readonly AppendResult[]): readonly Kept[] {
    const added: Kept[] = [];
    const at = performance.now();
    for (const [index, { stream, events }] of appends.entries()) {
      const result = results[index];
      if (result?.kind !== 'appended' || result.recordedAt === undefined) continue;
      const { revision, position, recordedAt } = result;
      for (const [place, event] of events.entries()) {
        const back = BigInt(events.length - 1 - place);
        added.push({ stream, event, recordedAt, at, revision: revision - back, position: position - back });
      }
    }
    for (const one of added) this.#keep(one);
    this.#dropOld(at);
    return added;
  }

  /** Words may be gone. */
  forget(): void {
    this.#kept = [];
    this.#characters = 0;
  }

  /**
   * What was appended after that place, as the file would give it, up to the end as it is known here; undefined where not
   * all of it is kept. Another program may have added to it, so it is for those alone who look again after each append.
   */
  page(after: bigint, filter: Filter | undefined, limit: number): Page | undefined {
    this.#dropOld(performance.now());
    const [first] = this.#kept;
    const last = this.#kept.at(-1);
    if (first === undefined || last === undefined) return undefined;
    if (after + 1n < first.position || after >= last.position) return undefined;
    const events: Recorded[] = [];
    let searchedTo = last.position;
    for (let at = Number(after + 1n - first.position); at < this.#kept.length; at += 1) {
      const kept = this.#kept[at];
      if (kept === undefined || !matchesFilter(filter, { stream: kept.stream, type: kept.event.type }))
        continue;
      events.push(this.#recorded(kept));
      if (events.length < limit) continue;
      searchedTo = kept.position;
      break;
    }
    return { events, searchedTo, reachedHead: searchedTo === last.position };
  }

  /** Parsed for each reader, so that none has what another one holds. */
  #recorded(kept: Kept): Recorded {
    const { content, salt } = kept.event;
    return { ...this.stored(kept), content: content === null ? null : parsed(content), salt };
  }

  stored({ stream, revision, position, recordedAt, event }: Kept): Stored {
    return {
      id: event.id,
      type: event.type,
      data: parsed(event.data),
      meta: parsed(event.meta),
      stream,
      revision,
      position: formatPosition(this.epoch, position),
      recordedAt,
    };
  }

  #keep(one: Kept): void {
    const last = this.#kept.at(-1);
    if (last !== undefined && one.position !== last.position + 1n) this.forget();
    this.#kept.push(one);
    this.#characters += charactersOf(one);
  }

  #dropOld(now: number): void {
    let drop = 0;
    for (const one of this.#kept) {
      const isFull = this.#kept.length - drop > pageEvents || this.#characters > keptCharacters;
      if (!isFull && now - one.at <= keptMs) break;
      this.#characters -= charactersOf(one);
      drop += 1;
    }
    if (drop > 0) this.#kept.splice(0, drop);
  }
}

const parsed = JSON.parse as (text: string) => JsonObject;

function charactersOf({ event: { data, content, meta } }: Kept): number {
  return data.length + (content?.length ?? 0) + meta.length;
}
