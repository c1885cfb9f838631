import { since, toldView } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import {
  array,
  byKey,
  described,
  instant,
  object,
  oneOfWords,
  orNull,
  plainText,
  ref,
  sometimes,
  uuid,
} from '../platform/shapes/json-schema.js';
import type { Published } from '../platform/shapes/json-schema.js';
import { told } from '../platform/shapes/said-shapes.js';
import type { UnderReview } from './irritant-review.facts.js';
import { currentMilestone, stageByWordOf } from './irritant-stage.facts.js';
import type { Ladder } from './irritant-stage.facts.js';
import { instrumentKinds, irritantEvents, stages } from './irritant.events.js';

/** The joint stage, what it was reached by, and whether it is in question. */
export function stageView(irritant: Ladder & UnderReview, wordsOf: WordsOf) {
  const present = currentMilestone(irritant);
  const alone = stageByWordOf(irritant);
  const { review } = irritant;
  return {
    stage: present.stage,
    basis: present.basis,
    ...(alone === undefined ? {} : { byWordOf: alone }),
    stageSince: since(present),
    milestones: [irritant.base, ...irritant.milestones],
    review: review === null ? null : { ...review, opened: toldView(review.opened, wordsOf) },
  };
}

export const stageName = oneOfWords(stages);
const basis = described(
  oneOfWords(['direct', 'attributed']),
  '`direct` only if everything it rests on is direct.',
);

const MilestoneShape = object(
  { stage: stageName, eventId: uuid, basis, restsOn: array(uuid), recordedAt: instant },
  {
    by: described(
      object({ kind: oneOfWords([...instrumentKinds, 'claim']), id: uuid }),
      'The instrument or the claim by which it was reached.',
    ),
    byWordOf: described(
      ref('Party'),
      'The side by whose word alone it was reached. Once the other side says so too, another milestone of the stage stands without it.',
    ),
    occurred: ref('Occurred'),
  },
);

const ReviewShape = object({
  opened: told(irritantEvents.StageReviewOpened),
  conclusions: byKey(object({ stage: stageName, said: ref('Said') })),
});

export const stageShape: Published<typeof stageView> = {
  stage: described(stageName, 'The joint stage: both sides’ acts have brought it there.'),
  basis,
  byWordOf: sometimes(
    described(
      ref('Party'),
      'The side by whose word alone the stage was reached; absent where both have spoken.',
    ),
  ),
  stageSince: plainText,
  milestones: array(MilestoneShape),
  review: orNull(ReviewShape),
};
