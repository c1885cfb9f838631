import type { Rest } from './decider.js';
import type { Act, Fact, Occurred, SourceRef } from './schema.js';

/** Who said something, when, in which capacity: with the event's id, by which its words are found. */
export interface Said {
  readonly eventId: string;
  readonly party: string | null;
  readonly capacity: Act['capacity'];
  readonly recordedAt: string;
  readonly occurred?: Occurred;
  readonly sources: readonly SourceRef[];
}

export function said(fact: Fact): Said {
  return {
    eventId: fact.id,
    party: fact.act.party,
    capacity: fact.act.capacity,
    recordedAt: fact.recordedAt,
    ...(fact.occurred === undefined ? {} : { occurred: fact.occurred }),
    sources: fact.sources,
  };
}

export function restOnSaid(one: Said): Rest {
  return {
    id: one.eventId,
    capacity: one.capacity,
    ...(one.occurred === undefined ? {} : { occurred: one.occurred }),
  };
}

/** Whether this party is already among those who said it. */
export function hasSaid(said: readonly Said[], party: string | null): boolean {
  return said.some((one) => one.party === party);
}
