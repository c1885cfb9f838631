/** The only clock. Tests set it; everything else asks it. */
export abstract class Clock {
  /** Milliseconds since 1970, UTC. */
  abstract now(): number;

  /** UTC, milliseconds, fixed width, as `recordedAt` is written. */
  iso(): string {
    return new Date(this.now()).toISOString();
  }
}

export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}
