/**
 * The proleptic Gregorian calendar of ISO 8601. A *wall* is what a calendar and a clock on a wall show, as the epoch
 * milliseconds at which they would show it in UTC; it becomes a moment only when a zone is known.
 */

const dayMs = 86_400_000;

/** Years -9999 to 9999, month 1 to 12, day from 1; a day past the month's end runs on into the next. */
export function wallOf(year: number, month: number, day: number, timeMs = 0): number {
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  return new Date(0).setUTCFullYear(year, month - 1, day) + timeMs;
}

export function daysInMonth(year: number, month: number): number {
  return (wallOf(year, month + 1, 1) - wallOf(year, month, 1)) / dayMs;
}
