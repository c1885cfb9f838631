/** The only clock. Tests set it; everything else asks it. */
export abstract class Clock {
  /** The last instant that was written: an act asks several times within a millisecond. */
  #written = { at: Number.NaN, text: '' };

  /** Milliseconds since 1970, UTC. */
  abstract now(): number;

  /**
   * Milliseconds since this process began or thereabouts. How long something took, or may still be relied on, is
   * measured by this one: setting the clock back or forward changes nothing about it.
   */
  abstract elapsed(): number;

  /** UTC, milliseconds, fixed width, as `recordedAt` is written. */
  iso(): string {
    const now = this.now();
    if (now !== this.#written.at) this.#written = { at: now, text: new Date(now).toISOString() };
    return this.#written.text;
  }
}

/** Of this machine, in epoch ms; for ids, which are in the order in which they were made whatever clock a record has. */
export function realNow(): number {
  return Date.now();
}

/** Real time in milliseconds, which nobody sets. */
export function realElapsed(): number {
  return performance.now();
}

export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }

  elapsed(): number {
    return realElapsed();
  }
}
