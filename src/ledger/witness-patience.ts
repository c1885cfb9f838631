import type { Timer } from '../platform/record/timer.js';

/** A log is countersigned at most once in so long: only its newest checkpoint is worth it. */
const paceMs = 1_000;
const silentMsMax = 60_000;
const refusedMsMax = 5 * 60_000;

/** Why a witness does not countersign a log, and how often in turn it did not. */
export interface Refusal {
  readonly why: string;
  /** As a witness that was never told of the log does. */
  readonly isUnknown: boolean;
  readonly times: number;
}

/** When one witness may be asked again: of a log that it refuses later each time, and while it is silent of none. */
export class WitnessPatience {
  readonly refusals = new Map<string, Refusal>();
  readonly #pausedUntil = new Map<string, number>();
  #silence: { readonly why: string; readonly times: number; readonly until: number } | undefined;

  /** `fraction`: from 0 up to 1, another one each time. */
  constructor(
    private readonly timer: Timer,
    private readonly fraction: () => number,
  ) {}

  /** Why the witness says nothing; undefined where it does. */
  get silent(): string | undefined {
    return this.#silence?.why;
  }

  /** Whether it is left alone with all logs. */
  get isResting(): boolean {
    return this.#silence !== undefined && this.timer.now() < this.#silence.until;
  }

  isPaused(log: string): boolean {
    return this.timer.now() < (this.#pausedUntil.get(log) ?? 0);
  }

  /** True where it was heard before. */
  heardNothing(why: string): boolean {
    const times = (this.#silence?.times ?? 0) + 1;
    this.#silence = { why, times, until: this.timer.now() + this.#backOff(times, silentMsMax) };
    return times === 1;
  }

  heard(): void {
    this.#silence = undefined;
  }

  refused(log: string, why: string, isUnknown = false): void {
    const times = (this.refusals.get(log)?.times ?? 0) + 1;
    this.refusals.set(log, { why, isUnknown, times });
    this.#pausedUntil.set(log, this.timer.now() + this.#backOff(times, refusedMsMax));
  }

  took(log: string): void {
    this.refusals.delete(log);
    this.rest(log);
  }

  /** For as long as always. */
  rest(log: string): void {
    this.#pausedUntil.set(log, this.timer.now() + paceMs);
  }

  forget(): void {
    this.refusals.clear();
    this.#pausedUntil.clear();
  }

  /** Longer each time, and never the same for two servers. */
  #backOff(times: number, most: number): number {
    return Math.min(most, paceMs * 2 ** times) * (0.5 + this.fraction() / 2);
  }
}
