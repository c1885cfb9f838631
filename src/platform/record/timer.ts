import { setTimeout as wait } from 'node:timers/promises';
import { realElapsed } from './clock.js';

/** The ways of waiting, so that tests need not. */
export interface Timer {
  /** Milliseconds that only go on, whatever is done to the clock. */
  now(): number;
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** What the work gives, or undefined where it takes longer; it is left to itself then, and its failure to nobody. */
export async function within<T>(timer: Timer, ms: number, work: Promise<T>): Promise<T | undefined> {
  const over = new AbortController();
  const late = timer.wait(ms, over.signal).then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}

/** Real time, which nobody sets: neither back nor forward. */
export class RealTimer implements Timer {
  now(): number {
    return realElapsed();
  }

  async wait(ms: number, signal: AbortSignal): Promise<void> {
    await wait(ms, undefined, { signal, ref: false });
  }
}
