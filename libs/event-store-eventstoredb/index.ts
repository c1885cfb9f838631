export { ConnectionStringInvalid, readConnectionString } from './connection-string.js';
export type { ConnectionFacts } from './connection-string.js';
export { EventStoreDbEventStore } from './eventstoredb-event-store.js';
export type { EventStoreDbOptions } from './options.js';
export type { Timers } from './timers.js';
