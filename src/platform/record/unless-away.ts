import { Doubted, Unavailable } from '#libs/event-store';
import { RealTimer, within } from './timer.js';

/** How long the store is waited for before it counts as away. */
export const storeMs = 1_000;

/** What was read, or `away` where the store can't be read now; whatever comes later is nobody's. */
export async function unlessAway<T>(reading: Promise<T>): Promise<T | 'away'> {
  try {
    const read = await within(
      new RealTimer(),
      storeMs,
      reading.then((value) => ({ value })),
    );
    if (read !== undefined) return read.value;
  } catch (error) {
    if (!(error instanceof Unavailable) || error instanceof Doubted) throw error;
  }
  reading.catch(() => undefined);
  return 'away';
}
