/** The only clock. Tests set it; everything else asks it. */
export abstract class Clock {
  /** Milliseconds since 1970, UTC. */
  abstract now(): number;

  /**
   * Milliseconds since this process began or thereabouts. How long something took, or may still be relied on, is
   * measured by this one: setting the clock back or forward changes nothing about it.
   */
  abstract elapsed(): number;

  /** UTC, milliseconds, fixed width, as `recordedAt` is written. */
  iso(): string {
    return new Date(this.now()).toISOString();
  }
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
