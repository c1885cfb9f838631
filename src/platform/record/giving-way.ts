import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

/** Nobody waits longer for others than a fraction of what a person would notice. */
const longestMs = 10;

/** For long work on many things: lets everybody else have a turn as soon as this has gone on for long. */
export class GivingWay {
  #since = performance.now();

  /** To be awaited after each thing. */
  async turn(): Promise<void> {
    if (performance.now() - this.#since < longestMs) return;
    await turnOfTheLoop();
    this.#since = performance.now();
  }
}
