/** Gives the time of recording: UTC with milliseconds, fixed width, so that it sorts as text. */
export type RecordedAtClock = () => string;

export const systemClock: RecordedAtClock = () => new Date().toISOString();

/** The later of both: what comes after another event in the order was not recorded before it, whatever a clock says. */
export function notBefore(before: string | undefined, now: string): string {
  return before !== undefined && before > now ? before : now;
}

const fixedWidth = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Reads the clock and refuses what would not sort: a wrong clock is a bug that must not reach the log. */
export function readRecordedAt(clock: RecordedAtClock): string {
  const text = clock();
  if (!fixedWidth.test(text)) {
    throw new TypeError(
      'The clock of a store must give UTC with milliseconds, as in 2025-04-10T09:00:00.000Z.',
    );
  }
  return text;
}
