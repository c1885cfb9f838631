import {
  accept,
  alreadySaid,
  ending,
  firstOf,
  isHearsay,
  nothing,
  ownWordStands,
  refuse,
  restingOn,
  restOnSaid,
  restOnThis,
} from '#libs/decider';
import type { Decided, Decision, Said } from '#libs/decider';
import { agreedVersion, isSettled, openMandatory } from './roadmap.facts.js';
import type { Progress, Roadmap, RoadmapVersion, Step } from './roadmap.facts.js';
import { whileItStands } from './roadmap-terms.decider.js';
import type { Ask, RoadmapCommand } from './roadmap-terms.decider.js';

type StepCommand = Extract<RoadmapCommand, { event: { data: { stepId: string } } }>;
type StepRule<C, R extends string> = (
  command: C,
  progress: Progress,
  step: Step,
  roadmap: Roadmap,
) => Decision<R>;

function settled(step: Step, { waived }: Progress) {
  return refuse(
    'STEP_SETTLED',
    `The step ${step.stepId} is ${waived === undefined ? 'accepted' : 'waived'}; nothing more is asked of it.`,
  );
}

/** Whoever owes it takes back by that that it is done: there is nothing left to accept. */
function blockedBy({ stepId, responsible }: Step) {
  return refuse('STEP_BLOCKED', `${responsible} has said that the step ${stepId} is blocked.`);
}

/** The words by which mandatory steps are accepted or waived. */
export function settlingWords(steps: readonly Step[], progress: Roadmap['progress']): readonly Said[] {
  return steps.flatMap(({ stepId, mandatory }) => {
    const { accepted, waived } = progress[stepId] ?? {};
    return (mandatory ? (accepted ?? waived) : undefined) ?? [];
  });
}

/**
 * With the last mandatory step the roadmap is completed: a consequence, no party's own act. It follows once more where
 * a side says itself what was attributed to it, and stands whatever becomes of what was attributed.
 */
function completing(command: Ask<'AcceptStep' | 'WaiveStep'>, roadmap: Roadmap): readonly Decided[] {
  const version = agreedVersion(roadmap);
  const { stepId } = command.event.data;
  if (version === undefined) return [];
  const isMandatory = version.steps.some((one) => one.stepId === stepId && one.mandatory);
  const still = openMandatory(version, roadmap.progress).filter((one) => one.stepId !== stepId);
  const isSaidAgain = isMandatory && isSettled(roadmap.progress[stepId]);
  if (still.length > 0 || (roadmap.completed !== null && !isSaidAgain)) return [];
  const others = version.steps.filter((one) => one.stepId !== stepId);
  const rests = settlingWords(others, roadmap.progress).map(restOnSaid);
  return [{ type: 'RoadmapCompleted', data: {}, content: {}, derivedFrom: [...rests, restOnThis(command)] }];
}

/** The completion that the steps as they were settled call for, where nothing says yet that the roadmap is completed. */
export function completionDue({ completed, progress, ...roadmap }: Roadmap): readonly Decided[] {
  const version = agreedVersion({ completed, progress, ...roadmap });
  if (version === undefined || completed !== null || openMandatory(version, progress).length > 0) return [];
  const rests = settlingWords(version.steps, progress).map(restOnSaid);
  return rests.length === 0 ? [] : [{ type: 'RoadmapCompleted', data: {}, content: {}, derivedFrom: rests }];
}

function acceptStep(command: Ask<'AcceptStep'>, progress: Progress, step: Step, roadmap: Roadmap) {
  const { accepted, reported } = progress;
  if (accepted !== undefined && alreadySaid([accepted], command.act)) return nothing;
  if (progress.waived !== undefined) return settled(step, progress);
  if (reported === undefined) {
    return refuse('STEP_NOT_REPORTED', `${step.responsible} has not reported the step ${step.stepId} done.`);
  }
  if (progress.blocked !== undefined) return blockedBy(step);
  const before = step.after.filter((one) => !isSettled(roadmap.progress[one]));
  if (before.length > 0) {
    return refuse(
      'STEP_DEPENDS_ON_OTHERS',
      `The step ${step.stepId} comes after ${firstOf(before)}, neither accepted nor waived.`,
    );
  }
  const earlier = step.after.flatMap((one) => {
    const { accepted: first, waived: released } = roadmap.progress[one] ?? {};
    return first ?? released ?? [];
  });
  return accept(
    ending(restingOn(command.event, reported, ...earlier), accepted),
    ...completing(command, roadmap),
  );
}

/** Released is whoever undertook the step by its assent: the waiver rests on that, so it stands once it is given. */
function waiveStep(command: Ask<'WaiveStep'>, progress: Progress, step: Step, roadmap: Roadmap) {
  const { waived, started, reported, blocked } = progress;
  if (waived !== undefined && alreadySaid([waived], command.act)) return nothing;
  if (progress.accepted !== undefined) return settled(step, progress);
  const undertaking = roadmap.agreed?.assents.find((one) => one.said.party === step.responsible)?.said;
  return accept(
    ending(restingOn(command.event, undertaking), started, reported, blocked, waived),
    ...completing(command, roadmap),
  );
}

