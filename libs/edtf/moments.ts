import { endsOf } from './reading.js';
import { showingOf } from './zone.js';

/** A time as claimed: an EDTF text of level 0 or 1, and the IANA zone in which its dates and clocks are meant. */
export interface Occurred {
  readonly edtf: string;
  readonly zone?: string | undefined;
}

/**
 * The latest moment that the time can mean, in epoch ms: the last millisecond of a day, month or year in its zone (UTC
 * where none is given), an instant itself, and Infinity where an interval's end is open or unknown. A clock time that
 * came twice is the second of the two. Throws where `parseOccurred` refuses the text or the zone.
 */
export function latestMoment({ edtf, zone = 'UTC' }: Occurred): number {
  const end = endsOf(edtf)[1];
  switch (end?.kind) {
    case undefined:
      return Infinity;
    case 'days':
      return momentOf(end.until, zone, 'latest') - 1;
    case 'wall':
      return momentOf(end.wall, zone, 'latest');
    case 'instant':
      return end.moment;
  }
}

/** The earliest moment that the time can mean, likewise; -Infinity where an interval's start is open or unknown. */
export function earliestMoment({ edtf, zone = 'UTC' }: Occurred): number {
  const start = endsOf(edtf)[0];
  switch (start?.kind) {
    case undefined:
      return -Infinity;
    case 'days':
      return momentOf(start.from, zone, 'earliest');
    case 'wall':
      return momentOf(start.wall, zone, 'earliest');
    case 'instant':
      return start.moment;
  }
}

/** How far the clocks of the earth stand from UTC at most, in ms: a day of no named zone may have been one of any of them. */
const furthest = { ahead: 14 * 3_600_000, behind: 12 * 3_600_000 };

/** Whether one end of the time says where its clocks stand: by the zone, or as an instant with `Z` or an offset. */
function isAnchored({ zone }: Occurred, end = ''): boolean {
  return zone !== undefined || /T.*(Z|[+-]\d\d(:\d\d)?)$/.test(end);
}

/**
 * Whether the one was over before the other can have begun, whatever the two mean. Two times of no named zone are compared
 * as they are written; where one of the two names its zone, the other may be of any zone on earth; of what is said to be
 * uncertain or approximate (`?`, `~`, `%`) nothing is certain. Throws as `latestMoment` does.
 */
export function isCertainlyBefore(one: Occurred, other: Occurred): boolean {
  if (/[?~%]/.test(one.edtf + other.edtf)) return false;
  const isOne = isAnchored(one, one.edtf.split('/').at(-1));
  const isOther = isAnchored(other, other.edtf.split('/')[0]);
  const later = isOther && !isOne ? furthest.behind : 0;
  const earlier = isOne && !isOther ? furthest.ahead : 0;
  return latestMoment(one) + later < earliestMoment(other) - earlier;
}

function momentOf(wall: number, zone: string, which: 'earliest' | 'latest'): number {
  return zone === 'UTC' ? wall : showingOf(wall, zone)[which];
}

/** A comparator: the time that can mean the earlier moment at the latest comes first, an open end last. */
export function byLatestMoment(one: Occurred, other: Occurred): number {
  const [a, b] = [latestMoment(one), latestMoment(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}
