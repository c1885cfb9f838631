import { Clock } from '../../src/platform/record/clock.js';

/** A clock that a test sets: it stands still unless it is told to go on. */
export class ManualClock extends Clock {
  #now: number;
  #elapsed = 0;

  constructor(at = '2026-01-01T00:00:00.000Z') {
    super();
    this.#now = Date.parse(at);
  }

  now(): number {
    return this.#now;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  /** A negative step sets the clock back; time itself goes on only. */
  advance(ms: number): void {
    this.#now += ms;
    this.#elapsed += Math.max(ms, 0);
  }
}
