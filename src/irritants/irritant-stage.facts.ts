import { basisOf } from '#libs/decider';
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
    (highest, one) => (rank(one.stage) > rank(highest.stage) ? one : highest),
    irritant.base,
  );
}

export function stageOf(irritant: Irritant): Stage {
  return standing(irritant).stage;
}

export function isClosed(irritant: Irritant): boolean {
  return isClosedStage(stageOf(irritant));
}

/** The events that the present stage, or any milestone below it, rests on. */
export function restsOn(irritant: Irritant): readonly string[] {
  return [irritant.base, ...irritant.milestones].flatMap((one) => [one.eventId, ...one.restsOn]);
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

/** Reopening returns to the highest open milestone reached before, at most `under-consultation`. */
export function reopened(irritant: Irritant, fact: Fact): Irritant {
  const before = [irritant.base, ...irritant.milestones].filter((one) => !isClosedStage(one.stage));
  const consulted = before.find((one) => rank(one.stage) >= rank('under-consultation'));
  const from = consulted ?? irritant.base;
  return {
    ...irritant,
    base: {
      ...milestone(fact, consulted === undefined ? 'raised' : 'under-consultation', [
        { eventId: fact.id, capacity: fact.act.capacity },
      ]),
      basis: from.basis === 'direct' && fact.act.capacity === 'direct' ? 'direct' : 'attributed',
      restsOn: [fact.id, from.eventId, ...from.restsOn],
    },
    milestones: [],
    withdrawals: [],
    dormancy: null,
  };
}

/** The review ends when both sides have named one stage; that stage then holds. */
export function reviewed(irritant: Irritant, fact: Fact, stage: Stage, party: string, one: Said): Irritant {
  if (irritant.review === null || !isAtMost(stage, stageOf(irritant))) return irritant;
  const conclusions = { ...irritant.review.conclusions, [party]: { stage, said: one } };
  const named = Object.values(conclusions);
  if (named.length < 2 || named.some((other) => other.stage !== stage)) {
    return { ...irritant, review: { ...irritant.review, conclusions } };
  }
  return {
    ...irritant,
    base: milestone(
      fact,
      stage,
      named.map((other) => other.said),
    ),
    milestones: [],
    review: null,
  };
}
