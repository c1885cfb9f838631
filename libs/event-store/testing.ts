import { describe } from '@jest/globals';

import { describeAppend } from './contract/append.js';
import { describeEraseContent } from './contract/erase-content.js';
import { describeExpectedRevision } from './contract/expected-revision.js';
import type { EventStoreHarness } from './contract/harness.js';
import { describeLifecycle } from './contract/lifecycle.js';
import { describeReadAll } from './contract/read-all.js';
import { describeRecordedAt } from './contract/recorded-at.js';
import { describeReadStream } from './contract/read-stream.js';
import { describeSubscribe } from './contract/subscribe.js';

export {
  aNewEvent,
  collect,
  eventsOf,
  hasEvents,
  idsOf,
  newEvents,
  takeUntil,
  until,
} from './contract/harness.js';
export type { EventStoreHarness } from './contract/harness.js';
export { heapGrowth } from './contract/memory-use.js';
export { AppenderStampedEventStore } from './appender-stamped-store.js';
export { FaultyMemoryEventStore } from './faulty-memory-store.js';

/** The one suite that every store passes. Each group of rules works on one harness of its own. */
export function describeEventStoreContract(name: string, makeHarness: () => EventStoreHarness): void {
  describe(`${name} keeps the contract of an event store`, () => {
    describe('append', () => describeAppend(makeHarness));
    describe('expected revision', () => describeExpectedRevision(makeHarness));
    describe('read of a stream', () => describeReadStream(makeHarness));
    describe('read of all', () => describeReadAll(makeHarness));
    describe('subscription', () => describeSubscribe(makeHarness));
    describe('time of recording', () => describeRecordedAt(makeHarness));
    describe('erasure of content', () => describeEraseContent(makeHarness));
    describe('open and close', () => describeLifecycle(makeHarness));
  });
}
