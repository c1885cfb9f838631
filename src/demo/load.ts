import { Player } from './player.js';
import type { Server } from './player.js';
import type { Step } from './step.js';

export interface LoadOptions extends Server {
  readonly onStep?: (step: Step, about: { readonly isRepeat: boolean }) => void;
}

export interface Loaded {
  /** Acts that this load added to the record. */
  readonly recorded: number;
  /** Acts that an earlier load had recorded already. */
  readonly repeated: number;
  /** What each label stands for. */
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * Plays the steps over HTTP in their order, as any client would. The idempotency keys are drawn from the labels, so
 * loading again repeats the stored answers and a load that broke off goes on where it stopped.
 */
export async function loadRecord(steps: readonly Step[], options: LoadOptions): Promise<Loaded> {
  const player = new Player(options, steps[0]?.as ?? '');
  for (const step of steps) {
    const isRepeat = await player.play(step);
    options.onStep?.(step, { isRepeat });
  }
  await player.settle();
  return { recorded: player.recorded, repeated: player.repeated, ids: player.ids };
}
