import type { Sequenced } from '#libs/projections';
import { madeOnce } from '../shapes/made-once.js';
import type { EventRegistry } from '../record/event-registry.js';

/** Events as they come to the projections, each read once for all of them that follow the record together. */
export const storedOnce = madeOnce((registry: EventRegistry) =>
  madeOnce(({ event }: Sequenced) => registry.read(event)),
);
