import type { EventSchema } from '#libs/decider';
import { proposalEvents } from '../proposals/proposal.events.js';
import { proposalStatuses } from '../proposals/proposal.facts.js';
import { roadmapEvents } from '../roadmaps/roadmap.events.js';
import { roadmapStatuses } from '../roadmaps/roadmap.facts.js';
import { optionalOf, required } from './fields.js';
import {
  array,
  described,
  flag,
  object,
  oneOfWords,
  orNull,
  plainText,
  ref,
  seq,
  uuid,
  synthetic,
} from './json-schema.js';
import type { Properties, Schema } from './json-schema.js';
import { everywhere, told, toldWithData } from './said-representations.js';

const said = ref('Said');
const text = ref('LangText');
const basis = oneOfWords(['direct', 'attributed']);

const assent = (given: EventSchema): Schema =>
  array(told(given, { adReferendum: flag, confirmed: orNull(said) }));

/** What a text in versions shows of the assents to the latest one. */
const assents = (given: EventSchema, withdrawn: EventSchema): Properties => ({
  version: described(seq, 'The latest version; 0 before the first.'),
  assents: assent(given),
  withdrawals: array(told(withdrawn)),
  awaiting: described(
    array(object({ what: plainText, from: ref('Party'), since: plainText }, { stepId: uuid })),
    'What it waits for, from whom, and since when.',
  ),
});
/** Both sides' assents to one hash. */
const agreement = (agreed: EventSchema, given: EventSchema): Schema =>
  orNull(
    told(agreed, {
      version: seq,
      contentHash: ref('Sha256'),
      basis,
      assents: described(assent(given), 'The assents that made it, one of each side.'),
      irritantIds: array(uuid),
    }),
  );

/** One side ends what both had agreed on, and that is shown as its own act. */
const ending = (ended: EventSchema): Properties => ({
  terminated: described(
    orNull(object({ by: array(ref('Party')), since: plainText })),
    'By whom it is terminated, and since when; what was agreed stays in sight beside it.',
  ),
  terminations: array(told(ended)),
});

export const Proposal = object({
  ...everywhere,
  dialogueId: uuid,
  synthetic,
  status: oneOfWords(proposalStatuses),
  title: orNull(text),
  irritantIds: array(uuid),
  versions: array(toldWithData(proposalEvents.ProposalRevised)),
  ...assents(proposalEvents.AssentGiven, proposalEvents.AssentWithdrawn),
  agreed: agreement(proposalEvents.ProposalAgreed, proposalEvents.AssentGiven),
  ...ending(proposalEvents.ProposalTerminated),
  ended: orNull(told(proposalEvents.ProposalDeclined, { how: oneOfWords(['declined', 'lapsed']) })),
  tabled: said,
});

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

export const Roadmap = object({
  ...everywhere,
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
