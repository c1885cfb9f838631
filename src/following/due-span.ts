import { earliestMoment, latestMoment, parseInstant } from '#libs/edtf';
import { day, utc } from './icalendar.js';
import type { Line } from './icalendar.js';

const dayMs = 86_400_000;
const plainDay = String.raw`\d{4}-\d\d-\d\d`;
/** A month or a year; 21 and higher are seasons, of which nobody says when they begin. */
const plainSpan = String.raw`\d{4}(?:-(?:0[1-9]|1[0-2]))?`;
const plain = new RegExp(`^(?:${plainDay}|${plainSpan})$`);
const aDay = new RegExp(`^(?:\\.\\.)?/?${plainDay}$`);

/**
 * When something is due, as far as a calendar can say no more than was said (EDTF, ISO 8601-2): a day as that day, an
 * instant as that instant, a month, a year or an interval as all of its days. Undefined for what is uncertain,
 * approximate, unspecified, a season, or open at its end: whatever day stood there nobody has said.
 */
export function dueSpan(
  edtf: string,
): { readonly lines: readonly Line[]; readonly isExact: boolean } | undefined {
  const instant = /T/.test(edtf) ? parseInstant(edtf) : undefined;
  if (instant !== undefined) return { lines: [['DTSTART', utc(instant)]], isExact: true };
  const [start = '', end] = edtf.split('/');
  const isByThen = end !== undefined && start === '..';
  const first = isByThen ? end : start;
  if (![first, end ?? first].every((one) => plain.test(one))) return undefined;
  const [from, until] = [earliestMoment({ edtf: first }), latestMoment({ edtf: end ?? first })];
  return {
    lines: [
      ['DTSTART;VALUE=DATE', day(from)],
      // The day after the last one: the end is not part of the event (RFC 5545 §3.6.1).
      ['DTEND;VALUE=DATE', day(until + 1)],
    ],
    isExact: aDay.test(edtf) && until + 1 - from === dayMs && !isByThen,
  };
}
