import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

/** For so long whoever comes later waits for a read that is under way: one that hangs must hold up nobody else. */
const longestWaitMs = 50;

/**
 * Reads that many ask for at once, each a way to the store: who come in one turn of the event loop share a read, and who
 * come while one is under way share the one after it. They never share one that has begun, for it may lack what was
 * recorded since.
 */
export class SharedReads<T> {
  readonly #underWay = new Map<string, Promise<T>>();
  /** The reads that begin soon, each for all who have come meanwhile. */
  readonly #next = new Map<string, Promise<T>>();

  constructor(
    private readonly read: (name: string) => Promise<T>,
    private readonly waitMs = longestWaitMs,
  ) {}

  /** What a read finds that begins no earlier than now. */
  fresh(name: string): Promise<T> {
    const gathering = this.#next.get(name);
    if (gathering !== undefined) return gathering;
    const next = this.#soon(name).then(() => this.#begin(name));
    this.#next.set(name, next);
    return next;
  }

  async #soon(name: string): Promise<void> {
    const present = this.#underWay.get(name);
    if (present !== undefined) await overSoon(present, this.waitMs);
    await turnOfTheLoop();
  }

  #begin(name: string): Promise<T> {
    this.#next.delete(name);
    const reading = this.read(name);
    this.#underWay.set(name, reading);
    const over = () => {
      if (this.#underWay.get(name) === reading) this.#underWay.delete(name);
    };
    reading.then(over, over);
    return reading;
  }
}

/** Resolves once it is over, whatever came of it, or has taken long. */
function overSoon(reading: Promise<unknown>, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, waitMs);
    const go = () => {
      clearTimeout(timer);
      resolve();
    };
    reading.then(go, go);
  });
}
