export type {
  Appended,
  EventStore,
  Expected,
  Filter,
  JsonObject,
  LastRead,
  JsonValue,
  Msg,
  NewEvent,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  Recorded,
  Stored,
  SubscribeOptions,
} from './port.js';
export {
  Conflict,
  Damaged,
  Doubted,
  EventStoreError,
  Fatal,
  OutcomeUnknown,
  PositionForeign,
  StreamNotFound,
  TooLarge,
  Refused,
  Unavailable,
} from './errors.js';
export type { DamagedPlace } from './errors.js';
export { PositionInvalid, comparePositions, formatPosition, parsePosition } from './position.js';
export type { PositionParts } from './position.js';
export { MemoryEventStore } from './memory-store.js';
export type { MemoryEventStoreOptions } from './memory-store.js';
export { systemClock } from './recorded-at.js';
export type { RecordedAtClock } from './recorded-at.js';

// For those who write stores: the rules that all of them share.
export { matchesFilter } from './filter.js';
export { followPages, pageEvents, readAllPages, readStreamPages } from './paging.js';
export type { Page, PagedLog } from './paging.js';
export { readRecordedAt } from './recorded-at.js';
export { defaultLimits, serialiseAppend } from './serialise.js';
export type { Limits, SerialisedAppend, SerialisedEvent } from './serialise.js';
export { WakeUps } from './wake-ups.js';
