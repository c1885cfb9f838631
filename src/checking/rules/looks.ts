import type { Stored } from '../../platform/record/envelope.js';
import type { PlayedLog } from './played-log.js';

/** How long before it was stored an act may have looked at other streams. */
export const lookedBeforeMs = 60_000;
/** How many earlier moments are tried, unless told otherwise. */
export const looksMax = 64;

/**
 * The places before which an act may have looked at other streams, from its own backwards: an act looks at them a moment
 * before it is stored, and what came in between stands before it in the log. Returns whether these are all; where none are
 * to be tried, all was done one by one.
 */
export function* earlierLooks(
  log: Pick<PlayedLog, 'at'>,
  { stream, recordedAt }: Pick<Stored, 'recordedAt' | 'stream'>,
  place: number,
  max: number,
): Generator<number, boolean> {
  const since = Date.parse(recordedAt) - lookedBeforeMs;
  for (let before = place - 1; before >= Math.max(0, place - max); before -= 1) {
    const between = log.at(before)?.event;
    if (between === undefined || Date.parse(between.recordedAt) < since) return true;
    if (between.stream !== stream) yield before;
  }
  return max === 0 || place <= max;
}
