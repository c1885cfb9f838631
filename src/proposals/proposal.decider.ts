import {
  accept,
  alreadySaid,
  contradicting,
  ending,
  nothing,
  ownWordStands,
  refuse,
  restingOn,
  ruledBy,
} from '#libs/decider';
import type { CommandOf, Decided, Decider, RefusalOf, RulesOf } from '#libs/decider';
import {
  agreementDue,
  assentInName,
  assentOf,
  confirmAssent,
  emptyText,
  giveAssent,
  latestOf,
  newVersion,
  onTheTable,
  terminate,
  withdrawAssent,
} from '#libs/versioned-text';
import type { proposalCommands } from './proposal.commands.js';
import type { proposalEvents } from './proposal.events.js';
import { evolve, isDisavowed } from './proposal.facts.js';
import type { Proposal } from './proposal.facts.js';

const agreedType = 'ProposalAgreed';

export type ProposalRefusal = RefusalOf<typeof proposalCommands>;

export type ProposalCommand = CommandOf<typeof proposalCommands, typeof proposalEvents, object>;
type Ask<T extends ProposalCommand['type']> = Extract<ProposalCommand, { type: T }>;

function agreed({ agreed }: Proposal) {
  return agreed === null
    ? undefined
    : refuse(
        'VERSION_AGREED',
        `Version ${agreed.version} is agreed; what is to be changed is a new proposal.`,
      );
}

function terminated({ terminatedBy }: Proposal) {
  return terminatedBy.length === 0
    ? undefined
    : refuse(
        'PROPOSAL_TERMINATED',
        `What was agreed is terminated by ${terminatedBy.map((one) => one.party).join(' and ')}: table a new proposal.`,
      );
}

function onTable(proposal: Proposal) {
  if (isDisavowed(proposal)) {
    return refuse(
      'NOT_ON_THE_TABLE',
      'The party in whose name the version was tabled has disavowed it: revise the proposal, and it is yours.',
    );
  }
  return proposal.ended === null
    ? undefined
    : refuse(
        'NOT_ON_THE_TABLE',
        `The proposal has ${proposal.ended.how === 'lapsed' ? 'lapsed' : 'been declined'}: revise it first.`,
      );
}

function assent(command: Ask<'AssentToProposal'>, proposal: Proposal) {
  if (proposal.agreed === null && latestOf(proposal)?.form === 'non-paper') {
    return refuse('NON_PAPER', 'A non-paper commits nobody: have it revised into a proposal first.');
  }
  return onTable(proposal) ?? giveAssent(command, proposal, agreedType);
}

/** A text that is off the table, or that commits nobody, is not agreed by what was said of it before. */
export function follows(proposal: Proposal): readonly Decided[] {
  const isOpen = proposal.agreed === null && onTable(proposal) === undefined;
  return isOpen && latestOf(proposal)?.form !== 'non-paper' ? agreementDue(proposal, agreedType) : [];
}

/** A new version takes the place of the one before, and of the word by which that one went off the table. */
function revise(command: Ask<'ReviseProposal'>, proposal: Proposal) {
  const { ended } = proposal;
  const shut = agreed(proposal) ?? ownWordStands(command.act, ended?.said);
  if (shut !== undefined) return shut;
  const decision = newVersion(command, proposal, ended === null && !isDisavowed(proposal));
  if ('refused' in decision) return decision;
  return { events: decision.events.map((one) => ending(one, ended?.said)) };
}

/**
 * Takes the version off the table, or says once more, itself, what was recorded in the party's name. It rests on that
 * version, and ends what was said of it: whoever took it back could put the other side's assent back to life.
 */
function takeOff(
  command: Ask<'DeclineProposal' | 'LapseProposal'>,
  proposal: Proposal,
  how: 'declined' | 'lapsed',
) {
  const { ended } = proposal;
  const latest = latestOf(proposal);
  if (ended?.how === how) {
    return alreadySaid([ended.said], command.act)
      ? nothing
      : accept(ending(restingOn(command.event, latest?.said), ended.said));
  }
  const assent = assentOf(proposal, command.act.party);
  const event = ending(restingOn(command.event, latest?.said), ...onTheTable(proposal));
  // To what it takes off the table itself it has not assented, whatever was recorded in its name.
  return (
    agreed(proposal) ??
    onTable(proposal) ??
    ownWordStands(command.act, [assent?.said, how === 'lapsed' ? latest?.said : undefined]) ??
    accept(event, ...contradicting(command, ...assentInName(command, assent)))
  );
}

function decline(command: Ask<'DeclineProposal'>, proposal: Proposal) {
  if (latestOf(proposal)?.said.party === command.act.party) {
    return refuse('OWN_PROPOSAL', 'The version on the table is your own: let it lapse, or revise it.');
  }
  return takeOff(command, proposal, 'declined');
}

function lapse(command: Ask<'LapseProposal'>, proposal: Proposal) {
  const tabler = latestOf(proposal)?.said.party;
  if (tabler !== command.act.party && !isDisavowed(proposal)) {
    return refuse('NOT_OWN_PROPOSAL', `The version on the table is ${tabler}'s: decline it, or revise it.`);
  }
  return takeOff(command, proposal, 'lapsed');
}

function end(command: Ask<'TerminateProposal'>, proposal: Proposal) {
  return proposal.agreed === null
    ? refuse('PROPOSAL_NOT_AGREED', 'Nothing is agreed yet: decline the version, or let it lapse.')
    : terminate(command, proposal, proposal.terminatedBy);
}

/** What an agreement that was ended, or nothing that is on the table any more, leaves no room for. */
const whileItStands =
  <C, D>(rule: (command: C, proposal: Proposal) => D) =>
  (command: C, proposal: Proposal) =>
    terminated(proposal) ?? rule(command, proposal);

const rules: Omit<RulesOf<typeof proposalCommands, ProposalCommand, Proposal>, 'TableProposal'> = {
  ReviseProposal: whileItStands(revise),
  AssentToProposal: whileItStands(assent),
  ConfirmAssentToProposal: whileItStands(
    (command, proposal) => onTable(proposal) ?? confirmAssent(command, proposal, agreedType),
  ),
  WithdrawAssentToProposal: whileItStands(withdrawAssent),
  DeclineProposal: whileItStands(decline),
  LapseProposal: whileItStands(lapse),
  TerminateProposal: end,
};

export const proposalDecider: Decider<Proposal | null, ProposalCommand, ProposalRefusal> = {
  initial: null,
  evolve,
  decide: ruledBy({ type: 'TableProposal', create: (command) => newVersion(command, emptyText) }, rules),
};
