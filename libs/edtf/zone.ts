/** Moments from walls in IANA time zones, by the rules that the runtime's Intl knows. */

const hourMs = 3_600_000;
/** Wider than any zone is from UTC and than any change of its clocks (Samoa left a whole day out in 2011). */
const sampleMs = 24 * hourMs;

/** Making a formatter costs a hundred times its use; the bound is there because callers name the zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const formattersMax = 64;

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  if (formatters.size >= formattersMax) formatters.clear();
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  formatters.set(zone, made);
  return made;
}

/** True for IANA names, links such as `UTC` included; Intl would take a bare offset too, which is no zone. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(zone)) return false;
  try {
    return formatterOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** `GMT+02:30:17` and the like; older offsets have seconds because they are local mean time. */
function offsetMs(moment: number, zone: string): number {
  const name = formatterOf(zone)
    .formatToParts(moment)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours = 0, minutes = 0, seconds = 0] =
    /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name ?? '') ?? [];
  const size = Number(hours) * hourMs + Number(minutes) * 60_000 + Number(seconds) * 1000;
  return sign === '-' ? -size : size;
}

export interface Showing {
  /** Epoch ms; different from `latest` where the clocks went back and showed the wall twice. */
  readonly earliest: number;
  readonly latest: number;
  /** The clocks went forward over the wall and never showed it; both moments are then that of the change. */
  readonly skipped: boolean;
}

/** When the clocks of a zone show a wall. Throws RangeError for a zone that `isZone` refuses. */
export function showingOf(wall: number, zone: string): Showing {
  const before = offsetMs(wall - sampleMs, zone);
  const after = offsetMs(wall + sampleMs, zone);
  const moments = [wall - before, wall - after].filter((moment) => moment + offsetMs(moment, zone) === wall);
  if (moments.length > 0)
    return { earliest: Math.min(...moments), latest: Math.max(...moments), skipped: false };
  const change = changeBetween(wall - after, wall - before, zone);
  return { earliest: change, latest: change, skipped: true };
}

/** The first moment with the later offset, found by halving. */
function changeBetween(start: number, end: number, zone: string): number {
  const later = offsetMs(end, zone);
  let [old, changed] = [start, end];
  while (changed - old > 1) {
    const middle = Math.floor((old + changed) / 2);
    if (offsetMs(middle, zone) === later) changed = middle;
    else old = middle;
  }
  return changed;
}
