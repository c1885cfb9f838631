import { accept, restOnSaid, ruledBy } from '#libs/decider';
import type { Decided, Decider, Decision, RulesOf } from '#libs/decider';
import type { roadmapCommands } from './roadmap.commands.js';
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
import { completionDue, settlingWords, stepRules } from './roadmap-steps.decider.js';
import { whileItStands } from './roadmap-terms.decider.js';
import type { RoadmapCommand, RoadmapRefusal } from './roadmap-terms.decider.js';
import { tableVersion } from './roadmap-version.decider.js';

const agreedType = 'RoadmapVersionAgreed';

/** What is agreed by the assents that stand, or else completed by what was done under the agreement. */
export function follows(roadmap: Roadmap): readonly Decided[] {
  const agreed = agreementDue(roadmap, agreedType);
  return agreed.length > 0 ? agreed : completionDue(roadmap);
}

/** An amendment may leave no mandatory step open; then the roadmap is completed with the agreement on it. */
function completedBy<D extends Decision>(decision: D, roadmap: Roadmap) {
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

const rules: Omit<RulesOf<typeof roadmapCommands, RoadmapCommand, Roadmap>, 'DraftRoadmap'> = {
  TableRoadmapVersion: whileItStands(tableVersion),
  AssentToRoadmap: whileItStands((command, roadmap) =>
    completedBy(giveAssent(command, roadmap, agreedType), roadmap),
  ),
  ConfirmRoadmapAssent: whileItStands((command, roadmap) =>
    completedBy(confirmAssent(command, roadmap, agreedType), roadmap),
  ),
  WithdrawRoadmapAssent: whileItStands(withdrawAssent),
  TerminateRoadmap: (command, roadmap) => terminate(command, roadmap, roadmap.terminatedBy),
  ...stepRules,
};

export const roadmapDecider: Decider<Roadmap | null, RoadmapCommand, RoadmapRefusal> = {
  initial: null,
  evolve,
  decide: ruledBy({ type: 'DraftRoadmap', create: ({ event }) => accept(event) }, rules),
};
