import { choice, id } from '#libs/decider';
import { jointIn } from '#libs/versioned-text';
import { awaitedFilter, awaitedLabels } from '../platform/record/awaited.js';
import { overdueFilter, owedLabels } from '../platform/record/due-labels.js';
import { theParty } from '../platform/record/finding.js';
import { sliceOf } from '../platform/record/slice.js';
import { roadmapCommands } from './roadmap.commands.js';
import { follows, roadmapDecider } from './roadmap.decider.js';
import { roadmapEvents } from './roadmap.events.js';
import { isSettled, openSteps, roadmapStatuses, statusOf } from './roadmap.facts.js';
import { roadmapProblems } from './roadmap.problems.js';
import { roadmapNames, roadmapSummaries } from './roadmap.summaries.js';
import { awaiting, roadmapRepresentation, roadmapView } from './roadmap.view.js';

export const roadmaps = sliceOf(roadmapDecider, {
  name: 'roadmaps',
  about: 'Versions of a roadmap, and the steps of the agreed one.',
  prefix: 'roadmap',
  isInstrument: true,
  foldVersion: 4,
  schemas: roadmapEvents,
  commands: roadmapCommands,
  view: roadmapView,
  represents: roadmapRepresentation,
  summaries: roadmapSummaries,
  names: roadmapNames,
  labels: (roadmap) => ({
    status: statusOf(roadmap),
    irritant: roadmap.irritantIds,
    awaiting: awaitedLabels(awaiting(roadmap)),
    ...owedLabels(
      roadmap.dialogueId,
      openSteps(roadmap).map(({ due }) => due),
    ),
  }),
  follows,
  joint: (roadmap) => ({
    ...jointIn(roadmap),
    terminated: roadmap.agreed !== null && roadmap.terminated !== null,
    completed: roadmap.completed !== null,
    settled: Object.keys(roadmap.progress).filter((one) => isSettled(roadmap.progress[one])),
  }),
  filters: {
    status: choice(...roadmapStatuses),
    irritant: id,
    awaiting: awaitedFilter,
    overdue: overdueFilter,
  },
  finding: { concerns: ({ parties, dialogueId }) => parties.map((one) => theParty(one, dialogueId)) },
  refusals: roadmapProblems,
  story: [
    ['RU', 'DraftRoadmap'],
    ['RU', 'TableRoadmapVersion'],
    ['RU', 'AssentToRoadmap'],
    ['US', 'AssentToRoadmap'],
    [null, 'RoadmapVersionAgreed', { basis: 'direct' }],
    ['RU', 'StartStep'],
  ],
});
