import { basisOf, said } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import { stages } from './irritant.events.js';
import type { Stage } from './irritant.events.js';
import type { Irritant, Milestone } from './irritant.facts.js';

const closedStages: readonly Stage[] = ['resolved', 'withdrawn', 'dormant'];

/** The three closed stages are equally high: each ends the work. */
function rank(stage: Stage): number {
  return isClosedStage(stage) ? stages.indexOf('resolved') : stages.indexOf(stage);
}

export function isClosedStage(stage: Stage): boolean {
  return closedStages.includes(stage);
}

/** A review may confirm the present stage or fall back to a lower one, never reach for another closed one. */
export function isAtMost(stage: Stage, present: Stage): boolean {
  return stage === present || rank(stage) < rank(present);
}

/** The highest milestone reached since the irritant was raised, last reopened or last reviewed. */
export function standing(irritant: Irritant): Milestone {
  return irritant.milestones.reduce(
    (highest, one) => (isHigher(one, highest) ? one : highest),
    irritant.base,
  );
}

/** Of two that reach the same stage, the one that rests on direct acts alone stands. */
function isHigher(one: Milestone, other: Milestone): boolean {
  if (one.stage === other.stage) return one.basis === 'direct' && other.basis === 'attributed';
  return rank(one.stage) > rank(other.stage);
}

export function stageOf(irritant: Irritant): Stage {
  return standing(irritant).stage;
}

export function isClosed(irritant: Irritant): boolean {
  return isClosedStage(stageOf(irritant));
}

export function milestone(
  fact: Fact,
  stage: Stage,
  rests: readonly Pick<Said, 'eventId' | 'capacity'>[],
): Milestone {
  return {
    stage,
    eventId: fact.id,
    basis: basisOf(rests),
    restsOn: rests.map((one) => one.eventId),
    recordedAt: fact.recordedAt,
    ...(fact.occurred === undefined ? {} : { occurred: fact.occurred }),
  };
}

export function reach(irritant: Irritant, reached: Milestone): Irritant {
  return { ...irritant, milestones: [...irritant.milestones, reached] };
}

function openMilestones(irritant: Irritant): readonly Milestone[] {
  return [irritant.base, ...irritant.milestones].filter((one) => !isClosedStage(one.stage));
}

/** Reopening returns to the highest open milestone reached before, at most `under-consultation`. */
export function reopened(irritant: Irritant, fact: Fact): Irritant {
  const before = openMilestones(irritant);
  const consulted = before.find((one) => rank(one.stage) >= rank('under-consultation'));
  const from = consulted ?? before[0] ?? irritant.base;
  const base: Milestone = {
    ...milestone(fact, consulted === undefined ? 'raised' : 'under-consultation', [said(fact)]),
    basis: from.basis === 'direct' && fact.act.capacity === 'direct' ? 'direct' : 'attributed',
    restsOn: [fact.id, from.eventId, ...from.restsOn],
  };
  return { ...irritant, base, milestones: [], withdrawals: [], dormancy: null, restedBy: [] };
}

export function reviewed(irritant: Irritant, fact: Fact, stage: Stage, party: string): Irritant {
  if (irritant.review === null || !isAtMost(stage, stageOf(irritant))) return irritant;
  const conclusions = { ...irritant.review.conclusions, [party]: { stage, said: said(fact) } };
  const named = Object.values(conclusions);
  const agree = named.length === 2 && named.every((other) => other.stage === stage);
  const heard = { ...irritant, review: { ...irritant.review, conclusions } };
  return agree
    ? settled(
        heard,
        fact,
        stage,
        named.map((other) => other.said),
      )
    : heard;
}

/** The review ends when both sides have named one stage; that stage then holds, and what was above it is gone. */
function settled(irritant: Irritant, fact: Fact, stage: Stage, words: readonly Said[]): Irritant {
  const base = milestone(fact, stage, words);
  return isClosedStage(stage)
    ? { ...irritant, review: null, base, milestones: openMilestones(irritant) }
    : { ...irritant, review: null, base, milestones: [], withdrawals: [], dormancy: null, restedBy: [] };
}

/** A new cause starts the review afresh: what was concluded before did not know of it. */
export function underReview(irritant: Irritant, fact: Fact, cause: string): Irritant {
  const causes = [...(irritant.review?.causes ?? []), { eventId: fact.id, cause }];
  return { ...irritant, review: { since: fact.recordedAt, causes, conclusions: {} } };
}
