import {
  START,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type Position as ServerPosition,
} from '@eventstore/db-client';

import {
  PositionForeign,
  Unavailable,
  matchesFilter,
  type Filter,
  type LastRead,
  type Msg,
  type Position,
  type SubscribeOptions,
} from '#libs/event-store';

import type { Call } from './call.js';
import { readFailure } from './failures.js';
import { isAfter, isOurs, placeOf, placeOfEvent, positionOf, type Place } from './layout.js';
import type { Parts } from './parts.js';
import { cursorAt, type Cursor } from './search.js';
import { serverFilter } from './server-filter.js';
import { backOffMs, pause } from './timers.js';

/** How often another store is looked at before it is called one. */
const looksPerElection = 10;

/** What the server pushes, in the order in which it was sent. */
type Pushed = AllStreamResolvedEvent | { readonly checkpoint: ServerPosition } | { readonly caughtUp: true };

export interface SubscriptionParts extends Parts {
  /** The newest event that this process appended or saw, which a subscription must hear of soon. */
  readonly newestKnown: () => Place | undefined;
}

/**
 * One reader's way through `$all`: a read up to the first page's end, then what the server pushes, and a read again
 * whenever the server is silent for too long. Every message is after the one before it, whichever way it came, so
 * nothing is given twice, and every attempt begins where the last one stopped, so nothing is lost.
 */
export class Subscription {
  readonly #parts: SubscriptionParts;
  readonly #filter: Filter | undefined;
  readonly #over: AbortSignal;
  /** Until the store is known to be the one that it is of. */
  #after: Position | undefined;
  #cursor: Cursor;
  /** Whether what it finds of the store concerns everybody who works with it: it follows what is kept elsewhere. */
  readonly #follows: boolean;
  #caughtUp = false;
  #impatient = false;
  #unproven: ServerPosition | undefined;
  #call: Call<Pushed> | undefined;
  #last: LastRead | undefined;

  constructor(parts: SubscriptionParts, { after, filter, kept }: SubscribeOptions, over: AbortSignal) {
    this.#parts = parts;
    this.#filter = filter;
    this.#over = over;
    this.#last = kept?.last;
    this.#follows = kept !== undefined;
    this.#after = after;
    this.#cursor = cursorAt(undefined);
  }

