import {
  event,
  flag,
  id,
  list,
  means,
  nonce,
  optional,
  party,
  ref,
  shape,
  texts,
  derived,
} from '#libs/decider';
import type { FactOf, Said } from '#libs/decider';
import * as common from '../kernel/fields.js';
import { namedCommitments } from '#libs/versioned-text';
import type { AgreedText, NamedCommitment } from '#libs/versioned-text';

const stepId = means(id, 'The step: an id that you choose, the same in every version of the roadmap.');
const step = shape({
  stepId,
  responsible: means(party, 'The party that takes the step.'),
  after: means(list(id, 0, 100), 'The steps that come before this one.'),
  counterpart: optional(id, 'The step of the other side that this one answers.'),
  due: optional(common.due),
  mandatory: means(flag, 'Whether the irritant cannot be resolved without it.'),
  irritantIds: optional(
    list(ref('irritants'), 1, 50),
    'The irritants that it is a step towards; all of them where left out.',
  ),
});
const uuid = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
/** The preamble, and for each step its words and how it is found to be done. */
const stepTexts = means(
  texts(
    1_001,
    `^(preamble|${uuid}([.]acceptance)?)$`,
    '"preamble", the id of a step, or that id followed by ".acceptance"',
  ),
  'The words under "preamble", the id of a step, and that id followed by ".acceptance" for how it is found to be done.',
);

/** The storage format of roadmaps; the stage of an irritant follows from these events through reactions. */
export const roadmapEvents = {
  RoadmapDrafted: event(
    {
      dialogueId: common.dialogueId,
      parties: common.parties,
      irritantIds: common.irritantIds,
      synthetic: common.synthetic,
    },
    { title: optional(common.title) },
  ),
  RoadmapVersionTabled: event(
    {
      version: common.version,
      ...common.versionData,
      steps: means(list(step, 0, 500), 'The steps, each the duty of one party.'),
      commitments: namedCommitments,
    },
    { texts: optional(stepTexts), nonce: optional(nonce) },
    { sealed: true },
  ),
  RoadmapAssentGiven: event({
    version: common.version,
    contentHash: common.contentHash,
    adReferendum: common.adReferendum,
  }),
  RoadmapAssentConfirmed: event({ version: common.version, contentHash: common.contentHash }),
  RoadmapAssentWithdrawn: event({ version: common.version }, common.why),
  RoadmapVersionAgreed: derived(
    common.versionAgreed,
    'Both sides have assented to one version of the roadmap, neither of them ad referendum.',
  ),
  StepStarted: event({ stepId }, common.why),
  StepReportedDone: event({ stepId }, common.why),
  StepAccepted: event({ stepId }, common.why),
  StepRejected: event({ stepId }, common.why),
  StepBlocked: event({ stepId }, common.why),
  StepUnblocked: event({ stepId }, common.why),
  StepWaived: event({ stepId }, common.why),
  RoadmapTerminated: event({}, common.why),
  RoadmapCompleted: derived(event({}), 'Every mandatory step of the agreed roadmap is accepted or waived.'),
};

export type RoadmapFact = FactOf<typeof roadmapEvents>;

export interface OpenStep {
  readonly stepId: string;
  readonly irritantIds: readonly string[];
}

/** What other slices may read of a roadmap. */
/** By which words a step was started, and by the other side accepted as done. */
export interface Start {
  readonly stepId: string;
  readonly said: Said;
  readonly accepted: Said | null;
}

export interface RoadmapFacts {
  readonly dialogueId: string;
  readonly irritantIds: readonly string[];
  /** Mandatory steps of the agreed version that are neither accepted nor waived, each with its irritants. */
  readonly openMandatorySteps: readonly OpenStep[];
  readonly agreed: AgreedText | null;
  /** What the agreed version is about; nothing before. */
  readonly agreedIrritantIds: readonly string[];
  /** The commitments that the agreed version names. */
  readonly agreedCommitments: readonly NamedCommitment[];
  /** The steps that were started under an agreed version, in the order of their first starts. */
  readonly starts: readonly Start[];
  /** The first word by which a side terminated it; null while it is in force. */
  readonly terminated: Said | null;
}