/** The step that the command names, in the version that both agreed. */
function stepOf({ event }: StepCommand, roadmap: Roadmap) {
  const version = agreedVersion(roadmap);
  if (version === undefined) {
    return refuse('ROADMAP_NOT_AGREED', 'No version is agreed yet, so there are no steps to take.');
  }
  const { stepId } = event.data;
  const step = version.steps.find((one) => one.stepId === stepId);
  return step === undefined
    ? refuse('STEP_UNKNOWN', `The agreed version ${version.version} has no step ${stepId}.`)
    : { version, step };
}

/** What a step is asked by the one for whom that is, on the agreement under which it is owed. */
function onStep<C extends StepCommand, W, R extends string>(
  notTheirs: (party: string | null, step: Step) => W,
  rule: StepRule<C, R>,
) {
  return (command: C, roadmap: Roadmap) => {
    const found = stepOf(command, roadmap);
    if ('refused' in found) return found;
    const { step, version } = found;
    const refused = notTheirs(command.act.party, step);
    if (refused !== undefined) return refused as Exclude<W, undefined>;
    const decision = rule(command, roadmap.progress[step.stepId] ?? {}, step, roadmap);
    if ('refused' in decision) return decision;
    return { events: decision.events.map((one) => owedUnder(one, version, roadmap)) };
  };
}

/** Starting, reporting and what blocks a step are for whoever owes it. */
const byWhoeverOwesIt = <C extends StepCommand, R extends string>(rule: StepRule<C, R>) =>
  onStep(
    (party, { stepId, responsible }) =>
      party === responsible
        ? undefined
        : refuse('NOT_RESPONSIBLE', `The step ${stepId} is ${responsible}'s; ${party} can't take it.`),
    rule,
  );

/** Accepting, rejecting and waiving are for the side to which it is owed. */
const byTheOther = <C extends StepCommand, R extends string>(rule: StepRule<C, R>) =>
  onStep(
    (party, { stepId, responsible }) =>
      party === responsible
        ? refuse(
            'OWN_STEP',
            `The step ${stepId} is ${party}'s own, and only the other side answers it: report it done, or say that it is blocked.`,
          )
        : undefined,
    rule,
  );

export const stepRules = {
  StartStep: whileItStands(
    byWhoeverOwesIt((command: Ask<'StartStep'>, { started, ...progress }, step) => {
      if (started !== undefined && alreadySaid([started], command.act)) return nothing;
      return isSettled(progress) ? settled(step, progress) : accept(ending(command.event, started));
    }),
  ),
  ReportStepDone: whileItStands(
    byWhoeverOwesIt((command: Ask<'ReportStepDone'>, progress, step) => {
      const { started, reported, rejected, blocked } = progress;
      if (isHearsay(command, reported)) return nothing;
      if (isSettled(progress)) return settled(step, progress);
      if (started === undefined) {
        return refuse('STEP_NOT_STARTED', `The step ${step.stepId} has not been started: record that first.`);
      }
      return blocked === undefined
        ? accept(ending(restingOn(command.event, started), reported, rejected))
        : blockedBy(step);
    }),
  ),
  AcceptStep: whileItStands(byTheOther(acceptStep)),
  RejectStep: whileItStands(
    byTheOther((command: Ask<'RejectStep'>, progress, step) => {
      const { reported, rejected } = progress;
      if (isSettled(progress)) return settled(step, progress);
      if (reported !== undefined) return accept(ending(restingOn(command.event, reported), reported));
      return rejected === undefined
        ? refuse('STEP_NOT_REPORTED', `${step.responsible} has not reported the step ${step.stepId} done.`)
        : nothing;
    }),
  ),
  BlockStep: whileItStands(
    byWhoeverOwesIt((command: Ask<'BlockStep'>, progress, step) => {
      const { blocked, reported } = progress;
      if (isHearsay(command, blocked)) return nothing;
      if (isSettled(progress)) return settled(step, progress);
      return ownWordStands(command.act, reported) ?? accept(ending(command.event, blocked));
    }),
  ),
  UnblockStep: whileItStands(
    byWhoeverOwesIt((command: Ask<'UnblockStep'>, { blocked }) => {
      if (blocked === undefined) return nothing;
      return (
        ownWordStands(command.act, blocked) ?? accept(ending(restingOn(command.event, blocked), blocked))
      );
    }),
  ),
  WaiveStep: whileItStands(byTheOther(waiveStep)),
};

/** The act rests on the agreement under which the step is owed, and on the version that was agreed. */
function owedUnder(event: Decided, version: RoadmapVersion, { agreed }: Roadmap): Decided {
  return event.derivedFrom === undefined ? restingOn(event, agreed?.said, version.said) : event;
}
