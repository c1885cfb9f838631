import { saidView, since, toldView, toldViews } from '#libs/decider';
import type { LangText, Said, WordsOf } from '#libs/decider';
import { agreementView, awaitedOn, terminationView, textView } from '#libs/versioned-text';
import { optionalOf, required } from '../platform/shapes/fields.js';
import {
  array,
  described,
  object,
  oneOfWords,
  orNull,
  said,
  synthetic,
  text,
  uuid,
} from '../platform/shapes/json-schema.js';
import type { Properties } from '../platform/shapes/json-schema.js';
import { represented, told, toldWithData } from '../platform/shapes/said-shapes.js';
import { agreement, assents, ending } from '../platform/shapes/version-shapes.js';
import { roadmapEvents } from './roadmap.events.js';
import { agreedVersion, isSettled, statusOf, roadmapStatuses } from './roadmap.facts.js';
import type { Progress, Roadmap, Step } from './roadmap.facts.js';

type Texts = { readonly [key: string]: LangText } | undefined;

export function stateOf(progress: Progress | undefined) {
  if (progress?.waived !== undefined) return 'waived';
  if (progress?.accepted !== undefined) return 'accepted';
  if (progress?.blocked !== undefined) return 'blocked';
  if (progress?.reported !== undefined) return 'reported';
  if (progress?.rejected !== undefined) return 'rejected';
  return progress?.started === undefined ? 'open' : 'started';
}

function toldOrNull(word: Said | undefined, wordsOf: WordsOf) {
  return word === undefined ? null : toldView(word, wordsOf);
}

function progressView(progress: Progress, wordsOf: WordsOf) {
  return {
    started: toldOrNull(progress.started, wordsOf),
    reported: toldOrNull(progress.reported, wordsOf),
    rejected: toldOrNull(progress.rejected, wordsOf),
    accepted: toldOrNull(progress.accepted, wordsOf),
    waived: toldOrNull(progress.waived, wordsOf),
    blocked: toldOrNull(progress.blocked, wordsOf),
  };
}

function stepView(step: Step, texts: Texts, roadmap: Roadmap, wordsOf: WordsOf) {
  const progress = roadmap.progress[step.stepId];
  return {
    ...step,
    text: texts?.[step.stepId] ?? null,
    acceptance: texts?.[`${step.stepId}.acceptance`] ?? null,
    state: stateOf(progress),
    waitsFor: isSettled(progress) ? [] : step.after.filter((one) => !isSettled(roadmap.progress[one])),
    ...progressView(progress ?? {}, wordsOf),
  };
}

/** The steps of the agreed version, each with what was done about it; nothing before an agreement. */
function stepsView(roadmap: Roadmap, wordsOf: WordsOf) {
  const version = agreedVersion(roadmap);
  if (version === undefined) return [];
  const texts = wordsOf(version.said.eventId)['texts'] as Texts;
  return version.steps.map((one) => stepView(one, texts, roadmap, wordsOf));
}

/** What was done about steps that an amendment has dropped: it stays done. */
function formerStepsView(roadmap: Roadmap, wordsOf: WordsOf) {
  const present = agreedVersion(roadmap)?.steps.map((one) => one.stepId) ?? [];
  return Object.entries(roadmap.progress).flatMap(([stepId, progress]) =>
    present.includes(stepId)
      ? []
      : [{ stepId, state: stateOf(progress), ...progressView(progress, wordsOf) }],
  );
}

function awaitingSteps(roadmap: Roadmap) {
  return (agreedVersion(roadmap)?.steps ?? []).flatMap(({ stepId, responsible }) => {
    const progress = roadmap.progress[stepId];
    if (progress?.reported === undefined || isSettled(progress)) return [];
    return roadmap.parties
      .filter((one) => one !== responsible)
      .map((from) => ({
        what: 'answer-to-step' as const,
        from,
        since: since(progress.reported ?? roadmap.drafted),
        stepId,
      }));
  });
}

export function awaiting(roadmap: Roadmap) {
  if (roadmap.terminatedBy.length > 0) return [];
  return [...awaitedOn(roadmap, roadmap.parties), ...awaitingSteps(roadmap)];
}

/** The roadmap: its versions, who assented to the latest one, the steps of the agreed one, and what it waits for. */
export function roadmapView(roadmap: Roadmap, wordsOf: WordsOf) {
  const { agreed } = roadmap;
  return {
    dialogueId: roadmap.dialogueId,
    synthetic: roadmap.synthetic,
    status: statusOf(roadmap),
    title: wordsOf(roadmap.drafted.eventId)['title'] ?? null,
    irritantIds: roadmap.irritantIds,
    ...textView(roadmap, wordsOf),
    agreed: agreed === null ? null : { ...agreementView(agreed), irritantIds: roadmap.agreedIrritantIds },
    steps: stepsView(roadmap, wordsOf),
    formerSteps: formerStepsView(roadmap, wordsOf),
    openMandatorySteps: roadmap.openMandatorySteps,
    completed: roadmap.completed === null ? null : saidView(roadmap.completed),
    terminated: terminationView(roadmap.terminatedBy),
    terminations: toldViews(roadmap.terminatedBy, wordsOf),
    awaiting: awaiting(roadmap),
    drafted: toldView(roadmap.drafted, wordsOf),
  };
}

const stepWord = orNull(told(roadmapEvents.StepStarted));
const progress: Properties = {
  state: oneOfWords(['open', 'started', 'reported', 'rejected', 'blocked', 'accepted', 'waived']),
  started: stepWord,
  reported: stepWord,
  rejected: stepWord,
  accepted: stepWord,
  waived: stepWord,
  blocked: stepWord,
};
const stepShape = roadmapEvents.RoadmapVersionTabled.data.steps.of.of;

export const roadmapRepresentation = represented<typeof roadmapView>({
  dialogueId: uuid,
  synthetic,
  status: oneOfWords(roadmapStatuses),
  title: orNull(text),
  irritantIds: array(uuid),
  versions: array(toldWithData(roadmapEvents.RoadmapVersionTabled)),
  ...assents(roadmapEvents.RoadmapAssentGiven, roadmapEvents.RoadmapAssentWithdrawn),
  agreed: agreement(roadmapEvents.RoadmapVersionAgreed, roadmapEvents.RoadmapAssentGiven),
  steps: described(
    array(
      object(
        {
          ...required(stepShape),
          text: orNull(text),
          acceptance: described(orNull(text), 'How it is found to be done.'),
          waitsFor: described(array(uuid), 'The steps before it that are neither accepted nor waived.'),
          ...progress,
        },
        optionalOf(stepShape),
      ),
    ),
    'The steps of the agreed version, with what was done about each.',
  ),
  formerSteps: described(
    array(object({ stepId: uuid, ...progress })),
    'What was done about steps that an amendment has dropped.',
  ),
  openMandatorySteps: described(
    array(object({ stepId: uuid, irritantIds: array(uuid) })),
    'The mandatory steps that are neither accepted nor waived, and what each is a step towards.',
  ),
  completed: orNull(said),
  ...ending(roadmapEvents.RoadmapTerminated),
  drafted: told(roadmapEvents.RoadmapDrafted),
});
