import { accept, ending, nothing, refuse, restingOn } from '#libs/decider';
import type { Stage } from './irritant.events.js';
import type { Irritant } from './irritant.facts.js';
import { isAtMost, currentMilestone, stageOf } from './irritant-stage.facts.js';
import type { Rules } from './irritant-terms.decider.js';

function aboveThePresent(irritant: Irritant, stage: Stage) {
  const present = stageOf(irritant);
  return isAtMost(stage, present)
    ? undefined
    : refuse(
        'STAGE_ABOVE_PRESENT',
        `A review can keep ${present} or fall back below it; it can't reach ${stage}.`,
      );
}

/** A stage is put in question by either side, and moved by both. */
export const reviewRules: Rules<'OpenStageReview' | 'ConcludeStageReview'> = {
  OpenStageReview: (command, irritant) => {
    const { stage } = command.event.data;
    const { review } = irritant;
    if (review === null) {
      return aboveThePresent(irritant, stage) ?? accept(restingOn(command.event, currentMilestone(irritant)));
    }
    return review.conclusions[command.act.party ?? '']?.stage === stage
      ? nothing
      : refuse(
          'REVIEW_ALREADY_OPEN',
          `${review.opened.party} has opened a review: say with "conclude-stage-review" which stage holds.`,
        );
  },
  ConcludeStageReview: (command, irritant) => {
    const { stage } = command.event.data;
    const { review } = irritant;
    if (review === null) {
      return refuse('NO_REVIEW_OPEN', 'The stage is not under review, so there is nothing to conclude.');
    }
    if (review.conclusions[command.act.party ?? '']?.stage === stage) return nothing;
    // Where both say the same, the stage moves by both words, and to no more than what was reached.
    const same = Object.values(review.conclusions).filter((one) => one.stage === stage);
    const words = [currentMilestone(irritant), review.opened, ...same.map(({ said }) => said)];
    const earlier = review.conclusions[command.act.party ?? '']?.said;
    return aboveThePresent(irritant, stage) ?? accept(ending(restingOn(command.event, ...words), earlier));
  },
};
