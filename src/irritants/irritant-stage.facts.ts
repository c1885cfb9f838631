import { basisOf, said } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import type { Stage } from './irritant.events.js';
import type { Ground, Irritant, Milestone, Resolution } from './irritant.facts.js';

const closedStages: readonly Stage[] = ['resolved', 'withdrawn', 'dormant'];

/** Some stages are equally high; the three closed ones are, for each ends the work. */
const ranks: { readonly [stage in Stage]: number } = {
  raised: 0,
  'under-consultation': 1,
  'roadmap-in-principle': 2,
  'agreed-in-principle': 2,
  'roadmap-agreed': 3,
  agreed: 3,
  'in-implementation': 4,
  resolved: 5,
  withdrawn: 5,
  dormant: 5,
};

export function isClosedStage(stage: Stage): boolean {
  return closedStages.includes(stage);
}

/** Both sides have agreed on something that still stands. */
export function isJoint(stage: Stage): boolean {
  return ranks[stage] >= ranks.agreed && !isClosedStage(stage);
}

export function isAtLeast(stage: Stage, other: Stage): boolean {
  return ranks[stage] >= ranks[other];
}

/** A review may confirm the present stage or fall back to a lower one, never reach for another closed one. */
export function isAtMost(stage: Stage, present: Stage): boolean {
  return stage === present || ranks[stage] < ranks[present];
}

/** The highest milestone reached since the irritant was raised, last reopened or last reviewed. */
export function standing(irritant: Irritant): Milestone {
  return irritant.milestones.reduce(
    (highest, one) => (isHigher(one, highest) ? one : highest),
    irritant.base,
  );
}

/** Of one rank the later reached is shown; of one stage, the milestone that rests on direct acts alone. */
function isHigher(one: Milestone, other: Milestone): boolean {
  if (one.stage === other.stage) return one.basis === 'direct' && other.basis === 'attributed';
  const isLater = ranks[one.stage] === ranks[other.stage] && !isClosedStage(one.stage);
  return isLater || ranks[one.stage] > ranks[other.stage];
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
  by?: Ground,
): Milestone {
  return {
    stage,
    eventId: fact.id,
    basis: basisOf(rests),
    restsOn: rests.map((one) => one.eventId),
    ...(by === undefined ? {} : { by }),
    recordedAt: fact.recordedAt,
    ...(fact.occurred === undefined ? {} : { occurred: fact.occurred }),
  };
}

/** The terms are open again: what was accepted on a condition is accepted no more. */
export function openAgain({ answer: _, conditions: __, ...one }: Resolution): Resolution {
  return { ...one, state: 'proposed' };
}

/** Once the matter is closed otherwise, or stands anew, what was accepted on a condition is accepted anew or not at all. */
function unconditioned({ resolutions }: Irritant): readonly Resolution[] {
  return resolutions.map((one) => (one.state === 'conditional' ? openAgain(one) : one));
}

function isSameGround(one: Milestone, other: Milestone): boolean {
  const [by, ground] = [one.by, other.by];
  return one.stage === other.stage && by !== undefined && by.kind === ground?.kind && by.id === ground.id;
}

/** On a better basis it stands beside the one that it betters: what was reached after that is still the later. */
export function reach(irritant: Irritant, reached: Milestone): Irritant {
  const { milestones } = irritant;
  const isBetter = (one: Milestone) =>
    isSameGround(one, reached) && one.basis === 'attributed' && reached.basis === 'direct';
  const place = milestones.findLastIndex(isBetter);
  const at = place === -1 ? milestones.length : place + 1;
  const further = { ...irritant, milestones: milestones.toSpliced(at, 0, reached) };
  return isClosedStage(reached.stage) ? { ...further, resolutions: unconditioned(irritant) } : further;
}

/** An answer of both sides to each other is consultation, once; on a better basis it is so once more. */
export function consulted(irritant: Irritant, fact: Fact, words: readonly Said[]): Irritant {
  const reached = milestone(fact, 'under-consultation', words);
  const isKnown = [irritant.base, ...irritant.milestones].some(
    (one) => one.stage === reached.stage && (one.basis === 'direct' || reached.basis === 'attributed'),
  );
  return isKnown ? irritant : reach(irritant, reached);
}

export function openMilestones(irritant: Irritant): readonly Milestone[] {
  return [irritant.base, ...irritant.milestones].filter((one) => !isClosedStage(one.stage));
}

const nothingPending = { withdrawals: [], withdrawalAccepted: null, dormancy: null, restedBy: [] } as const;

/** The stage with this base and these milestones, and nothing that asks to close it. */
export function standingAnew(
  irritant: Irritant,
  base: Milestone,
  milestones: readonly Milestone[] = [],
): Irritant {
  return { ...irritant, ...nothingPending, resolutions: unconditioned(irritant), base, milestones };
}

/**
 * A withdrawn or dormant irritant has again what it had; a resolved one returns to consultation, whatever it had: one
 * side alone undoes that, and is named.
 */
export function reopened(irritant: Irritant, fact: Fact): Irritant {
  const closing = standing(irritant);
  const [first, ...others] = openMilestones(irritant);
  const accepted = irritant.resolutions.find((one) => closing.restsOn.includes(one.answer?.eventId ?? ''));
  const reopening = {
    said: said(fact),
    closed: closing.stage,
    closingEventId: closing.eventId,
    ...(accepted === undefined ? {} : { resolutionId: accepted.resolutionId }),
  };
  const shown = { ...irritant, reopenings: [...irritant.reopenings, reopening] };
  if (closing.stage !== 'resolved' && first !== undefined) return standingAnew(shown, first, others);
  const base: Milestone = {
    ...milestone(fact, 'under-consultation', [said(fact)]),
    basis: closing.basis === 'direct' && fact.act.capacity === 'direct' ? 'direct' : 'attributed',
    restsOn: [fact.id, closing.eventId, ...closing.restsOn],
  };
  return standingAnew(shown, base);
}
