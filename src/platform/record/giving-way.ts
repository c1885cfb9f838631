import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { realElapsed } from './clock.js';

/** Nobody waits longer for others than a fraction of what a person would notice. */
const longestMs = 10;

/** For long work on many things: lets everybody else have a turn as soon as this has gone on for long. */
export class GivingWay {
  #since = realElapsed();

  /** To be awaited after each thing. */
  async turn(): Promise<void> {
    if (realElapsed() - this.#since < longestMs) return;
    await turnOfTheLoop();
    this.#since = realElapsed();
  }
}
