import { labelled, quoted, who } from '#libs/decider';
import type { SummariesOf } from '#libs/decider';
import type { roadmapEvents } from './roadmap.events.js';

export const roadmapSummaries: SummariesOf<typeof roadmapEvents> = {
  RoadmapDrafted: (e) => `${who(e)} drafted a roadmap${labelled(e.content.title)}`,
  RoadmapVersionTabled: (e) => `${who(e)} tabled version ${e.data.version} of the roadmap`,
  RoadmapAssentGiven: (e) =>
    `${who(e)} assented to version ${e.data.version}${e.data.adReferendum ? ', ad referendum' : ''}`,
  RoadmapAssentConfirmed: (e) => `The capital of ${who(e)} confirmed the assent to version ${e.data.version}`,
  RoadmapAssentWithdrawn: (e) =>
    `${who(e)} withdrew its assent to version ${e.data.version}${quoted(e, 'reason')}`,
  RoadmapVersionAgreed: (e) => `Version ${e.data.version} of the roadmap is agreed`,
  StepStarted: (e) => `${who(e)} started a step${quoted(e, 'reason')}`,
  StepReportedDone: (e) => `${who(e)} reported a step done${quoted(e, 'reason')}`,
  StepAccepted: (e) => `${who(e)} accepted a step${quoted(e, 'reason')}`,
  StepRejected: (e) => `${who(e)} rejected a step${quoted(e, 'reason')}`,
  StepBlocked: (e) => `${who(e)} reported a step blocked${quoted(e, 'reason')}`,
  StepUnblocked: (e) => `${who(e)} reported a step unblocked${quoted(e, 'reason')}`,
  StepWaived: (e) => `${who(e)} waived a step${quoted(e, 'reason')}`,
  RoadmapTerminated: (e) => `${who(e)} terminated the roadmap${quoted(e, 'reason')}`,
  RoadmapCompleted: () => 'The roadmap is completed',
};
