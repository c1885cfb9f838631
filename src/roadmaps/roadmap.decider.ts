import { accept, nothing, refuse, restOnSaid } from '#libs/decider';
import type { Decided, Decider, Decision } from '#libs/decider';
import {
  agreementDue,
  confirmAssent,
  giveAssent,
  latestOf,
  terminate,
  withdrawAssent,
} from '#libs/versioned-text';
import { evolve, isSettled, openMandatory } from './roadmap.facts.js';
import type { Roadmap } from './roadmap.facts.js';
import { completionDue, onStep, settlingWords } from './roadmap-steps.decider.js';
import type { Refused, RoadmapCommand, RoadmapRefusal } from './roadmap-terms.decider.js';
import { tableVersion } from './roadmap-version.decider.js';

const agreedType = 'RoadmapVersionAgreed';

function terminated({ terminatedBy }: Roadmap): Refused | undefined {
  return terminatedBy.length === 0
    ? undefined
    : refuse(
        'ROADMAP_TERMINATED',
        `The roadmap was terminated by ${terminatedBy.map((one) => one.party).join(' and ')}: draft a new one.`,
      );
}

/** What is agreed by the assents that stand, or else completed by what was done under the agreement. */
export function follows(roadmap: Roadmap): readonly Decided[] {
  const agreed = agreementDue(roadmap, agreedType);
  return agreed.length > 0 ? agreed : completionDue(roadmap);
}

/** An amendment may leave no mandatory step open; then the roadmap is completed with the agreement on it. */
function completedBy(decision: Decision<RoadmapRefusal>, roadmap: Roadmap): Decision<RoadmapRefusal> {
  if ('refused' in decision) return decision;
  const agreed: Decided | undefined = decision.events.find((one) => one.type === agreedType);
  const version = latestOf(roadmap);
  if (agreed?.derivedFrom === undefined || version === undefined || roadmap.completed !== null)
    return decision;
  const isDone =
    version.steps.some((one) => one.mandatory) && openMandatory(version, roadmap.progress).length === 0;
  const isAmendment = Object.values(roadmap.progress).some(isSettled);
  if (!isDone || !isAmendment) return decision;
  const derivedFrom = [
    ...agreed.derivedFrom,
    ...settlingWords(version.steps, roadmap.progress).map(restOnSaid),
  ];
  return {
    events: [...decision.events, { type: 'RoadmapCompleted', data: {}, content: {}, derivedFrom }],
  };
}

function decide(command: RoadmapCommand, roadmap: Roadmap | null): Decision<RoadmapRefusal> {
  if (command.type === 'DraftRoadmap') {
    return roadmap === null ? accept(command.event) : nothing;
  }
  if (roadmap === null) throw new Error(`${command.type} reached a roadmap that was never drafted.`);
  if (command.type === 'TerminateRoadmap') {
    return terminate(command, roadmap, roadmap.terminatedBy);
  }
  const over = terminated(roadmap);
  if (over !== undefined) return over;
  switch (command.type) {
    case 'TableRoadmapVersion':
      return tableVersion(command, roadmap);
    case 'AssentToRoadmap':
      return completedBy(giveAssent(command, roadmap, agreedType), roadmap);
    case 'ConfirmRoadmapAssent':
      return completedBy(confirmAssent(command, roadmap, agreedType), roadmap);
    case 'WithdrawRoadmapAssent':
      return withdrawAssent(command, roadmap);
    default:
      return onStep(command, roadmap);
  }
}

export const roadmapDecider: Decider<Roadmap | null, RoadmapCommand, RoadmapRefusal> = {
  initial: null,
  evolve,
  decide,
};
