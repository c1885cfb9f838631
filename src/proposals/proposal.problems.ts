import { rule } from '../platform/problems/rule.js';
import type { RefusalKind } from '../platform/problems/rule.js';
import { textProblems } from '../platform/problems/text.problems.js';
import type { ProposalRefusal } from './proposal.decider.js';

export const proposalProblems = {
  ...textProblems,
  NON_PAPER: rule(
    'A non-paper commits nobody',
    'Nobody assents to a non-paper.',
    'Have it revised into a proposal, then assent to that.',
  ),
  NOT_ON_THE_TABLE: rule(
    'It is not on the table',
    'The proposal was declined, has lapsed, or was disavowed by the party in whose name it was tabled.',
    'Revise it: that puts a version of yours on the table.',
  ),
  OWN_PROPOSAL: rule(
    'The proposal is your own',
    'Only the other side declines a version.',
    'Let it lapse, or revise it.',
  ),
  NOT_OWN_PROPOSAL: rule(
    'The proposal is not your own',
    'Only the side that tabled a version lets it lapse.',
    'Decline it, or revise it.',
  ),
  PROPOSAL_NOT_AGREED: rule(
    'Nothing is agreed',
    'Only what both sides have agreed on is terminated.',
    'Decline the version on the table, or let your own one lapse.',
  ),
  PROPOSAL_TERMINATED: rule(
    'What was agreed is terminated',
    'A terminated text takes no more acts but the other side’s own termination.',
    'Table a new proposal.',
  ),
} as const satisfies Record<ProposalRefusal, RefusalKind>;
