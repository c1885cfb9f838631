import { agreement, assents, ending } from '../platform/shapes/version-shapes.js';
import { proposalEvents } from './proposal.events.js';
import { proposalStatuses } from './proposal.facts.js';
import {
  array,
  object,
  oneOfWords,
  orNull,
  said,
  synthetic,
  text,
  uuid,
} from '../platform/shapes/json-schema.js';
import { everywhere, told, toldWithData } from '../platform/shapes/said-shapes.js';

export const proposalRepresentation = object({
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
