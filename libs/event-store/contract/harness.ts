import { setTimeout as pause } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach } from '@jest/globals';

import type { Appended, EventStore, Filter, Msg, NewEvent, Position, Recorded } from '../port.js';
import type { RecordedAtClock } from '../recorded-at.js';
import type { Limits } from '../serialise.js';

/**
 * What a store brings along to be tested. Making a harness does nothing yet: `open` does. A hook that is absent means
 * that the store can't have that fault, and the rules about it are not registered.
 */
export interface EventStoreHarness {
  readonly limits: Limits;
  /** True where others write to the same store, so that nothing can be said about all of it. */
  readonly shared?: boolean;
  /** True for a store that sees that it was put back to an earlier state. */
  readonly refusesPositionsAhead?: boolean;

  open(): Promise<EventStore>;
  /** Opens by a clock of the test; absent where each server of many stamps by its own, and order and time may differ. */
  openAt?(clock: RecordedAtClock): Promise<EventStore>;
  /** Closes the store and opens it again over the same data. */
  reopen(): Promise<EventStore>;
  /** Closes the store and removes its data. */
  dispose(): Promise<void>;

  /** Lets the next append be stored without its caller hearing of it. */
  loseReplyOnce?(): Promise<void>;
  /** Whether the caller must open the store again after a lost reply. */
  readonly lostReplyNeedsReopen?: boolean;
  endSubscriptionsCleanly?(): Promise<void>;
  muteSubscriptions?(): Promise<void>;
}

/** One store for a group of rules; every rule works in streams of its own, as other rules leave events behind. */
export class ContractFixture {
  store!: EventStore;
  prefix = '';
  /** The head before the rule began; reading after it keeps the events of other rules out. */
  start: Position | undefined;
  #streams = 0;

  constructor(readonly harness: EventStoreHarness) {
    beforeAll(async () => {
      this.store = await harness.open();
    });
    beforeEach(async () => {
      this.prefix = `rule-${randomUUID()}-`;
      this.start = await this.store.head();
    });
    afterAll(() => harness.dispose());
  }

  stream(): string {
    this.#streams += 1;
    return `${this.prefix}${this.#streams}`;
  }

  async reopen(): Promise<void> {
    this.store = await this.harness.reopen();
  }

  /** Options that read this rule's events and nothing else. */
  own(filter: Filter = {}): { after?: Position; filter: Filter } {
    const own = { filter: { streamPrefixes: [this.prefix], ...filter } };
    return this.start === undefined ? own : { after: this.start, ...own };
  }

  readOwn(filter?: Filter): Promise<Recorded[]> {
    return eventsOf(this.store.readAll({ ...this.own(filter), limit: 100_000 }));
  }
}

export function aNewEvent(part: Partial<NewEvent> = {}): NewEvent {
  return { id: randomUUID(), type: 'Noted', data: {}, content: null, salt: null, meta: {}, ...part };
}

export function newEvents(count: number, part: Partial<NewEvent> = {}): [NewEvent, ...NewEvent[]] {
  return [aNewEvent(part), ...Array.from({ length: count - 1 }, () => aNewEvent(part))];
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export async function eventsOf(messages: AsyncIterable<Msg>): Promise<Recorded[]> {
  return (await collect(messages)).flatMap((message) => (message.kind === 'event' ? [message.event] : []));
}

/** Reads on until the condition holds for all that came so far; the messages come back whole. */
export async function takeUntil(
  messages: AsyncIterator<Msg>,
  enough: (taken: readonly Msg[]) => boolean,
): Promise<Msg[]> {
  const taken: Msg[] = [];
  while (!enough(taken)) {
    const next = await messages.next();
    if (next.done === true) throw new Error(`The messages ended after ${taken.length}.`);
    taken.push(next.value);
  }
  return taken;
}

export function hasEvents(count: number): (taken: readonly Msg[]) => boolean {
  return (taken) => taken.filter(({ kind }) => kind === 'event').length >= count;
}

export function idsOf(items: readonly (Msg | { readonly id: string })[]): string[] {
  return items.flatMap((item) => {
    if (!('kind' in item)) return [item.id];
    return item.kind === 'event' ? [item.event.id] : [];
  });
}

/** Where an append ended. Its time is told for the first sending of its ids alone. */
export function placeOf({ revision, position }: Appended): Omit<Appended, 'recordedAt'> {
  return { revision, position };
}

/** Until it holds, which is looked at again and again. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(20);
}
