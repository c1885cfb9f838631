import { rule } from '../platform/rule.js';
import type { RefusalKind } from '../platform/rule.js';
import { textProblems } from '../platform/text.problems.js';
import type { ProposalRefusal } from './proposal.decider.js';

export const proposalProblems = {
  ...textProblems,
  IRRITANT_SUSPENDED: rule(
    'The irritant is suspended',
    'A suspension refuses new steps, claims and proposals, never statements.',
    'Each side lifts its own suspension with "resume".',
  ),
  NON_PAPER: rule(
    'A non-paper commits nobody',
    'Nobody assents to a non-paper.',
    'Have it revised into a proposal, then assent to that.',
  ),
  NOT_ON_THE_TABLE: rule(
    'It is not on the table',
    'The proposal was declined or has lapsed.',
    'Revise it: that puts it back on the table.',
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
} as const satisfies Record<ProposalRefusal, RefusalKind>;
