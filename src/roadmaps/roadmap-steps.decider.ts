import { accept, alreadySaid, firstOf, nothing, refuse, restOnSaid, restOnThis } from '#libs/decider';
import type { Decided, Decision } from '#libs/decider';
import { agreedVersion, isSettled, openMandatory } from './roadmap.facts.js';
import type { Progress, Roadmap, Step } from './roadmap.facts.js';
import type { Ask, Refused, RoadmapCommand, RoadmapRefusal } from './roadmap-terms.decider.js';

type StepCommand = Extract<RoadmapCommand, { event: { data: { stepId: string } } }>;
type StepRule<T extends StepCommand['type']> = (
  command: Ask<T>,
  progress: Progress,
  step: Step,
  roadmap: Roadmap,
) => Decision<RoadmapRefusal>;

function settled(step: Step, { waived }: Progress): Refused {
  return refuse(
    'STEP_SETTLED',
    `The step ${step.stepId} is ${waived === undefined ? 'accepted' : 'waived'}; nothing more is asked of it.`,
  );
}

/** With the last mandatory step the roadmap is completed: a consequence, no party's own act. */
function completing(command: Ask<'AcceptStep' | 'WaiveStep'>, roadmap: Roadmap): readonly Decided[] {
  const steps = agreedVersion(roadmap)?.steps ?? [];
  const { stepId } = command.event.data;
  const still = openMandatory(steps, roadmap.progress).filter((one) => one !== stepId);
  if (still.length > 0 || roadmap.completed !== null) return [];
  const rests = steps.flatMap((one) => {
    const { accepted, waived } = roadmap.progress[one.stepId] ?? {};
    const word = accepted ?? waived;
    return word === undefined || !one.mandatory ? [] : [restOnSaid(word)];
  });
  return [{ type: 'RoadmapCompleted', data: {}, content: {}, derivedFrom: [...rests, restOnThis(command)] }];
}

function acceptStep(
  command: Ask<'AcceptStep'>,
  progress: Progress,
  step: Step,
  roadmap: Roadmap,
): Decision<RoadmapRefusal> {
  if (progress.accepted !== undefined && alreadySaid([progress.accepted], command.act)) return nothing;
  if (progress.waived !== undefined) return settled(step, progress);
  if (progress.reported === undefined) {
    return refuse('STEP_NOT_REPORTED', `${step.responsible} has not reported the step ${step.stepId} done.`);
  }
  const before = step.after.filter((one) => !isSettled(roadmap.progress[one]));
  if (before.length > 0) {
    return refuse(
      'STEP_DEPENDS_ON_OTHERS',
      `The step ${step.stepId} comes after ${firstOf(before)}, neither accepted nor waived.`,
    );
  }
  return accept(command.event, ...completing(command, roadmap));
}

const rules: { readonly [T in StepCommand['type']]: StepRule<T> } = {
  StartStep: (command, progress, step) => {
    if (progress.started !== undefined && alreadySaid([progress.started], command.act)) return nothing;
    return isSettled(progress) ? settled(step, progress) : accept(command.event);
  },
  ReportStepDone: (command, progress, step) => {
    if (progress.reported !== undefined && alreadySaid([progress.reported], command.act)) return nothing;
    if (isSettled(progress)) return settled(step, progress);
    if (progress.started === undefined) {
      return refuse('STEP_NOT_STARTED', `The step ${step.stepId} has not been started: record that first.`);
    }
    return progress.blocked === undefined
      ? accept(command.event)
      : refuse('STEP_BLOCKED', `${step.responsible} has said that the step ${step.stepId} is blocked.`);
  },
  AcceptStep: acceptStep,
  RejectStep: (command, progress, step) => {
    if (isSettled(progress)) return settled(step, progress);
    if (progress.reported !== undefined) return accept(command.event);
    return progress.rejected === undefined
      ? refuse('STEP_NOT_REPORTED', `${step.responsible} has not reported the step ${step.stepId} done.`)
      : nothing;
  },
  BlockStep: (command, progress, step) => {
    if (progress.blocked !== undefined && alreadySaid([progress.blocked], command.act)) return nothing;
    return isSettled(progress) ? settled(step, progress) : accept(command.event);
  },
  UnblockStep: (command, progress) => (progress.blocked === undefined ? nothing : accept(command.event)),
  WaiveStep: (command, progress, step, roadmap) => {
    if (progress.waived !== undefined && alreadySaid([progress.waived], command.act)) return nothing;
    return progress.accepted === undefined
      ? accept(command.event, ...completing(command, roadmap))
      : settled(step, progress);
  },
};

/** Accepting, rejecting and waiving are for the side to which the step is owed; everything else for whoever owes it. */
const byTheOther: readonly StepCommand['type'][] = ['AcceptStep', 'RejectStep', 'WaiveStep'];

function notTheirs(command: StepCommand, step: Step): Refused | undefined {
  const { party } = command.act;
  if (byTheOther.includes(command.type)) {
    return party === step.responsible
      ? refuse('OWN_STEP', `The step ${step.stepId} is ${party}'s own; only the other side answers it.`)
      : undefined;
  }
  return party === step.responsible
    ? undefined
    : refuse('NOT_RESPONSIBLE', `The step ${step.stepId} is ${step.responsible}'s; ${party} can't take it.`);
}

export function onStep(command: StepCommand, roadmap: Roadmap): Decision<RoadmapRefusal> {
  const version = agreedVersion(roadmap);
  if (version === undefined) {
    return refuse('ROADMAP_NOT_AGREED', 'No version is agreed yet, so there are no steps to take.');
  }
  const { stepId } = command.event.data;
  const step = version.steps.find((one) => one.stepId === stepId);
  if (step === undefined) {
    return refuse('STEP_UNKNOWN', `The agreed version ${version.version} has no step ${stepId}.`);
  }
  const refused = notTheirs(command, step);
  if (refused !== undefined) return refused;
  const rule = rules[command.type] as StepRule<StepCommand['type']>;
  return rule(command, roadmap.progress[stepId] ?? {}, step, roadmap);
}
