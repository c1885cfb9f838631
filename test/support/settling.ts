import type { Projections } from '#libs/projections';
import { backstopMs } from './pace.js';

/** Until everything that is stored is projected; throws where that can't come about, with how far each part is. */
export async function projected(projections: Pick<Projections, 'settled' | 'status'>): Promise<void> {
  if ((await projections.settled({ timeoutMs: backstopMs })) === 'reached') return;
  throw new Error(`The projections lag: ${JSON.stringify(projections.status())}`);
}
