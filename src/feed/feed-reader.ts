import { setImmediate } from 'node:timers/promises';
import { Problem } from '#libs/problem-details';
import type { Sequenced } from '#libs/projections';
import { sightOf } from '../platform/access/sight.js';
import type { Sight } from '../platform/access/sight.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import type { Principal } from '../platform/record/principal.js';
import type { RecordRead } from '../platform/record/reading.js';
import { unlessEnded } from './unless-ended.js';

/** What one reader wants of the record. */
export interface Wanted {
  readonly dialogueId?: string | undefined;
  /** All of them unless told. */
  readonly types?: ReadonlySet<string> | undefined;
}

/** What of the record comes next. As text it is had when it is sent: what is read may not be told any more by then. */
export interface FeedPage {
  readonly events: readonly Sequenced[];
  /** The place of the last event that was looked at, whether or not it was wanted. */
  readonly reached: number;
  /** Whether there is more to look at already. */
  readonly more: boolean;
}

export interface PageBounds {
  readonly items: number;
  /** A page ends once it is as long, so it is longer by one event at the most. Of no account unless told. */
  readonly characters?: number;
}

/** How many events are looked at for one page, and how many before others get their turn. */
const looksMax = 2_000;
const looksAtOnce = 100;
/** How often is looked whether somebody was granted more meanwhile: no event of the record says so. */
const grantsEveryMs = 1_000;

/**
 * The record as one principal follows it: in the order of the store, each event once, and none before the read models
 * have come so far that they tell whether the principal sees it.
 */
export class FeedReader {
  #principal: Principal;
  #sight: ReadonlySet<string> | 'all' = new Set();
  /** By whom, and how far the read model had come that tells it, the sight was found. */
  #sightOf: { readonly principal: Principal; readonly ordinal: number } | undefined;
  #lookedAt = -1;
  /** The first event beyond the last page that this reader may want; undefined where there is none yet. */
  #awaited: number | undefined;

  constructor(
    private readonly record: RecordRead,
    private readonly wanted: Wanted,
    principal: Principal,
    private readonly render: (event: Sequenced) => string,
    /** The dialogues that are granted by now to a principal that sees no others. */
    private readonly granted: (principalId: string) => readonly string[] | undefined,
  ) {
    this.#principal = principal;
  }

  /** The principal as it is known by now. */
  as(principal: Principal): void {
    this.#principal = principal;
  }

  /** Reads on after that place. Throws `epoch-changed` where the record was begun anew meanwhile and is not as long. */
  async page(after: number, { items: itemsMax, characters = Infinity }: PageBounds): Promise<FeedPage> {
    const { record } = this.record.projections;
    if (record.headOrdinal < after) throw begunAnew();
    this.#look();
    const upTo = this.#reach();
    const events: Sequenced[] = [];
    const end = Math.min(upTo, after + looksMax);
    let [reached, length] = [after, 0];
    while (reached < end && events.length < itemsMax && length < characters) {
      if (reached > after) await setImmediate();
      const chunk = record.after(reached, Math.min(looksAtOnce, end - reached));
      if (chunk.length === 0) throw begunAnew();
      for (const event of chunk) {
        reached = event.ordinal;
        if (!this.#wants(event)) continue;
        if (characters < Infinity) length += this.text(event).length;
        events.push(event);
        if (events.length === itemsMax || length >= characters) break;
      }
    }
    return { events, reached, more: reached < upTo };
  }

  /** Whether the principal, as it is known by now, may be told of it at this moment. */
  mayTell(event: Sequenced): boolean {
    this.#look();
    return this.#wants(event);
  }

  /** As it may be shown at this moment. */
  text(event: Sequenced): string {
    return this.render(event);
  }

  /**
   * Until there may be something after that place; false where there was nothing in that time, or an end was made of the
   * waiting. What wakes others costs this one a comparison.
   */
  async changed(after: number, ms: number, signal: AbortSignal): Promise<boolean> {
    this.#lookedAt = after;
    this.#awaited = undefined;
    return (await unlessEnded(signal, () => this.#within(ms, signal))) ?? false;
  }

  async #within(ms: number, signal: AbortSignal): Promise<boolean> {
    const { projections } = this.record;
    const comes = () => signal.aborted || this.#comes();
    const onceMs = this.#principal.dialogues === undefined ? ms : grantsEveryMs;
    for (let leftMs = ms; leftMs > 0; leftMs -= onceMs) {
      if (await projections.until(comes, Math.min(leftMs, onceMs))) return true;
      if (signal.aborted || this.#isGrantedMore()) return true;
    }
    return false;
  }

  #isGrantedMore(): boolean {
    const { id, dialogues } = this.#principal;
    if (dialogues === undefined) return false;
    return this.granted(id)?.some((one) => !dialogues.includes(one)) === true;
  }

  #look(): void {
    const principal = this.#principal;
    const ordinal = this.#sightKnownTo();
    if (this.#sightOf?.principal === principal && this.#sightOf.ordinal === ordinal) return;
    const sight: Sight = sightOf(this.record, principal);
    this.#sight = sight === 'all' ? sight : new Set(sight);
    this.#sightOf = { principal, ordinal };
  }

  /** How far the read model has come that tells what a party sees; what others see, their keys say. */
  #sightKnownTo(): number {
    const { projections, registry } = this.record;
    if (this.#principal.party === null) return projections.record.headOrdinal;
    return projections.view(registry.part('dialogue').name).ordinal;
  }

  /**
   * How far the feed goes now. What a party sees is told by a read model, and an event beyond that may be of a dialogue of
   * which it does not know yet. To be asked in one turn with the sight.
   */
  #reach(): number {
    return Math.min(this.record.projections.record.headOrdinal, this.#sightKnownTo());
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
