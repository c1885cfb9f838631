import { PassingFault } from './errors.js';
import { backOffMs, pause } from './retries.js';
import type { Halt, Runtime } from './runtime.js';

/** Waits out faults that pass, for as long as it takes, and shows meanwhile what is waited for. */
export class Patience {
  #failures = 0;
  #fault: Halt | undefined;

  constructor(
    private readonly runtime: Runtime,
    private readonly name: string,
    private readonly signal: AbortSignal,
  ) {}

  /** What could not be done, and before which event; undefined while nothing is waited for. */
  get fault(): Halt | undefined {
    return this.#fault;
  }

  /** One pause, longer each time; the fault is reported when it begins. */
  async wait(ordinal: number, reason: string): Promise<void> {
    const { jitter, progress, report, longestDelayMs, retryDelayMs: firstDelayMs } = this.runtime;
    const error = new PassingFault(`${reason.replace(/\.$/, '')}. It is tried again until it succeeds.`);
    if (this.#fault === undefined) report({ projection: this.name, ordinal, error });
    this.#fault = { ordinal, error };
    this.#failures += 1;
    progress.notify();
    const longest = backOffMs(this.#failures, { firstDelayMs, longestDelayMs });
    await pause(longest * (0.5 + jitter() / 2), this.signal);
  }

  over(): void {
    this.#failures = 0;
    this.#fault = undefined;
  }
}
