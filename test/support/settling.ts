import type { Projections } from '#libs/projections';
import { backstopMs } from './pace.js';

/** Until everything that is stored is projected; throws where that can't come about, with how far each part is. */
export async function projected(projections: Pick<Projections, 'settled' | 'status'>): Promise<void> {
  if ((await projections.settled({ timeoutMs: backstopMs })) === 'reached') return;
  throw new Error(`The projections lag: ${JSON.stringify(projections.status())}`);
}

/** Until what is asked holds; it is asked again and again, and in the end that it never came about is the failure. */
export async function until(holds: () => boolean | Promise<boolean>, lookMs = 20): Promise<void> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > backstopMs) throw new Error(`It never came about that ${String(holds)}.`);
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}