  /**
   * Something newer is known to be there: a subscription that waits must not wait as long as for nothing. One that is
   * impatient already must not begin to wait anew, or appends without a pause would keep it from ever looking.
   */
  poke(): void {
    if (!this.#impatient) this.#call?.poke();
  }

  async *messages(): AsyncGenerator<Msg> {
    const { sameness, settings } = this.#parts;
    for (let [failures, doubtedMs] = [0, 0]; !this.#over.aborted; failures += 1) {
      try {
        for await (const message of this.#attempt(() => (doubtedMs = 0))) {
          if (this.#over.aborted) return;
          failures = 0;
          if (message.kind === 'event') this.#last = message.event;
          yield message;
          if (this.#over.aborted) return;
        }
      } catch (error) {
        if (this.#over.aborted) return;
        const failure = readFailure(undefined, error);
        if (failure instanceof PositionForeign && doubtedMs < settings.electionMs) {
          if (this.#follows) sameness.doubt(this);
          const waitMs = settings.electionMs / looksPerElection;
          doubtedMs += waitMs;
          await pause(settings.timers, waitMs, this.#over);
          continue;
        }
        if (failure instanceof PositionForeign && this.#follows) sameness.conclude();
        if (!(failure instanceof Unavailable)) throw failure;
      }
      await pause(settings.timers, backOffMs(failures, settings), this.#over);
    }
  }

  async *#attempt(onSame: () => void): AsyncGenerator<Msg> {
    await this.#parts.sameness.look(this.#last);
    if (this.#after !== undefined) this.#cursor = cursorAt(placeOf(this.#parts.reader.epoch, this.#after));
    this.#after = undefined;
    // The server begins a subscription by skipping the first event that is at its position or after it. At a
    // checkpoint like {X, 0}, or where the event of the position was scavenged, that would lose an event. So a read,
    // which skips nothing, goes first, and the server begins at an event that was just read.
    yield* this.#search();
    this.#parts.sameness.trust(this);
    onSame();
    this.#unproven = undefined;
    const call = await this.#open();
    this.#call = call;
    try {
      yield* this.#follow(call);
    } finally {
      this.#call = undefined;
      call.end();
    }
  }

  async *#follow(call: Call<Pushed>): AsyncGenerator<Msg> {
    const { watchdogMs, patienceMs } = this.#parts.settings;
    let silentMs = 0;
    for (;;) {
      this.#impatient = this.#expectsMore();
      const waitMs = this.#impatient ? patienceMs : watchdogMs;
      const next = await call.next(waitMs);
      if (next.kind === 'ended') return;
      if (next.kind === 'item') {
        silentMs = 0;
        yield* this.#accept(next.item);
      } else if (next.kind === 'silent') {
        // Silence may be peace, a filter that nothing matches, a server that never says that it caught up, or a
        // connection that died without a word. Reading tells them apart, and what it finds is given at once.
        silentMs += waitMs;
        let found = 0;
        for await (const message of this.#search()) {
          if (message.kind === 'event') found += 1;
          yield message;
        }
        if (found === 0) silentMs = 0;
        if (silentMs >= watchdogMs) return;
      }
    }
  }

  #expectsMore(): boolean {
    const newest = this.#parts.newestKnown();
    return !this.#caughtUp || (newest !== undefined && isAfter(newest, this.#cursor.at));
  }

  async *#search(): AsyncGenerator<Msg> {
    this.#cursor = cursorAt(this.#cursor.at);
    const all = { filter: this.#filter, limit: Number.MAX_SAFE_INTEGER, signal: this.#over };
    yield* this.#parts.search.after(this.#cursor, all);
    const { at, reachedHead, sawAnything } = this.#cursor;
    if (at !== undefined && !sawAnything) await this.#parts.search.refuseAhead(at);
    if (reachedHead) yield* this.#sayCaughtUp();
  }

  async *#accept(pushed: Pushed): AsyncGenerator<Msg> {
    const { keys, reader } = this.#parts;
    if ('caughtUp' in pushed) {
      yield* this.#sayCaughtUp();
    } else if ('checkpoint' in pushed) {
      // The newest checkpoint may lie at the end of the log, after every event; whoever kept it would later take this
      // store for one that was put back. The next checkpoint proves that there is something after the one before it.
      const proven = this.#unproven;
      this.#unproven = pushed.checkpoint;
      if (proven === undefined || !isAfter(proven, this.#cursor.at) || !isAfter(pushed.checkpoint, proven))
        return;
      this.#cursor.at = proven;
      yield { kind: 'checkpoint', position: positionOf(reader.epoch, proven) };
    } else if (pushed.event !== undefined) {
      const { event } = pushed;
      await keys.pass(event);
      const place = placeOfEvent(event);
      if (!isAfter(place, this.#cursor.at)) return;
      // The server filters by streams or by types, and types only by their beginning.
      const isWanted =
        isOurs(event) && matchesFilter(this.#filter, { stream: event.streamId, type: event.type });
      const recorded = isWanted ? await reader.recorded(event) : undefined;
      // Only now: where the key could not be read, the next attempt begins with this event again.
      this.#cursor.at = place;
      if (recorded !== undefined) yield { kind: 'event', event: recorded };
    }
  }

  *#sayCaughtUp(): Generator<Msg> {
    if (this.#caughtUp) return;
    this.#caughtUp = true;
    yield { kind: 'caughtUp' };
  }

  #open(): Promise<Call<Pushed>> {
    return this.#parts.connection.open<Pushed>((api) => {
      const subscription: AllStreamSubscription = api.subscribeToAll({
        fromPosition: this.#cursor.at ?? START,
        requiresLeader: true,
        // The client calls back when a checkpoint arrives, which may be before the events ahead of it were read.
        // Pushed into the same stream it keeps its place among them.
        filter: serverFilter(this.#filter, (checkpoint) => void subscription.push({ checkpoint })),
      });
      subscription.on('caughtUp', () => void subscription.push({ caughtUp: true }));
      return { stream: subscription, cancel: () => subscription.unsubscribe() };
    }, this.#over);
  }
}
