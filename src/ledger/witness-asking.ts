import type { Timer } from '../platform/record/timer.js';
import type { Cosignatures } from './cosignatures.js';
import type { Logs } from './logs.js';

export interface Asking {
  readonly logs: Logs;
  readonly cosignatures: Cosignatures;
  readonly lease: { readonly held: boolean };
  readonly timer: Timer;
  readonly fraction: () => number;
  readonly report: (words: string, error: unknown) => void;
}

/** What a witness has countersigned, by what it says. */
export interface Known {
  readonly size: number;
  /** Whether it has taken that since this server signs, and knew the log: a new one would take an older copy as well. */
  readonly isVouched: boolean;
}
