import { basisOf, said } from '#libs/decider';
import type { Fact, Occurred, Said } from '#libs/decider';
import type { InstrumentKind, Stage } from './irritant.events.js';
import { unconditioned } from './irritant-resolutions.facts.js';
import type { Resolutions } from './irritant-resolutions.facts.js';

/** What a milestone was reached by, where it is more than the words of its own event. */
export interface Ground {
  readonly kind: InstrumentKind | 'claim';
  readonly id: string;
}

export interface Milestone {
  readonly stage: Stage;
  readonly eventId: string;
  readonly basis: 'direct' | 'attributed';
  readonly restsOn: readonly string[];
  readonly by?: Ground;
  /** The side by whose word alone it was reached; absent where both have spoken. */
  readonly byWordOf?: string;
  readonly recordedAt: string;
  readonly occurred?: Occurred;
}

export interface Ladder {
  /** Where the stage stands since it was raised, last reopened or last reviewed. */
  readonly base: Milestone;
  /** What was reached since then. */
  readonly milestones: readonly Milestone[];
}

/** What a closing touches: it ends conditions too. */
export type Staged = Ladder & Resolutions;

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
export function currentMilestone(irritant: Ladder): Milestone {
  return irritant.milestones.reduce(
    (highest, one) => (isHigher(one, highest) ? one : highest),
    irritant.base,
  );
}

/**
 * Of one rank the later reached is shown; of one stage, the milestone that rests on the words of both sides, and then the
 * one that rests on direct acts alone.
 */
function isHigher(one: Milestone, other: Milestone): boolean {
  if (one.stage === other.stage) {
    return isAlone(one) === isAlone(other) ? isMoreDirect(one, other) : isAlone(other);
  }
  const isLater = ranks[one.stage] === ranks[other.stage] && !isClosedStage(one.stage);
  return isLater || ranks[one.stage] > ranks[other.stage];
}

function isAlone({ byWordOf }: Milestone): boolean {
  return byWordOf !== undefined;
}

function isMoreDirect(one: Milestone, other: Milestone): boolean {
  return one.basis === 'direct' && other.basis === 'attributed';
}

/** The one side that has spoken; undefined where both have, or nobody. */
export function onlySpeaker(words: readonly Pick<Said, 'party'>[]): string | undefined {
  const [first] = words;
  const isAll = words.every((one) => one.party === first?.party);
  return isAll ? (first?.party ?? undefined) : undefined;
}

/** As a member of a milestone, or of what brings it about. */
export function byWordOf(words: readonly Pick<Said, 'party'>[]): { readonly byWordOf?: string } {
  const party = onlySpeaker(words);
  return party === undefined ? {} : { byWordOf: party };
}

/** The side by whose word alone the stage was reached: each side's own word for it, on whatever, is a word of both. */
export function stageByWordOf(irritant: Ladder): string | undefined {
  const present = currentMilestone(irritant);
  const said = [irritant.base, ...irritant.milestones].filter((one) => one.stage === present.stage);
  return said.every((one) => one.byWordOf === present.byWordOf) ? present.byWordOf : undefined;
}

export function stageOf(irritant: Ladder): Stage {
  return currentMilestone(irritant).stage;
}

export function isClosed(irritant: Ladder): boolean {
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

export function ladderOf(raising: Fact): Ladder {
  return { base: milestone(raising, 'raised', [said(raising)]), milestones: [] };
}

function isSameGround(one: Milestone, other: Milestone): boolean {
  const [by, ground] = [one.by, other.by];
  return one.stage === other.stage && by !== undefined && by.kind === ground?.kind && by.id === ground.id;
}

/** Whether it says the same on a better ground: by more direct words of the same sides, or by the words of both. */
function isBetterThan(one: Milestone, other: Milestone): boolean {
  return one.byWordOf === other.byWordOf ? isMoreDirect(one, other) : !isAlone(one);
}

/** On a better ground it stands beside the one that it betters: what was reached after that is still the later. */
export function reach<I extends Staged>(irritant: I, reached: Milestone): I {
  const { milestones } = irritant;
  const isBetter = (one: Milestone) => isSameGround(one, reached) && isBetterThan(reached, one);
  const place = milestones.findLastIndex(isBetter);
  const at = place === -1 ? milestones.length : place + 1;
  const further = { ...irritant, milestones: milestones.toSpliced(at, 0, reached) };
  return isClosedStage(reached.stage) ? { ...further, resolutions: unconditioned(irritant) } : further;
}

/** An answer of both sides to each other is consultation, once; on a better basis, or after one side's word, once more. */
export function consulted<I extends Staged>(irritant: I, fact: Fact, words: readonly Said[]): I {
  const reached = milestone(fact, 'under-consultation', words);
  const isKnown = [irritant.base, ...irritant.milestones].some(
    (one) => one.stage === reached.stage && !isAlone(one) && !isMoreDirect(reached, one),
  );
  return isKnown ? irritant : reach(irritant, reached);
}

export function openMilestones(irritant: Ladder): readonly Milestone[] {
  return [irritant.base, ...irritant.milestones].filter((one) => !isClosedStage(one.stage));
}
