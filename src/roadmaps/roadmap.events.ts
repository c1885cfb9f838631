import {
  choice,
  date,
  event,
  flag,
  hash,
  id,
  integer,
  language,
  list,
  nonce,
  optional,
  party,
  ref,
  shape,
  text,
  texts,
} from '#libs/decider';
import type { FactOf, Said } from '#libs/decider';
import { namedCommitments } from '#libs/versioned-text';
import type { AgreedText, NamedCommitment } from '#libs/versioned-text';

const step = shape({
  stepId: id,
  responsible: party,
  after: list(id, 0, 100),
  counterpart: optional(id),
  due: optional(date),
  mandatory: flag,
  /** Which of the version's irritants it is a step towards; absent where of all of them. */
  irritantIds: optional(list(ref('irritants'), 1, 50)),
});
const version = integer(1, 10_000);
const reason = { reason: optional(text) };
const uuid = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
/** The preamble, and for each step its words and how it is found to be done. */
const stepTexts = texts(
  1_001,
  `^(preamble|${uuid}([.]acceptance)?)$`,
  '"preamble", the id of a step, or that id followed by ".acceptance"',
);

/** The storage format of roadmaps; the stage of an irritant follows from these events through policies. */
export const roadmapEvents = {
  RoadmapDrafted: event(
    {
      dialogueId: ref('dialogues', { owns: true }),
      parties: list(party, 2, 2),
      irritantIds: list(ref('irritants'), 1, 50),
      synthetic: flag,
    },
    { title: optional(text) },
  ),
  RoadmapVersionTabled: event(
    {
      version,
      contentHash: hash,
      /** The hash of the paper, where the words are not held. */
      textHash: optional(hash),
      languages: list(language, 0, 10),
      authentic: optional(list(language, 0, 10)),
      irritantIds: list(ref('irritants'), 1, 50),
      steps: list(step, 0, 500),
      commitments: namedCommitments,
    },
    { texts: optional(stepTexts), nonce: optional(nonce) },
    { sealed: true },
  ),
  RoadmapAssentGiven: event({ version, contentHash: hash, adReferendum: flag }),
  RoadmapAssentConfirmed: event({ version, contentHash: hash }),
  RoadmapAssentWithdrawn: event({ version }, reason),
  RoadmapVersionAgreed: event({
    version,
    contentHash: hash,
    irritantIds: list(ref('irritants'), 1, 50),
    basis: choice('direct', 'attributed'),
    restsOn: list(id, 0, 20),
  }),
  StepStarted: event({ stepId: id }, reason),
  StepReportedDone: event({ stepId: id }, reason),
  StepAccepted: event({ stepId: id }, reason),
  StepRejected: event({ stepId: id }, reason),
  StepBlocked: event({ stepId: id }, reason),
  StepUnblocked: event({ stepId: id }, reason),
  StepWaived: event({ stepId: id }, reason),
  RoadmapTerminated: event({}, reason),
  RoadmapCompleted: event({}),
};

export type RoadmapFact = FactOf<typeof roadmapEvents>;

export interface OpenStep {
  readonly stepId: string;
  readonly irritantIds: readonly string[];
}

/** What other slices may read of a roadmap. */
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
  /** By which words steps were started under an agreed version, in the order of the steps' first starts. */
  readonly starts: readonly Said[];
  /** The first word by which a side terminated it; null while it is in force. */
  readonly terminated: Said | null;
}
