import { accept, alreadySaid, nothing, refuse } from '#libs/decider';
import type { Decided, Decider, Decision } from '#libs/decider';
import { confirmAssent, giveAssent, latestOf, withdrawAssent } from '#libs/versioned-text';
import { evolve, isSettled, openMandatory } from './roadmap.facts.js';
import type { Roadmap } from './roadmap.facts.js';
import { onStep } from './roadmap-steps.decider.js';
import type { Refused, RoadmapCommand, RoadmapRefusal } from './roadmap-terms.decider.js';
import { tableVersion } from './roadmap-version.decider.js';

const agreedType = 'RoadmapVersionAgreed';

/** A suspension refuses new proposals and new steps, never a word on what has begun. */
function suspended({ facts }: RoadmapCommand): Refused | undefined {
  const found = facts.irritants?.find((one) => one.suspensions.length > 0);
  return found === undefined
    ? undefined
    : refuse(
        'IRRITANT_SUSPENDED',
        `Work on ${found.key} is suspended by ${found.suspensions.map((one) => one.party).join(' and ')}; new steps wait until that is lifted.`,
      );
}

function terminated({ terminatedBy }: Roadmap): Refused | undefined {
  return terminatedBy.length === 0
    ? undefined
    : refuse(
        'ROADMAP_TERMINATED',
        `The roadmap was terminated by ${terminatedBy.map((one) => one.party).join(' and ')}: draft a new one.`,
      );
}

/** An amendment may leave no mandatory step open; then the roadmap is completed with the agreement on it. */
function completedBy(decision: Decision<RoadmapRefusal>, roadmap: Roadmap): Decision<RoadmapRefusal> {
  if ('refused' in decision) return decision;
  const agreed: Decided | undefined = decision.events.find((one) => one.type === agreedType);
  const steps = latestOf(roadmap)?.steps ?? [];
  const isDone = steps.some((one) => one.mandatory) && openMandatory(steps, roadmap.progress).length === 0;
  const isAmendment = Object.values(roadmap.progress).some(isSettled);
  if (agreed?.derivedFrom === undefined || !isDone || !isAmendment || roadmap.completed !== null)
    return decision;
  const completed = { type: 'RoadmapCompleted', data: {}, content: {}, derivedFrom: agreed.derivedFrom };
  return { events: [...decision.events, completed] };
}

function decide(command: RoadmapCommand, roadmap: Roadmap | null): Decision<RoadmapRefusal> {
  if (command.type === 'DraftRoadmap') {
    return roadmap === null ? (suspended(command) ?? accept(command.event)) : nothing;
  }
  if (roadmap === null) throw new Error(`${command.type} reached a roadmap that was never drafted.`);
  if (command.type === 'TerminateRoadmap') {
    return alreadySaid(roadmap.terminatedBy, command.act) ? nothing : accept(command.event);
  }
  const over = terminated(roadmap);
  if (over !== undefined) return over;
  switch (command.type) {
    case 'TableRoadmapVersion':
      return suspended(command) ?? tableVersion(command, roadmap);
    case 'AssentToRoadmap':
      return completedBy(giveAssent(command, roadmap, agreedType), roadmap);
    case 'ConfirmRoadmapAssent':
      return completedBy(confirmAssent(command, roadmap, agreedType), roadmap);
    case 'WithdrawRoadmapAssent':
      return withdrawAssent(command, roadmap);
    case 'StartStep':
      return suspended(command) ?? onStep(command, roadmap);
    default:
      return onStep(command, roadmap);
  }
}

export const roadmapDecider: Decider<Roadmap | null, RoadmapCommand, RoadmapRefusal> = {
  initial: null,
  evolve,
  decide,
};
