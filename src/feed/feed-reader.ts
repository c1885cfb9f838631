import { setImmediate } from 'node:timers/promises';
import { Problem } from '#libs/problem-details';
import type { Sequenced } from '#libs/projections';
import { sightOf } from '../platform/access/sight.js';
import type { Sight } from '../platform/access/sight.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import type { Principal } from '../platform/record/principal.js';
import type { RecordRead } from '../platform/record/reading.js';

/** What one reader wants of the record. */
export interface Wanted {
  readonly dialogueId?: string | undefined;
  /** All of them unless told. */
  readonly types?: ReadonlySet<string> | undefined;
}

/** An event, and as it is sent. */
export interface Rendered {
  readonly event: Sequenced;
  readonly text: string;
}

export interface FeedPage {
  readonly items: readonly Rendered[];
  /** The place of the last event that was looked at, whether or not it was wanted. */
  readonly reached: number;
  /** Whether there is more to look at already. */
  readonly more: boolean;
}

export interface PageBounds {
  readonly items: number;
  /** A page ends once it is as long, so it is longer by one event at the most. */
  readonly characters: number;
}

/** How many events are looked at for one page, and how many before others get their turn. */
const looksMax = 2_000;
const looksAtOnce = 100;

/**
 * The record as one principal follows it: in the order of the store, each event once, and none before the read models
 * have come so far that they tell whether the principal sees it.
 */
export class FeedReader {
  #principal: Principal;
  #sight: ReadonlySet<string> | 'all' = new Set();
  #lookedAt = -1;
  /** The first event beyond the last page that this reader may want; undefined where there is none yet. */
  #awaited: number | undefined;

  constructor(
    private readonly record: RecordRead,
    private readonly wanted: Wanted,
    principal: Principal,
    private readonly render: (event: Sequenced) => string,
  ) {
    this.#principal = principal;
  }

  /** The principal as it is known by now. */
  as(principal: Principal): void {
    this.#principal = principal;
  }

  /** Reads on after that place. Throws `epoch-changed` where the record was begun anew meanwhile and is not as long. */
  async page(after: number, { items: itemsMax, characters }: PageBounds): Promise<FeedPage> {
    const { record } = this.record.projections;
    if (record.headOrdinal < after) throw begunAnew();
    this.#look();
    const upTo = this.#reach();
    const items: Rendered[] = [];
    const end = Math.min(upTo, after + looksMax);
    let [reached, length] = [after, 0];
    while (reached < end && items.length < itemsMax && length < characters) {
      if (reached > after) await setImmediate();
      const chunk = record.after(reached, Math.min(looksAtOnce, end - reached));
      if (chunk.length === 0) throw begunAnew();
      for (const event of chunk) {
        reached = event.ordinal;
        if (!this.#wants(event)) continue;
        const text = this.render(event);
        length += text.length;
        items.push({ event, text });
        if (items.length === itemsMax || length >= characters) break;
      }
    }
    return { items, reached, more: reached < upTo };
  }

  /**
   * Until there may be something after that place; false where there was nothing in that time, or an end was made of the
   * waiting. What wakes others costs this one a comparison.
   */
  async changed(after: number, ms: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    this.#lookedAt = after;
    this.#awaited = undefined;
    const { promise: left, resolve: leave } = Promise.withResolvers<boolean>();
    const end = () => leave(false);
    signal.addEventListener('abort', end, { once: true });
    const came = this.record.projections.until(() => signal.aborted || this.#comes(), ms);
    try {
      return (await Promise.race([came, left])) && !signal.aborted;
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  #look(): void {
    const sight: Sight = sightOf(this.record, this.#principal);
    this.#sight = sight === 'all' ? sight : new Set(sight);
  }

  /**
   * How far the feed goes now. What a party sees is told by a read model, and an event beyond that may be of a dialogue of
   * which it does not know yet. To be asked in one turn with the sight.
   */
  #reach(): number {
    const { projections, registry } = this.record;
    const { headOrdinal } = projections.record;
    if (this.#principal.party === null) return headOrdinal;
    return Math.min(headOrdinal, projections.view(registry.part('dialogue').name).ordinal);
  }

  #wants({ log, event: { type } }: Sequenced): boolean {
    const { dialogueId = log, types } = this.wanted;
    if (dialogueId !== log || types?.has(type) === false) return false;
    return this.#sight === 'all' || this.#sight.has(log);
  }

  #comes(): boolean {
    this.#awaited ??= this.#firstSince();
    return this.#awaited !== undefined && this.#reach() >= this.#awaited;
  }

  /** The first event not looked at yet that is wanted, or that may change what is seen, since with it a dialogue begins. */
  #firstSince(): number | undefined {
    const { record } = this.record.projections;
    const { headOrdinal } = record;
    const unseen = headOrdinal - this.#lookedAt;
    if (unseen === 0) return undefined;
    if (unseen < 0 || unseen > looksAtOnce) return Math.min(this.#lookedAt + 1, headOrdinal);
    const come = record.after(this.#lookedAt, looksAtOnce);
    this.#lookedAt = headOrdinal;
    return come.find((one) => one.seq === 0 || this.#wants(one))?.ordinal;
  }
}

function begunAnew(): Problem {
  return new Problem(platformProblems.EPOCH_CHANGED, {
    detail: 'The record was begun anew while it was read. Read from its beginning.',
  });
}
