import type { ProjectionDefinition } from '#libs/projections';
import type { EventRegistry } from '../record/event-registry.js';
import { attributionsProjection } from './attributions.projection.js';
import { changesProjection } from './changes.projection.js';
import { listProjection } from './lists.projection.js';

/** What is read of the record besides its streams: a list for each slice, what stands in whose name, and what changed what. */
export function readModelsOf(registry: EventRegistry): readonly ProjectionDefinition[] {
  return [
    ...registry.slices.map((slice) => listProjection(slice, registry)),
    attributionsProjection(registry),
    changesProjection(registry),
  ];
}
