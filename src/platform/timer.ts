import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from './clock.js';
import type { Timer } from './lease.js';

/** Waits in real time, by the one clock. */
export class ClockTimer implements Timer {
  constructor(private readonly clock: Clock) {}

  now(): number {
    return this.clock.now();
  }

  async wait(ms: number, signal: AbortSignal): Promise<void> {
    await wait(ms, undefined, { signal, ref: false });
  }
}
