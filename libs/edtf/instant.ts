import { latestMoment } from './moments.js';
import { parseOccurred } from './parse-occurred.js';

const instantShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
/** As far as four digits write a year in UTC. */
const earliest = Date.parse('0000-01-01T00:00:00.000Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * The epoch ms of an instant of RFC 3339, seconds optional; undefined for a text that is none, for a day that the
 * calendar doesn't have, and for an instant that lies in no year from 0000 to 9999 of UTC.
 */
export function parseInstant(text: string): number | undefined {
  if (!instantShape.test(text) || !parseOccurred(text).ok) return undefined;
  const moment = latestMoment({ edtf: text });
  return moment >= earliest && moment <= latest ? moment : undefined;
}

/** The last millisecond in UTC of a day of the calendar; undefined for anything else. */
export function parseDayEnd(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || !parseOccurred(text).ok) return undefined;
  return latestMoment({ edtf: text });
}
