import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Timer } from '../platform/record/timer.js';
import type { Logs } from './logs.js';
import type { Alarm } from './alarm.js';
import type { Scrubber } from './scrubber.js';

/** Up to so many events all are checked before the server says that it is ready. */
const checkedFirstMax = 50_000;
/** After work the scrubber rests for so many times as long: it takes at most a hundredth of a processor. */
const restTimes = 99;

/** While nothing can be read, or there is nothing to read. */
const waitMs = 1_000;

interface Scrubbing {
  readonly scrubber: Scrubber;
  readonly logs: Logs;
  readonly timer: Timer;
  readonly report: (words: string, error: unknown) => void;
}

/** Has the store held against the logs for as long as the server runs: all at the start, then a little at a time. */
export class ScrubbingService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #ended = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #isFirst = true;

  /** `parts` are absent where nothing outlives the process. */
  constructor(private readonly parts: Scrubbing | undefined) {}

  get alarms(): readonly Alarm[] {
    return this.parts?.scrubber.alarms ?? [];
  }

  /** Whether all has to be looked at before the server is ready, and was not yet. */
  get isChecking(): boolean {
    const { parts } = this;
    if (parts === undefined || parts.scrubber.rounds > 0) return false;
    return !parts.logs.isReady || parts.logs.ordinal < checkedFirstMax;
  }

  /** What it does, in words. */
  get does(): string {
    const { parts } = this;
    if (parts === undefined) return 'in memory';
    const { rounds, checked } = parts.scrubber;
    return rounds === 0
      ? `checking, ${checked} of ${parts.logs.isReady ? parts.logs.ordinal + 1 : 'all'}`
      : 'checked';
  }

  onApplicationBootstrap(): void {
    if (this.parts !== undefined) this.#running = this.#run(this.parts);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }

  async #run({ scrubber, logs, timer, report }: Scrubbing): Promise<void> {
    const { signal } = this.#ended;
    const rest = (ms: number) => timer.wait(ms, signal).catch(() => undefined);
    while (!signal.aborted) {
      if (!logs.isReady) {
        await rest(waitMs / 10);
        continue;
      }
      const began = timer.now();
      try {
        const isWhole = await scrubber.go();
        const isHurried = this.#isFirst && logs.ordinal < checkedFirstMax;
        if (isWhole) this.#isFirst = false;
        if (isHurried && !isWhole) await turnOfTheLoop();
        else await rest(Math.max(restTimes * (timer.now() - began), isWhole ? waitMs : 0));
      } catch (error) {
        if (!signal.aborted) report('the store could not be held against the logs', error);
        await rest(10 * waitMs);
      }
    }
  }
}
