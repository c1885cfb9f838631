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

const firstDelayMs = 50;
const mostDelayMs = 4_000;

/** Doubles with every failure in a row; the jitter keeps many readers from coming back in one moment. */
export function backOffMs(failures: number, random: () => number): number {
  return Math.min(firstDelayMs * 2 ** Math.min(failures, 16), mostDelayMs) * (0.5 + random() / 2);
}
