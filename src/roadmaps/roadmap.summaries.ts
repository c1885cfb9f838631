import { inShort, its, labelled, ownId, placed, quoted, who, wording } from '#libs/decider';
import type { NameOf, NamesOf, SummariesOf } from '#libs/decider';
import { onMatters } from '../kernel/matters.summaries.js';
import type { roadmapEvents } from './roadmap.events.js';

const roadmap = (e: { readonly stream: string }, nameOf: NameOf) => its('the roadmap', e, nameOf);

const agreedVersion = 'agreed version';

function inVersion(stepId: string, version: number | string): string {
  return `${stepId} in ${version}`;
}

interface OfStep {
  readonly stream: string;
  readonly data: { readonly stepId: string };
}

/** Which step of which roadmap, by the number and the words that it has in the version that is agreed. */
function step(e: OfStep, nameOf: NameOf): string {
  const version = nameOf(agreedVersion);
  const name = version === undefined ? undefined : nameOf(inVersion(e.data.stepId, version));
  // A later version may have the same words at the same number, and it is another step.
  const later = version === undefined || version === '1' ? '' : ` in version ${version}`;
  return `${name ?? 'a step'}${later} of ${roadmap(e, nameOf)}`;
}

export const roadmapSummaries: SummariesOf<typeof roadmapEvents> = {
  RoadmapDrafted: (e, nameOf) =>
    `${who(e)} drafted a roadmap${onMatters(e.data.irritantIds, nameOf)}${labelled(e.content.title)}`,
  RoadmapVersionTabled: (e, nameOf) => `${who(e)} tabled version ${e.data.version} of ${roadmap(e, nameOf)}`,
  RoadmapAssentGiven: (e, nameOf) =>
    `${who(e)} assented to version ${e.data.version} of ${roadmap(e, nameOf)}${e.data.adReferendum ? ', ad referendum' : ''}`,
  RoadmapAssentConfirmed: (e, nameOf) =>
    `The capital of ${who(e)} confirmed the assent to version ${e.data.version} of ${roadmap(e, nameOf)}`,
  RoadmapAssentWithdrawn: (e, nameOf) =>
    `${who(e)} withdrew its assent to version ${e.data.version} of ${roadmap(e, nameOf)}${quoted(e, 'reason')}`,
  RoadmapVersionAgreed: (e, nameOf) => `Version ${e.data.version} of ${roadmap(e, nameOf)} is agreed`,
  StepStarted: (e, nameOf) => `${who(e)} started ${step(e, nameOf)}${quoted(e, 'reason')}`,
  StepReportedDone: (e, nameOf) => `${who(e)} reported that ${step(e, nameOf)} is done${quoted(e, 'reason')}`,
  StepAccepted: (e, nameOf) => `${who(e)} accepted ${step(e, nameOf)}${quoted(e, 'reason')}`,
  StepRejected: (e, nameOf) => `${who(e)} rejected ${step(e, nameOf)}${quoted(e, 'reason')}`,
  StepBlocked: (e, nameOf) => `${who(e)} reported that ${step(e, nameOf)} is blocked${quoted(e, 'reason')}`,
  StepUnblocked: (e, nameOf) =>
    `${who(e)} reported that ${step(e, nameOf)} is not blocked any more${quoted(e, 'reason')}`,
  StepWaived: (e, nameOf) => `${who(e)} waived ${step(e, nameOf)}${quoted(e, 'reason')}`,
  RoadmapTerminated: (e, nameOf) => `${who(e)} terminated ${roadmap(e, nameOf)}${quoted(e, 'reason')}`,
  RoadmapCompleted: (e, nameOf) => `${its('The roadmap', e, nameOf)} is completed`,
};

function stepName(number: number, text: string): string {
  return text === '' ? `step ${number}` : `step ${number} (${inShort(text)})`;
}

export const roadmapNames: NamesOf<typeof roadmapEvents> = {
  RoadmapDrafted: (e, seq) => [[ownId(e), placed(seq, e.content.title)]],
  RoadmapVersionTabled: ({ data: { version, steps }, content: { texts } }) =>
    steps.map(({ stepId }, index) => [
      inVersion(stepId, version),
      stepName(index + 1, wording(texts?.[stepId])),
    ]),
  RoadmapVersionAgreed: (e) => [[agreedVersion, String(e.data.version)]],
};
