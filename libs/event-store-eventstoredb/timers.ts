/** What every wait of this store counts on; a test brings a clock of its own and turns it by hand. */
export interface Timers {
  /** Calls back once after the delay, unless the function that it returns is called before. */
  start(delayMs: number, callback: () => void): () => void;
}

export const systemTimers: Timers = {
  start(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Resolves after the delay, or at once on abort. */
export async function pause(timers: Timers, delayMs: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return;
  await new Promise<void>((resolve) => {
    const finish = () => {
      stop();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const stop = timers.start(delayMs, finish);
    signal?.addEventListener('abort', finish);
  });
}

/** Calls back after each delay until it is stopped. */
export function again(timers: Timers, delayMs: number, callback: () => void): () => void {
  let stop = () => {};
  const start = () => {
    stop = timers.start(delayMs, () => {
      start();
      callback();
    });
  };
  start();
  return () => stop();
}

/** Time that runs out; whoever starts it stops it. */
export function countDown(
  timers: Timers,
  delayMs: number,
): { readonly isOver: () => boolean; readonly stop: () => void } {
  let isOver = false;
  const stop = timers.start(delayMs, () => (isOver = true));
  return { isOver: () => isOver, stop };
}

export class Overdue extends Error {}

/** To be raced with: `late` rejects with `Overdue`. Whoever raced stops it. */
export function deadline(
  timers: Timers,
  delayMs: number,
): { readonly late: Promise<never>; readonly stop: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  return { late: promise, stop: timers.start(delayMs, () => reject(new Overdue())) };
}

const firstDelayMs = 50;
/** A new leader is used within two seconds, so nobody sleeps for longer than half of that. */
const mostDelayMs = 1_000;

/** Doubles with every failure in a row; the jitter keeps many readers from coming back in one moment. */
export function backOffMs(failures: number, random: () => number): number {
  return Math.min(firstDelayMs * 2 ** Math.min(failures, 16), mostDelayMs) * (0.5 + random() / 2);
}
