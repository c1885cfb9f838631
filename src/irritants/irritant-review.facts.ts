import { said } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import { standingAnew } from './irritant-closing.facts.js';
import type { Closing } from './irritant-closing.facts.js';
import type { Handlers } from './irritant-handlers.facts.js';
import type { Stage } from './irritant.events.js';
import { isAtMost, isClosedStage, milestone, openMilestones, stageOf } from './irritant-stage.facts.js';
import type { Staged } from './irritant-stage.facts.js';

interface Review {
  /** By whom it was opened. */
  readonly opened: Said;
  readonly conclusions: { readonly [party: string]: { readonly stage: Stage; readonly said: Said } };
}

export interface UnderReview {
  readonly review: Review | null;
}

export const noReview: UnderReview = { review: null };

type Reviewing = UnderReview & Closing & Staged;

/** The review ends when both sides have named one stage; that stage then holds, and what was above it is gone. */
function settled<I extends Reviewing>(irritant: I, fact: Fact, stage: Stage, words: readonly Said[]): I {
  const base = milestone(fact, stage, words);
  const over = { ...irritant, review: null };
  return isClosedStage(stage)
    ? { ...over, base, milestones: openMilestones(irritant) }
    : standingAnew(over, base);
}

function concluded<I extends Reviewing>(irritant: I, fact: Fact, stage: Stage): I {
  const { review } = irritant;
  const { party } = fact.act;
  if (review === null || party === null || !isAtMost(stage, stageOf(irritant))) return irritant;
  const conclusions = { ...review.conclusions, [party]: { stage, said: said(fact) } };
  const named = Object.values(conclusions);
  const agree = named.length === 2 && named.every((other) => other.stage === stage);
  const heard = { ...irritant, review: { ...review, conclusions } };
  return agree
    ? settled(
        heard,
        fact,
        stage,
        named.map((other) => other.said),
      )
    : heard;
}

/** Either side puts the stage in question, and says which one holds; it moves once the other side says the same. */
export const reviewHandlers: Handlers<Reviewing, 'StageReviewOpened' | 'StageReviewConcluded'> = {
  StageReviewOpened: (irritant, fact) =>
    irritant.review === null && fact.act.party !== null
      ? concluded({ ...irritant, review: { opened: said(fact), conclusions: {} } }, fact, fact.data.stage)
      : irritant,
  StageReviewConcluded: (irritant, fact) => concluded(irritant, fact, fact.data.stage),
};
