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

function momentOf(wall: number, zone: string, which: 'earliest' | 'latest'): number {
  return zone === 'UTC' ? wall : showingOf(wall, zone)[which];
}

/** A comparator: the time that can mean the earlier moment at the latest comes first, an open end last. */
export function byLatestMoment(one: Occurred, other: Occurred): number {
  const [a, b] = [latestMoment(one), latestMoment(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}
