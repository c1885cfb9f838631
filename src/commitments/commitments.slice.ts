import { choice, id, party } from '#libs/decider';
import { awaitedFilter, awaitedLabels } from '../platform/record/awaited.js';
import { overdueFilter, owedLabels } from '../platform/record/due-labels.js';
import { theParty } from '../platform/record/finding.js';
import { sliceOf } from '../platform/record/slice.js';
import { commitmentCommands } from './commitment.commands.js';
import { commitmentDecider } from './commitment.decider.js';
import { follows } from './commitment-fulfilment.decider.js';
import { commitmentReactions } from './commitment.reactions.js';
import { commitmentEvents } from './commitment.events.js';
import { commitmentProblems } from './commitment.problems.js';
import { isOwing, statuses, statusOf } from './commitment-status.facts.js';
import { commitmentRepresentation } from './commitment.representation.js';
import { commitmentNames, commitmentSummaries } from './commitment.summaries.js';
import { awaiting, commitmentView } from './commitment.view.js';

export const commitments = sliceOf(commitmentDecider, {
  name: 'commitments',
  about:
    'What a side undertook, whether it is fulfilled as each side says, and whether a breach of it is alleged.',
  prefix: 'commitment',
  isInstrument: true,
  foldVersion: 6,
  schemas: commitmentEvents,
  follows,
  commands: commitmentCommands,
  view: commitmentView,
  represents: commitmentRepresentation,
  summaries: commitmentSummaries,
  names: commitmentNames,
  // No milestone rests on a commitment: a resolution names the revisions that it checked, and a breach is an overlay.
  labels: (commitment) => ({
    irritant: commitment.irritantIds,
    obligor: commitment.obligors,
    beneficiary: commitment.beneficiaries,
    status: statusOf(commitment),
    breach: String(commitment.breachOpen),
    awaiting: awaitedLabels(awaiting(commitment)),
    ...owedLabels(commitment.dialogueId, isOwing(statusOf(commitment)) ? [commitment.due] : []),
  }),
  joint: ({ due, ended, agreedFor }) => ({
    due,
    discharged: ended === 'discharged',
    'agreed for': agreedFor.map((one) => one.obligor),
  }),
  filters: {
    irritant: id,
    obligor: party,
    beneficiary: party,
    status: choice(...statuses),
    breach: choice('true', 'false'),
    awaiting: awaitedFilter,
    overdue: overdueFilter,
  },
  finding: {
    concerns: ({ obligors, beneficiaries, dialogueId }) =>
      [...obligors, ...beneficiaries].map((one) => theParty(one, dialogueId)),
  },
  refusals: commitmentProblems,
  reactions: commitmentReactions,
  story: [
    ['US', 'AssertCommitment'],
    ['US', 'UndertakeCommitment'],
    ['US', 'ReportFulfilment', { reason: { en: 'All accounts are open.' } }],
    ['RU', 'AllegeBreach', { reason: { en: 'One account was closed.' } }],
    ['RU', 'ExtendCommitment'],
  ],
});
