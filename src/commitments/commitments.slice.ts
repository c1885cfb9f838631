import { id, nothing } from '#libs/decider';
import { sameVersion, sliceOf } from '../platform/slice.js';
import { commitmentEvents } from './commitment.events.js';
import { evolve } from './commitment.facts.js';
import type { Commitment } from './commitment.facts.js';
import { commitmentSummaries } from './commitment.summaries.js';

/** Takes no commands yet: it is the fold that the overlays of an irritant, and its resolution, depend on. */
export const commitments = sliceOf<Commitment, never, never>(
  { initial: null, evolve, decide: () => nothing },
  {
    name: 'commitments',
    prefix: 'commitment',
    foldVersion: 1,
    schemas: commitmentEvents,
    upcast: sameVersion,
    commands: {},
    view: ({ updated, ...commitment }) => ({ ...commitment, updatedAt: updated.recordedAt }),
    summaries: commitmentSummaries,
    restsOn: () => [],
    labels: (commitment) => ({ irritant: commitment.irritantIds }),
    filters: { irritant: id },
    refusals: {},
    policies: [],
  },
);
