import { setTimeout as delay } from 'node:timers/promises';

export interface BackOff {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

/** Doubles from the first delay up to the longest; `attempt` counts from 1. */
export function backOffMs(attempt: number, { firstDelayMs, longestDelayMs }: BackOff): number {
  return Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
}

/** An abort ends the pause early and quietly: the caller looks at its signal anyway. */
export async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  await delay(delayMs, undefined, { signal }).catch(() => {});
}
