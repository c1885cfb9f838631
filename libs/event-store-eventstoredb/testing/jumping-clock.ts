import { performance, type EventLoopUtilization } from 'node:perf_hooks';

import { systemTimers, type Timers } from '../timers.js';
import { Echo } from './echo.js';

/** The clock of a run: what the store waits by, and what is measured. */
export interface RunClock extends Timers {
  readonly nowMs: number;
  stop(): void;
}

/** Time as it passes. */
export class RealClock implements RunClock {
  readonly #began = performance.now();

  get nowMs(): number {
    return Math.round(performance.now() - this.#began);
  }

  start(delayMs: number, callback: () => void): () => void {
    return systemTimers.start(delayMs, callback);
  }

  stop(): void {
    // Whoever started a timer ends it.
  }
}

const lookMs = 20;
/** How many looks in a row must find nothing happening before the clock jumps. */
const quietLooks = 3;
/** The looks themselves are work too, but next to none; one message between client and server is more. */
const idleBelow = 0.05;

/**
 * A clock that stands still while anything happens and jumps to the next timer when nothing does, so that waits of
 * half a minute take a moment, and what is measured by it does not depend on the speed of the machine.
 */
export class JumpingClock implements RunClock {
  nowMs = 0;
  #changes = 0;
  #changesSeen = 0;
  #quiet = 0;
  #utilisation: EventLoopUtilization = performance.eventLoopUtilization();
  readonly #due = new Map<symbol, { readonly atMs: number; readonly callback: () => void }>();
  readonly #echo = new Echo();
  readonly #interval = setInterval(() => this.#look(), lookMs);

  start(delayMs: number, callback: () => void): () => void {
    const key = Symbol('timer');
    this.#changes += 1;
    this.#due.set(key, { atMs: this.nowMs + delayMs, callback });
    return () => {
      this.#changes += 1;
      this.#due.delete(key);
    };
  }

  stop(): void {
    clearInterval(this.#interval);
    this.#echo.stop();
  }

  /**
   * Server and client share this process, so nothing will come where it has nothing to do and the ways between them are
   * empty. On a busy machine a message may be on its way for longer than a look: the echo that was sent after it tells.
   */
  #look(): void {
    if (!this.#echo.isBack) return;
    this.#echo.send();
    const utilisation = performance.eventLoopUtilization();
    const idle = performance.eventLoopUtilization(utilisation, this.#utilisation).utilization < idleBelow;
    this.#quiet = idle && this.#changes === this.#changesSeen ? this.#quiet + 1 : 0;
    this.#utilisation = utilisation;
    this.#changesSeen = this.#changes;
    if (this.#quiet < quietLooks) return;
    this.#quiet = 0;
    this.#jump();
  }

  #jump(): void {
    const [next] = [...this.#due].sort(([, a], [, b]) => a.atMs - b.atMs);
    if (next === undefined) return;
    const [key, { atMs, callback }] = next;
    this.#due.delete(key);
    this.nowMs = Math.max(this.nowMs, atMs);
    callback();
  }
}
