import type { EventStore } from '#libs/event-store';
import type { ProjectionDefinition } from '#libs/projections';
import type { Ids } from './ids.js';

/** A read model of another room, with what it has to know of the store before the first event reaches it. */
export interface Follower {
  readonly definition: ProjectionDefinition;
  /** `readOnly`: nothing may be written. */
  prepare(store: EventStore, ids: Ids, readOnly: boolean): Promise<void>;
}
