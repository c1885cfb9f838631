import { refuse } from '#libs/decider';
import { newVersion } from '#libs/versioned-text';
import { graphFault } from './roadmap-graph.facts.js';
import type { GraphFault } from './roadmap-graph.facts.js';
import type { Roadmap } from './roadmap.facts.js';
import type { Ask } from './roadmap-terms.decider.js';

function saidOf(fault: GraphFault) {
  switch (fault.kind) {
    case 'twice':
      return refuse(
        'STEP_TWICE',
        `The step ${fault.stepId} is there twice: give each step an id of its own.`,
      );
    case 'unknown':
      return refuse(
        'STEP_UNKNOWN',
        `The step ${fault.stepId} names ${fault.named}, which is no step of this version.`,
      );
    case 'circle':
      return refuse(
        'STEPS_IN_A_CIRCLE',
        `These steps wait for each other, counterparts counting as one: ${fault.stepIds.join(' after ')}.`,
      );
    case 'counterpart-of-itself':
      return refuse('COUNTERPART_WRONG', `The step ${fault.stepId} can't be its own counterpart.`);
    case 'counterpart-of-same-party':
      return refuse(
        'COUNTERPART_WRONG',
        `The steps ${fault.stepId} and ${fault.named} are of one party; a counterpart is the act of the other.`,
      );
    case 'counterpart-of-another':
      return refuse(
        'COUNTERPART_WRONG',
        `The step ${fault.stepId} names ${fault.named} as its counterpart, which is that of another step.`,
      );
    case 'counterpart-due-apart':
      return refuse(
        'COUNTERPART_WRONG',
        `The steps ${fault.stepId} and ${fault.named} are counterparts, so they are due together: give both the same "due".`,
      );
  }
}

/** Where the words are held, every step has its own, and none is about a step that is not there. */
function textFault({ event }: Ask<'TableRoadmapVersion'>) {
  const { texts } = event.content;
  if (texts === undefined) return undefined;
  const ids = event.data.steps.map((one) => one.stepId);
  const silent = ids.find((one) => texts[one] === undefined);
  if (silent !== undefined) {
    return refuse('STEP_WITHOUT_TEXT', `The step ${silent} has no words: give them in "texts" under its id.`);
  }
  const known = new Set(['preamble', ...ids, ...ids.map((one) => `${one}.acceptance`)]);
  const stray = Object.keys(texts).find((one) => !known.has(one));
  return stray === undefined
    ? undefined
    : refuse('TEXT_WITHOUT_STEP', `The text ${stray} belongs to no step of this version.`);
}

/** A mandatory step stands against the resolution of what it is a step towards, so that must be in the text. */
function elsewhere({ event }: Ask<'TableRoadmapVersion'>) {
  const { steps, irritantIds: all } = event.data;
  for (const { stepId, irritantIds = [] } of steps) {
    const stray = irritantIds.find((one) => !all.includes(one));
    if (stray === undefined) continue;
    return refuse(
      'STEP_OF_ANOTHER_IRRITANT',
      `The step ${stepId} is one towards the irritant ${stray}, which the version is not about.`,
    );
  }
  return undefined;
}

/** What was begun stays with whoever began it; another party's act is another step. */
function handedOver({ event }: Ask<'TableRoadmapVersion'>, roadmap: Roadmap) {
  const moved = event.data.steps.find((one) => {
    const started = roadmap.progress[one.stepId]?.started;
    return started !== undefined && started.party !== one.responsible;
  });
  return moved === undefined
    ? undefined
    : refuse(
        'STEP_UNDER_WAY',
        `${roadmap.progress[moved.stepId]?.started?.party} has started the step ${moved.stepId}; for ${moved.responsible} make a new one.`,
      );
}

export function tableVersion(command: Ask<'TableRoadmapVersion'>, roadmap: Roadmap) {
  const fault = graphFault(command.event.data.steps);
  if (fault !== undefined) return saidOf(fault);
  return (
    textFault(command) ?? elsewhere(command) ?? handedOver(command, roadmap) ?? newVersion(command, roadmap)
  );
}
