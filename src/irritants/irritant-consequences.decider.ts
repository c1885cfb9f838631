import { accept, nothing, refuse } from '#libs/decider';
import type { Decided, Decision } from '#libs/decider';
import type { Stage } from './irritant.events.js';
import type { Irritant } from './irritant.facts.js';
import type { Ground, Milestone } from './irritant-stage.facts.js';
import { isEarlier } from './irritant-own-words.facts.js';
import { isClosed, currentMilestone, stageOf } from './irritant-stage.facts.js';
import type {
  IrritantConsequence,
  IrritantRefusal,
  MilestoneType,
  Raised,
} from './irritant-terms.decider.js';

type Ask<T extends IrritantConsequence['type']> = Extract<IrritantConsequence, { type: T }>;
type Reach = Ask<'ReachMilestone' | 'BetterMilestone'>;

const stagesReached: { readonly [type in MilestoneType]: Stage } = {
  ConsultationBegan: 'under-consultation',
  RoadmapAgreed: 'roadmap-agreed',
  Agreed: 'agreed',
  ImplementationBegan: 'in-implementation',
};

function derive(type: string, command: IrritantConsequence, data: object = command.data): Decided {
  return { type, data, content: {}, derivedFrom: command.rests };
}

/** A matter that one side raised too late moves by no word on what was said before. */
function isRaisedInTime({ raised }: Irritant, { after, before }: Raised = {}): boolean {
  return (
    (before === undefined || isEarlier(raised, before)) && (after === undefined || isEarlier(after, raised))
  );
}

/** A milestone rests on all that stands behind what brought it about, and falls with any of it. */
function reaching(command: Reach): Decided {
  const { type, raised: _, ...data } = command.data;
  return { ...derive(type, command, data), restsOn: data.restsOn };
}

/** The side by whose word alone it would come about. */
function sideOf({ data }: Reach): string | undefined {
  return 'byWordOf' in data ? data.byWordOf : undefined;
}

/** Each start of a step says that implementation has begun, which it has once by each side, or by both. */
function hasBegun(command: Reach, irritant: Irritant): boolean {
  if (command.data.type !== 'ImplementationBegan' || groundOf(command).kind !== 'roadmap') return false;
  return reachedOn(command, irritant).some(
    (one) =>
      (one.byWordOf === undefined || one.byWordOf === sideOf(command)) &&
      (one.basis === 'direct' || command.data.basis === 'attributed'),
  );
}

/** What has reached the stage of the command on the same ground, and still counts. */
function reachedOn(command: Reach, { milestones }: Irritant): readonly Milestone[] {
  const by = groundOf(command);
  const stage = stagesReached[command.data.type];
  return milestones.filter((one) => one.stage === stage && one.by?.kind === by.kind && one.by.id === by.id);
}

/** Both have spoken of what still counts by the word of one, of a closed matter too: it has that again once reopened. */
function endsAlone(command: Reach, irritant: Irritant): boolean {
  const counts = reachedOn(command, irritant);
  return (
    sideOf(command) === undefined && counts.length > 0 && counts.every((one) => one.byWordOf !== undefined)
  );
}

/** It is asked of the matter as its cause found it: what closed that afterwards does not stand in its way. */
function reach(command: Reach, irritant: Irritant): Decision<IrritantRefusal> {
  if (!isRaisedInTime(irritant, command.data.raised) || hasBegun(command, irritant)) return nothing;
  if (isClosed(irritant) && !endsAlone(command, irritant)) {
    return refuse(
      'IRRITANT_CLOSED',
      `The irritant is ${stageOf(irritant)}; only an open one reaches a milestone.`,
      currentMilestone(irritant),
    );
  }
  return accept(reaching(command));
}

function groundOf({ data }: Reach): Ground {
  return 'by' in data ? data.by : { kind: 'roadmap', id: data.roadmapId };
}

/**
 * An endorsement makes better what was reached and still counts, and so does the word of the other side on it; of a closed
 * matter too, which has that again once it is reopened. It reaches nothing anew, above all not what both sides have since
 * gone back on.
 */
function better(command: Reach, irritant: Irritant): Decision<IrritantRefusal> {
  const counts = reachedOn(command, irritant);
  const alike = counts.filter((one) => one.byWordOf === sideOf(command));
  const isMoreDirect = command.data.basis === 'direct' && alike.every((one) => one.basis === 'attributed');
  const isBetter = alike.length > 0 ? isMoreDirect : endsAlone(command, irritant);
  return isBetter ? accept(reaching(command)) : nothing;
}

function isLinked(irritant: Irritant, { kind, id }: Ask<'LinkInstrument'>['data']): boolean {
  return kind === 'irritant'
    ? irritant.linkedFrom.includes(id)
    : irritant.instruments.some((one) => one.kind === kind && one.id === id);
}

function isBreached(irritant: Irritant, commitmentId: string): boolean {
  return irritant.breaches.some(({ on }) => on.id === commitmentId);
}

export const consequenceRules = {
  ReachMilestone: reach,
  BetterMilestone: better,
  LinkInstrument: (command: Ask<'LinkInstrument'>, irritant: Irritant): Decision<IrritantRefusal> =>
    isLinked(irritant, command.data) ? nothing : accept(derive('InstrumentLinked', command)),
  NoteBreach: (command: Ask<'NoteBreach' | 'ClearBreach'>, irritant: Irritant): Decision<IrritantRefusal> =>
    isBreached(irritant, command.data.commitmentId) ? nothing : accept(derive('BreachNoted', command)),
  ClearBreach: (command: Ask<'NoteBreach' | 'ClearBreach'>, irritant: Irritant): Decision<IrritantRefusal> =>
    isBreached(irritant, command.data.commitmentId)
      ? accept(derive('BreachCleared', command, { commitmentId: command.data.commitmentId }))
      : nothing,
  EndInstrument: (command: Ask<'EndInstrument'>, irritant: Irritant): Decision<IrritantRefusal> => {
    const { kind, id, by } = command.data;
    const isKnown = irritant.ended.some(
      (one) => one.on.kind === kind && one.on.id === id && one.by === (by ?? null),
    );
    return isKnown ? nothing : accept(derive('InstrumentEnded', command));
  },
};
