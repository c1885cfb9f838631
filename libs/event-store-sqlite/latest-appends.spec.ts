import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Filter, NewEvent, Recorded } from '#libs/event-store';
import { aNewEvent, collect, newEvents } from '#libs/event-store/testing';

import type { SqliteEventStore } from './index.js';
import { insertElsewhere, SqliteHarness } from './testing.js';

const streams = ['notes-1', 'notes-2', 'other-1'];
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      // At once, so that some of them are one batch.
      sizes: fc.array(fc.tuple(fc.constantFrom(...streams), fc.integer({ min: 1, max: 3 })), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
  },
  fc.record({ kind: fc.constant('again' as const) }),
  fc.record({ kind: fc.constant('elsewhere' as const), stream: fc.constantFrom(...streams) }),
  fc.record({ kind: fc.constant('erase' as const), at: fc.nat(1_000) }),
  fc.record({ kind: fc.constant('follow' as const), at: fc.nat(1_000) }),
  fc.record({ kind: fc.constant('turn' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** One who follows, with the words of what was erased before they began. */
interface Follower {
  readonly got: Recorded[];
  readonly after: Recorded | undefined;
  readonly filter: Filter | undefined;
  readonly erasedBefore: ReadonlySet<string>;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

class Play {
  readonly #heads = new Map<string, bigint>();
  readonly #erased = new Set<string>();
  readonly #followers: Follower[] = [];
  #last:
    | { stream: string; events: readonly [NewEvent, ...NewEvent[]]; expected: 'no_stream' | bigint }
    | undefined;

  constructor(
    private readonly store: SqliteEventStore,
    private readonly file: string,
  ) {}

  async take(one: Step): Promise<void> {
    switch (one.kind) {
      case 'append':
        await Promise.all(one.sizes.map(([stream, count]) => this.append(stream, newEvents(count))));
        return;
      case 'again':
        if (this.#last === undefined) return;
        await this.store.append(this.#last.stream, this.#last.events, { expected: this.#last.expected });
        return;
      case 'elsewhere':
        return this.#elsewhere(one.stream);
      case 'erase': {
        const all = await this.#all();
        const event = all[one.at % Math.max(all.length, 1)];
        if (event === undefined) return;
        await this.store.eraseContent(event.stream, event.revision);
        this.#erased.add(event.id);
        return;
      }
      case 'follow': {
        const all = await this.#all();
        this.follow(all[(one.at % (all.length + 1)) - 1], one.at % 2 === 0 ? undefined : ['notes-']);
        return;
      }
      case 'turn':
        await new Promise((resolve) => void setImmediate(resolve));
    }
  }

  async append(stream: string, events: readonly [NewEvent, ...NewEvent[]]): Promise<void> {
    const head = this.#heads.get(stream);
    const expected = head ?? 'no_stream';
    this.#heads.set(stream, (head ?? -1n) + BigInt(events.length));
    this.#last = { stream, events, expected };
    await this.store.append(stream, events, { expected });
  }

  #elsewhere(stream: string): void {
    const revision = (this.#heads.get(stream) ?? -1n) + 1n;
    this.#heads.set(stream, revision);
    const event = aNewEvent({ data: { by: 'another' }, content: { w: 1 }, salt: 'salt', meta: {} });
    insertElsewhere(this.file, { stream, revision }, event);
  }

  follow(after?: Recorded, streamPrefixes?: readonly string[]): void {
    const stop = new AbortController();
    const filter = streamPrefixes === undefined ? undefined : { streamPrefixes };
    const got: Recorded[] = [];
    const messages = this.store.subscribe({
      ...(after === undefined ? {} : { after: after.position }),
      ...(filter === undefined ? {} : { filter }),
      signal: stop.signal,
    });
    const done = (async () => {
      for await (const one of messages) if (one.kind === 'event') got.push(one.event);
    })();
    this.#followers.push({ got, after, filter, erasedBefore: new Set(this.#erased), stop, done });
  }

  /** What each who followed was given, and what the file holds of it, both without the words that are gone by now. */
  async *finish(): AsyncGenerator<{ got: readonly Recorded[]; stored: readonly Recorded[] }> {
    // Their turn to look once more, whoever wrote last.
    await this.append('notes-1', newEvents(1));
    for (const { got, after, filter, erasedBefore, stop, done } of this.#followers) {
      const stored = await this.#all(after, filter);
      // Who has lost something waits for ever; what is compared then says so.
      const until = performance.now() + 1_000;
      while (got.length < stored.length && performance.now() < until)
        await new Promise((resolve) => void setImmediate(resolve));
      stop.abort();
      await done;
      const worded = (one: Recorded, shown = one) =>
        this.#erased.has(one.id) && !erasedBefore.has(one.id) ? { ...one, content: null, salt: null } : shown;
      yield { got: got.map((one) => worded(one)), stored };
    }
  }

  async #all(after?: Recorded, filter?: Filter): Promise<readonly Recorded[]> {
    const messages = await collect(
      this.store.readAll({
        ...(after === undefined ? {} : { after: after.position }),
        ...(filter === undefined ? {} : { filter }),
        limit: 100_000,
      }),
    );
    return messages.flatMap((one) => (one.kind === 'event' ? [one.event] : []));
  }
}

describe('Who follows the SQLite store', () => {
  let harness: SqliteHarness;
  let store: SqliteEventStore;

  beforeEach(async () => {
    harness = new SqliteHarness();
    store = await harness.open();
  });
  afterEach(() => harness.dispose());

  it('is given what the file holds, whoever has written it, and no words that were erased before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        await harness.dispose();
        harness = new SqliteHarness();
        store = await harness.open();
        const play = new Play(store, harness.database);
        play.follow();
        for (const one of steps) await play.take(one);
        for await (const { got, stored } of play.finish()) expect(got).toEqual(stored);
      }),
      { numRuns: 15, interruptAfterTimeLimit: 20_000 },
    );
  });
});
