import { Damaged, Unavailable } from '#libs/event-store';
import type { Incident, Projections } from '#libs/projections';
import type { Removals } from '../record/removals.js';
import { RealTimer } from '../record/timer.js';
import type { Timer } from '../record/timer.js';
import type { Erasures } from './erasures.js';
import { ErasuresWatched } from './erasures-watched.js';

interface Erasing {
  readonly erasures: Erasures;
  readonly projections: Projections;
  readonly removals: Removals | undefined;
}

interface Later {
  readonly signal: AbortSignal;
  readonly timer: Timer;
  readonly report: (failure: unknown) => void;
}

interface Told {
  readonly storeUrl: string | undefined;
  readonly onIncident: (incident: Incident) => void;
}

/** Each attempt may have whoever writes wait for a second, for as long as another program reads. */
const againMs = 5_000;

/**
 * A store elsewhere may be long, doubted or away at the start: what was begun is finished beside what is served, for every
 * view obeys an erasing at once. From then on what others erase is erased here.
 */
export async function finishBegun(
  erasing: Erasing,
  { storeUrl, onIncident }: Told,
  opened: AsyncDisposableStack,
): Promise<void> {
  const left = new AbortController();
  opened.defer(() => left.abort());
  const timer = new RealTimer();
  // What fails of a store that is being closed is nobody's to mend.
  const report = (error: unknown) => {
    if (!left.signal.aborted) onIncident({ projection: 'record', ordinal: -1, error });
  };
  if (storeUrl !== undefined) return void new ErasuresWatched({ ...erasing, timer, report }).run(left.signal);
  const held = new Set<string>();
  await erasing.erasures.finishAll(erasing.removals, (cause, stream) => {
    const words = `Words of ${stream} that were erased may still be there: ${cause.message}`;
    if (cause instanceof Damaged) return report(new Damaged(words, { cause }));
    held.add(stream);
    report(new Unavailable(words, { cause }));
  });
  if (held.size > 0) void finishHeld(erasing, held, { signal: left.signal, timer, report });
}

/** As another program or a full disk kept words where they were, until it does so no more. */
async function finishHeld(
  { erasures, removals }: Erasing,
  held: Set<string>,
  { signal, timer, report }: Later,
): Promise<void> {
  while (held.size > 0) {
    await timer.wait(againMs, signal).catch(() => undefined);
    for (const stream of signal.aborted ? [] : held) {
      try {
        await erasures.finishLeft(stream, removals);
        held.delete(stream);
      } catch (error) {
        if (error instanceof Unavailable) continue;
        held.delete(stream);
        report(error);
      }
    }
    if (signal.aborted) return;
  }
}
