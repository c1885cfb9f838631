import { choice, id } from '#libs/decider';
import { jointIn } from '#libs/versioned-text';
import { awaitedFilter, awaitedLabels } from '../platform/record/awaited.js';
import { theParty } from '../platform/record/finding.js';
import { sliceOf } from '../platform/record/slice.js';
import { proposalCommands } from './proposal.commands.js';
import { follows, proposalDecider } from './proposal.decider.js';
import { proposalEvents } from './proposal.events.js';
import { proposalStatuses, statusOf } from './proposal.facts.js';
import { proposalProblems } from './proposal.problems.js';
import { proposalNames, proposalSummaries } from './proposal.summaries.js';
import { awaiting, proposalRepresentation, proposalView } from './proposal.view.js';

export const proposals = sliceOf(proposalDecider, {
  name: 'proposals',
  about: 'Texts that are tabled, revised, and assented to by their hash, until both sides have.',
  prefix: 'proposal',
  isInstrument: true,
  foldVersion: 3,
  schemas: proposalEvents,
  follows,
  commands: proposalCommands,
  view: proposalView,
  represents: proposalRepresentation,
  summaries: proposalSummaries,
  names: proposalNames,
  labels: (proposal) => ({
    status: statusOf(proposal),
    irritant: proposal.irritantIds,
    awaiting: awaitedLabels(awaiting(proposal)),
  }),
  joint: (proposal) => ({
    ...jointIn(proposal),
    terminated: proposal.agreed !== null && proposal.terminated !== null,
  }),
  filters: { status: choice(...proposalStatuses), irritant: id, awaiting: awaitedFilter },
  finding: { concerns: ({ parties, dialogueId }) => parties.map((one) => theParty(one, dialogueId)) },
  refusals: proposalProblems,
  story: [
    ['US', 'TableProposal'],
    ['RU', 'AssentToProposal'],
  ],
});
