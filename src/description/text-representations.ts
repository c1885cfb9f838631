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
import type { Properties } from './json-schema.js';
import { everywhere, told, toldWithData } from './said-representations.js';

const said = ref('Said');
const text = ref('LangText');
const basis = oneOfWords(['direct', 'attributed']);

/** What a text in versions shows of the assents to the latest one. */
const assents = (given: EventSchema, withdrawn: EventSchema): Properties => ({
  version: described(seq, 'The latest version; 0 before the first.'),
  assents: array(told(given, { adReferendum: flag, confirmed: orNull(said) })),
  withdrawals: array(told(withdrawn)),
  awaiting: described(
    array(object({ what: plainText, from: ref('Party'), since: plainText }, { stepId: uuid })),
    'What it waits for, from whom, and since when.',
  ),
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
  agreed: orNull(told(proposalEvents.ProposalAgreed, { version: seq, contentHash: ref('Sha256'), basis })),
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
  agreed: orNull(
    told(roadmapEvents.RoadmapVersionAgreed, {
      version: seq,
      contentHash: ref('Sha256'),
      basis,
      irritantIds: array(uuid),
    }),
  ),
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
  openMandatorySteps: array(uuid),
  completed: orNull(said),
  terminations: array(told(roadmapEvents.RoadmapTerminated)),
  drafted: told(roadmapEvents.RoadmapDrafted),
});
