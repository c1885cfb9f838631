/** How long and how often the same is sent again. What has no end is `Infinity`. */
export interface Patience {
  /** How often at the most, the first time included. */
  readonly attempts: number;
  /** How long all pauses together may last, in milliseconds. */
  readonly pausesMs: number;
  /** How long one attempt may take, in milliseconds. */
  readonly attemptMs: number;
  /** The first pause where the answer names none, in milliseconds; it doubles with each attempt, and up to half of it is left to chance. */
  readonly firstPauseMs: number;
}

export const usualPatience: Patience = {
  attempts: 6,
  pausesMs: 60_000,
  attemptMs: 30_000,
  firstPauseMs: 250,
};

const leastOf: Patience = { attempts: 1, pausesMs: 0, attemptMs: 1, firstPauseMs: 1 };

/** Longer ones end at once: that is what the timers of the platform can count. */
const timerMsMax = 2 ** 31 - 1;
const grownPauseMsMax = 8_000;

/** Throws `RangeError` for what would never end, or never begin. */
export function atLeast(name: string, value: number, least: number): number {
  if (typeof value === 'number' && value >= least) return value;
  throw new RangeError(`"${name}" must be a number of at least ${least}.`);
}

/** What is told, and what is usual for the rest. Throws `RangeError`. */
export function patienceOf(told: { readonly [Name in keyof Patience]?: number | undefined } = {}): Patience {
  const names = Object.keys(usualPatience) as (keyof Patience)[];
  const chosen = names.map((name) => [
    name,
    atLeast(`patience.${name}`, told[name] ?? usualPatience[name], leastOf[name]),
  ]);
  return Object.fromEntries(chosen) as Patience;
}

export function timerOf(work: () => void, ms: number): ReturnType<typeof setTimeout> {
  return setTimeout(work, Math.min(ms, timerMsMax));
}

/** The pause after so many attempts in vain; so long that not all who were cut off together come back together. */
export function grownPause({ firstPauseMs }: Patience, made: number): number {
  return Math.min(firstPauseMs * 2 ** (made - 1), grownPauseMsMax) * (1 - Math.random() / 2);
}

const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;

/** Seconds or a date (RFC 9110, section 10.2.3), in milliseconds from now; nothing where it is neither. */
export function retryAfterMs({ headers }: Response): number {
  const value = headers.get('Retry-After') ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  return httpDate.test(value) ? Math.max(0, Date.parse(value) - Date.now()) || 0 : 0;
}

/** Rejects with the signal's reason. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = timerOf(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
