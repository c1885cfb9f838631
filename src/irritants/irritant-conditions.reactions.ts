import { basisOf, restOnSaid, takingOut } from '#libs/decider';
import type { Asked, Fact, LookUp, Origin, Reaction, Rest } from '#libs/decider';
import { ask, anyOf } from './irritant-asking.reactions.js';
import {
  isKnownClosed,
  linkedWith,
  openConditions,
  otherIrritant,
  packageOf,
  restOnClosing,
  untied,
} from './irritant-conditions.facts.js';
import type { Package } from './irritant-conditions.facts.js';
import type { Irritant } from './irritant.facts.js';
import type { Resolution } from './irritant-resolutions.facts.js';
import { conditionalIn } from './irritant-resolutions.facts.js';
import { checkedMax, instrumentsOf, linkedMax, tooMuch, unsettled } from './irritant-settlement.facts.js';
import { stageOf } from './irritant-stage.facts.js';

/** As many as one event rests on. */
const restsMax = 1_000;

/** What may move what an acceptance waits for: closings, reopenings, linkages, and whatever takes such words out. */
const movesConditions = anyOf(
  'IrritantResolved',
  'IrritantWithdrawn',
  'WithdrawalAccepted',
  'IrritantMadeDormant',
  'IrritantReopened',
  'StageReviewConcluded',
  'LinkageAccepted',
  'LinkageRejected',
  'LinkageReleased',
  ...takingOut,
);

interface Waiting {
  readonly irritant: Irritant;
  readonly resolution: Resolution;
}

/** Those whose acceptance waits for others, among all that linkages join with these. */
function waitingAmong(ids: readonly string[], lookUp: LookUp): readonly Waiting[] {
  return linkedWith(ids, lookUp)
    .filter((one) => one.isWhole)
    .flatMap(({ irritant }) => {
      const resolution = conditionalIn(irritant);
      return resolution === undefined ? [] : [{ irritant, resolution }];
    });
}

function wordsOf({ said, answer }: Resolution): readonly Rest[] {
  return [said, ...(answer === undefined ? [] : [answer])].map(restOnSaid);
}

/** An acceptance shows what it still waits for; what another closing has lifted is flagged. */
function followConditions(_fact: Fact, facts: Irritant, { id, named, lookUp }: Origin): readonly Asked[] {
  return waitingAmong([id, ...named, ...facts.linkedFrom], lookUp).flatMap(({ irritant, resolution }) => {
    const before = resolution.conditions ?? [];
    const conditions = openConditions(irritant, lookUp).slice(0, linkedMax);
    if (JSON.stringify(conditions) === JSON.stringify(before)) return [];
    const closings = before
      .filter((one) => !conditions.some(({ linkageId }) => linkageId === one.linkageId))
      .flatMap((condition) => {
        const other = otherIrritant(lookUp, condition.on);
        return other !== undefined && isKnownClosed(other) ? [{ condition, other: other.irritant }] : [];
      });
    const lifted = closings.map(({ condition, other }) => ({ ...condition, closed: stageOf(other) }));
    const rests = [...wordsOf(resolution), ...closings.flatMap(({ other }) => restOnClosing(other))];
    const data = { resolutionId: resolution.resolutionId, conditions, lifted };
    return [ask(irritant.id, 'ChangeConditions', data, rests)];
  });
}

/** Everything without which it would not take effect: the words on it, and those on what it waited for. */
function effectOf({ irritant, resolution }: Waiting, { members, closed }: Package, lookUp: LookUp) {
  const others = members.filter((one) => one.irritant.id !== irritant.id);
  const accepted = others.flatMap((one) => {
    const found = conditionalIn(one.irritant);
    return found === undefined ? [] : wordsOf(found);
  });
  const rests = [
    ...wordsOf(resolution),
    ...accepted,
    ...closed.flatMap((one) => restOnClosing(one.irritant)),
    ...members.flatMap((one) => untied(one.irritant, lookUp, conditionalIn(one.irritant)?.answer)),
  ];
  const streams = [
    ...[...others, ...closed].map(({ stream, revision }) => ({ stream, revision })),
    ...members.flatMap((one) =>
      instrumentsOf(one.irritant, lookUp).map(({ stream, revision }) => ({ stream, revision })),
    ),
  ];
  const checked = [...new Map(streams.map((one) => [one.stream, one])).values()];
  const linked = [...others, ...closed].map((one) => one.irritant.id);
  return { rests, checked, linked };
}

function isTooMuch({ rests, checked, linked }: ReturnType<typeof effectOf>): boolean {
  return linked.length > linkedMax || checked.length > checkedMax || rests.length > restsMax;
}

function takingEffect(waiting: Waiting, found: Package, lookUp: LookUp): Asked | undefined {
  const { irritant, resolution } = waiting;
  const { rests, checked, linked } = effectOf(waiting, found, lookUp);
  const data = {
    resolutionId: resolution.resolutionId,
    basis: basisOf(rests),
    restsOn: [...new Set(rests.map((one) => one.id))],
    checked,
    linked,
  };
  const isBounded = !isTooMuch({ rests, checked, linked });
  const own = isBounded ? unsettled(irritant.id, instrumentsOf(irritant, lookUp)) : tooMuch;
  if (own !== undefined) {
    return ask(irritant.id, 'TakeEffect', { ...data, obstacle: own }, wordsOf(resolution));
  }
  // One of several that go together does not take effect without the others.
  const isHeldUp = found.members.some(
    (one) => unsettled(one.irritant.id, instrumentsOf(one.irritant, lookUp)) !== undefined,
  );
  return isHeldUp ? undefined : ask(irritant.id, 'TakeEffect', data, rests);
}

/** All that waits for each other takes effect at one place in the record, with what it depends on as it stands there. */
function takeEffect(ids: readonly string[], lookUp: LookUp): readonly Asked[] {
  return waitingAmong(ids, lookUp).flatMap((waiting) => {
    const found = packageOf(waiting.irritant.id, lookUp);
    const asked = found === undefined ? undefined : takingEffect(waiting, found, lookUp);
    return asked === undefined ? [] : [asked];
  });
}

/** Whether it was refused because of what has now changed: then it is not refused once more. */
function isRefusal({ command }: Asked): boolean {
  return 'obstacle' in command.data;
}

/** How an acceptance that is conditional by a linkage follows what it waits for. */
export const conditionReactions: readonly Reaction[] = [
  {
    name: 'follow-conditions',
    of: ['irritants'],
    concerns: movesConditions,
    react: followConditions,
  },
  {
    name: 'take-effect',
    of: ['irritants'],
    concerns: (fact) => movesConditions(fact) || anyOf('ResolutionAccepted')(fact),
    react: (_fact, facts: Irritant, { id, named, lookUp }) =>
      takeEffect([id, ...named, ...facts.linkedFrom], lookUp),
  },
  {
    name: 'take-effect-when-settled',
    of: ['roadmaps', 'commitments'],
    concerns: anyOf(
      'StepAccepted',
      'StepWaived',
      'RoadmapVersionAgreed',
      'RoadmapTerminated',
      'BreachWithdrawn',
      'CommitmentWaived',
      'CommitmentDischarged',
      ...takingOut,
    ),
    react: (_fact, _facts, { named, lookUp }) => takeEffect(named, lookUp).filter((one) => !isRefusal(one)),
  },
];
