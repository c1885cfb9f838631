import { accept, alreadySaid, nothing, refuse } from '#libs/decider';
import type { CommandOf, Decider, Decision } from '#libs/decider';
import {
  confirmAssent,
  emptyText,
  giveAssent,
  latestOf,
  newVersion,
  withdrawAssent,
} from '#libs/versioned-text';
import type { TextRefusal } from '#libs/versioned-text';
import type { IrritantFacts } from '../irritants/irritant.events.js';
import type { proposalCommands } from './proposal.commands.js';
import type { proposalEvents } from './proposal.events.js';
import { evolve } from './proposal.facts.js';
import type { Proposal } from './proposal.facts.js';

export type ProposalRefusal =
  TextRefusal | 'IRRITANT_SUSPENDED' | 'NON_PAPER' | 'NOT_ON_THE_TABLE' | 'OWN_PROPOSAL' | 'NOT_OWN_PROPOSAL';

interface Known {
  readonly irritants?: readonly IrritantFacts[];
}
export type ProposalCommand = CommandOf<typeof proposalCommands, typeof proposalEvents, Known>;
type Ask<T extends ProposalCommand['type']> = Extract<ProposalCommand, { type: T }>;
type Refused = Extract<Decision<ProposalRefusal>, { refused: ProposalRefusal }>;

/** A suspension refuses new proposals, in whichever form. */
function suspended({ facts }: ProposalCommand): Refused | undefined {
  const found = facts.irritants?.find((one) => one.suspensions.length > 0);
  return found === undefined
    ? undefined
    : refuse(
        'IRRITANT_SUSPENDED',
        `Work on ${found.key} is suspended by ${found.suspensions.map((one) => one.party).join(' and ')}; proposals wait until that is lifted.`,
      );
}

function agreed({ agreed }: Proposal): Refused | undefined {
  return agreed === null
    ? undefined
    : refuse(
        'VERSION_AGREED',
        `Version ${agreed.version} is agreed; what is to be changed is a new proposal.`,
      );
}

function onTable({ ended }: Proposal): Refused | undefined {
  return ended === null
    ? undefined
    : refuse(
        'NOT_ON_THE_TABLE',
        `The proposal has ${ended.how === 'lapsed' ? 'lapsed' : 'been declined'}: revise it first.`,
      );
}

function assent(command: Ask<'AssentToProposal'>, proposal: Proposal): Decision<ProposalRefusal> {
  if (proposal.agreed === null && latestOf(proposal)?.form === 'non-paper') {
    return refuse('NON_PAPER', 'A non-paper commits nobody: have it revised into a proposal first.');
  }
  return onTable(proposal) ?? giveAssent(command, proposal, 'ProposalAgreed');
}

/** A side may say itself what was recorded in its name. */
function saidAgain(
  command: Ask<'DeclineProposal' | 'LapseProposal'>,
  ended: NonNullable<Proposal['ended']>,
): Decision<ProposalRefusal> {
  return alreadySaid([ended.said], command.act) ? nothing : accept(command.event);
}

function decline(command: Ask<'DeclineProposal'>, proposal: Proposal): Decision<ProposalRefusal> {
  const latest = latestOf(proposal);
  if (latest?.said.party === command.act.party) {
    return refuse('OWN_PROPOSAL', 'The version on the table is your own: let it lapse, or revise it.');
  }
  if (proposal.ended?.how === 'declined') return saidAgain(command, proposal.ended);
  return agreed(proposal) ?? onTable(proposal) ?? accept(command.event);
}

function lapse(command: Ask<'LapseProposal'>, proposal: Proposal): Decision<ProposalRefusal> {
  const latest = latestOf(proposal);
  if (latest !== undefined && latest.said.party !== command.act.party) {
    return refuse(
      'NOT_OWN_PROPOSAL',
      `The version on the table is ${latest.said.party}'s: decline it, or revise it.`,
    );
  }
  if (proposal.ended?.how === 'lapsed') return saidAgain(command, proposal.ended);
  return agreed(proposal) ?? onTable(proposal) ?? accept(command.event);
}

function decide(command: ProposalCommand, proposal: Proposal | null): Decision<ProposalRefusal> {
  if (command.type === 'TableProposal') {
    return proposal === null ? (suspended(command) ?? newVersion(command, emptyText)) : nothing;
  }
  if (proposal === null) throw new Error(`${command.type} reached a proposal that was never tabled.`);
  switch (command.type) {
    case 'ReviseProposal':
      return agreed(proposal) ?? suspended(command) ?? newVersion(command, proposal, proposal.ended === null);
    case 'AssentToProposal':
      return assent(command, proposal);
    case 'ConfirmAssentToProposal':
      return onTable(proposal) ?? confirmAssent(command, proposal, 'ProposalAgreed');
    case 'WithdrawAssentToProposal':
      return withdrawAssent(command, proposal);
    case 'DeclineProposal':
      return decline(command, proposal);
    case 'LapseProposal':
      return lapse(command, proposal);
  }
}

export const proposalDecider: Decider<Proposal | null, ProposalCommand, ProposalRefusal> = {
  initial: null,
  evolve,
  decide,
};
