const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long is waited after each attempt that failed; the last one again and again. */
const delays = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  8 * hour,
];
/** For so long one event is tried, from its first attempt on. */
export const patienceMs = 72 * hour;

/** What could not be delivered yet; it is the next one, for they come in order. */
export interface Failing {
  readonly eventId: string;
  /** Milliseconds since 1970, as all times here. */
  readonly since: number;
  readonly attempts: number;
  readonly nextAt: number;
  readonly why: string;
}

/** In how many milliseconds it is tried again. Where the clock was set back since, it is not waited for longer than was meant. */
export function leftMs({ attempts, nextAt }: Pick<Failing, 'attempts' | 'nextAt'>, now: number): number {
  return nextAt - now > delayAfter(attempts - 1) ? 0 : Math.max(nextAt - now, 0);
}

function delayAfter(attemptsBefore: number): number {
  return delays[Math.min(attemptsBefore, delays.length - 1)] ?? 0;
}

/** After another attempt that failed; undefined where the patience is over. */
export function failedAgain(
  before: Failing | undefined,
  { eventId, now, why }: { readonly eventId: string; readonly now: number; readonly why: string },
): Failing | undefined {
  const { since: first, attempts } = before?.eventId === eventId ? before : { since: now, attempts: 0 };
  const since = Math.min(first, now);
  if (now - since >= patienceMs) return undefined;
  const nextAt = Math.min(now + delayAfter(attempts), since + patienceMs);
  return { eventId, since, attempts: attempts + 1, nextAt, why };
}
