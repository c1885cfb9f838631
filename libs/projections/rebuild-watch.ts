import type { ProjectionStatus } from './definitions.js';
import { RebuildStalled } from './errors.js';
import type { Progress } from './progress.js';

/** Ends a rebuild that comes no further, for one that waits without a word can't be told from one that works. */
export class RebuildWatch {
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #reached = '';

  constructor(
    private readonly progress: Progress,
    private readonly options: { readonly stallMs: number; readonly reason: () => string },
  ) {
    this.#arm();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** To be told at each look; only another place counts as progress. */
  saw(name: string, ordinal: number): void {
    const reached = `${name} ${ordinal}`;
    if (reached === this.#reached) return;
    this.#reached = reached;
    this.#arm();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #arm(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const { stallMs, reason } = this.options;
      const words = `The rebuild came no further for ${stallMs / 1_000} seconds (${reason()}).`;
      this.#controller.abort(new RebuildStalled(words));
      this.progress.notify();
    }, this.options.stallMs);
  }
}

export interface RebuildProgress {
  readonly name: string;
  readonly ordinal: number;
  readonly head: number;
}

/** What a rebuild that stands still may be waiting for. */
export function slowestOf(all: readonly ProjectionStatus[]): string {
  const { name, state, error } = all.find((one) => one.error !== undefined) ?? all[0] ?? { name: 'record' };
  return `${name} is ${state ?? 'unknown'}${error === undefined ? '' : `: ${error.message}`}`;
}
