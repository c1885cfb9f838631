export { parseDayEnd, parseInstant } from './instant.js';
export { byLatestMoment, earliestMoment, isCertainlyBefore, latestMoment } from './moments.js';
export type { Occurred } from './moments.js';
export { parseOccurred } from './parse-occurred.js';
export type { OccurredCheck } from './parse-occurred.js';
