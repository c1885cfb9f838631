import { id, nothing } from '#libs/decider';
import { sameVersion, sliceOf } from '../platform/slice.js';
import { roadmapEvents } from './roadmap.events.js';
import { evolve, restsOn } from './roadmap.facts.js';
import type { Roadmap } from './roadmap.facts.js';
import { roadmapSummaries } from './roadmap.summaries.js';

/** Takes no commands yet: it is the fold that the stage of an irritant, and its resolution, depend on. */
export const roadmaps = sliceOf<Roadmap, never, never>(
  { initial: null, evolve, decide: () => nothing },
  {
    name: 'roadmaps',
    prefix: 'roadmap',
    foldVersion: 1,
    schemas: roadmapEvents,
    upcast: sameVersion,
    commands: {},
    view: ({ updated, roadmapId: _, ...roadmap }) => ({ ...roadmap, updatedAt: updated.recordedAt }),
    summaries: roadmapSummaries,
    restsOn,
    labels: (roadmap) => ({ irritant: roadmap.irritantIds }),
    filters: { irritant: id },
    refusals: {},
    policies: [],
  },
);
