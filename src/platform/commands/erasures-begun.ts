import { Damaged } from '#libs/event-store';
import type { Incident, Projections } from '#libs/projections';
import type { Removals } from '../record/removals.js';
import { RealTimer } from '../record/timer.js';
import type { Erasures } from './erasures.js';
import { ErasuresWatched } from './erasures-watched.js';

interface Erasing {
  readonly erasures: Erasures;
  readonly projections: Projections;
  readonly removals: Removals | undefined;
}

interface Told {
  readonly storeUrl: string | undefined;
  readonly onIncident: (incident: Incident) => void;
}

/**
 * A store elsewhere may be long, doubted or away at the start: what was begun is finished beside what is served, for every
 * view obeys an erasing at once. From then on what others erase is erased here.
 */
export async function finishBegun(
  { erasures, projections, removals }: Erasing,
  { storeUrl, onIncident }: Told,
  opened: AsyncDisposableStack,
): Promise<void> {
  const tell = (error: unknown) => onIncident({ projection: 'record', ordinal: -1, error });
  if (storeUrl === undefined)
    return erasures.finishAll(removals, (cause, stream) =>
      tell(
        new Damaged(`Words of ${stream} that were erased may still be there: ${cause.message}`, { cause }),
      ),
    );
  const left = new AbortController();
  opened.defer(() => left.abort());
  const timer = new RealTimer();
  // What fails of a store that is being closed is nobody's to mend.
  const report = (error: unknown) => {
    if (!left.signal.aborted) tell(error);
  };
  void new ErasuresWatched({ erasures, projections, removals, timer, report }).run(left.signal);
}
