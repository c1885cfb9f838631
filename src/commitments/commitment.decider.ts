import { accept, alreadySaid, nothing, refuse } from '#libs/decider';
import type { Decider } from '#libs/decider';
import { allege, answer, withdraw } from './commitment-breach.decider.js';
import { evolve } from './commitment-fold.facts.js';
import { acknowledge, dispute, report, waive } from './commitment-fulfilment.decider.js';
import { ended, notAnObligor } from './commitment-terms.decider.js';
import type { Ask, CommitmentCommand, CommitmentRefusal, Judgement } from './commitment-terms.decider.js';
import type { Commitment } from './commitment.facts.js';
import { isShared } from './commitment-standing.facts.js';

/**
 * Why the basis does not bind the other side; undefined where it does. What both sides said binds it only as long as
 * neither has ended it, and only in the matters that both said it concerns.
 */
function unbinding({ event: { data }, facts }: Ask<'UndertakeCommitment'>): string | undefined {
  const {
    completed = null,
    coverage = [],
    terminatedBy = [],
    agreed = null,
    irritantIds = [],
  } = facts.basis ?? {};
  const isExchange = data.basis.kind === 'exchange';
  if ((isExchange ? completed : agreed) === null) {
    return isExchange ? 'the exchange is not completed' : 'the proposal is not agreed';
  }
  if (terminatedBy.length > 0) {
    return `the exchange was terminated by ${terminatedBy.map((one) => one.party).join(' and ')}`;
  }
  const isCovered = (id: string) =>
    isExchange
      ? new Set(coverage.filter((one) => one.irritantId === id).map((one) => one.said.party)).size > 1
      : irritantIds.includes(id);
  const beyond = data.irritantIds.filter((id) => !isCovered(id));
  if (beyond.length === 0) return undefined;
  return isExchange
    ? `the sides have not both said that the exchange covers ${beyond.join(' and ')}`
    : `the proposal does not concern ${beyond.join(' and ')}`;
}

/** The mode is what the rules read and the conditions are what people read, so the two must not contradict. */
function misfitting({ event: { data, content } }: Ask<'UndertakeCommitment'>): Judgement | undefined {
  if (data.mode === 'conditional' && content.conditions === undefined) {
    return refuse('CONDITIONS_REQUIRED', 'A conditional commitment says in "conditions" when it is owed.');
  }
  return data.mode !== 'conditional' && content.conditions !== undefined
    ? refuse(
        'CONDITIONS_UNEXPECTED',
        `A commitment of mode ${data.mode} has no conditions: leave them out, or choose mode conditional.`,
      )
    : undefined;
}

function undertake(command: Ask<'UndertakeCommitment'>): Judgement {
  const { obligors, beneficiaries } = command.event.data;
  const { party } = command.act;
  if (!obligors.includes(party ?? '')) return notAnObligor({ obligors }, party);
  const alone = obligors.find((obligor) => beneficiaries.every((one) => one === obligor));
  if (alone !== undefined) {
    return refuse('NO_OTHER_BENEFICIARY', `${alone} would owe it to nobody but itself.`);
  }
  const others = obligors.filter((one) => one !== party);
  const because = others.length === 0 ? undefined : unbinding(command);
  if (because !== undefined) {
    return refuse(
      'BASIS_NOT_JOINT',
      `Only what both sides said of the matter binds ${others.join(' and ')}, and ${because}: name another basis, or let each side undertake its own.`,
    );
  }
  const suspended = (command.facts.irritants ?? []).filter((one) => one.suspensions.length > 0);
  if (suspended.length > 0) {
    return refuse(
      'IRRITANT_SUSPENDED',
      `Work on ${suspended.map((one) => one.key).join(' and ')} is suspended; each side lifts its own suspension first.`,
    );
  }
  return misfitting(command) ?? accept(command.event);
}

/** A date holds once both sides have named it; naming the one in force takes back what the party proposed instead. */
function extend(command: Ask<'ExtendCommitment'>, commitment: Commitment): Judgement {
  const { due } = command.event.data;
  const proposed = commitment.extensions.filter((one) => !isShared(one));
  const takesBack = proposed.some(({ words }) => words.some((one) => one.party === command.act.party));
  if (due === commitment.due) {
    const words = commitment.extensions.findLast(isShared)?.words ?? [];
    const isFirmer = words.some((one) => one.party === command.act.party && !alreadySaid([one], command.act));
    return takesBack || isFirmer ? (ended(commitment) ?? accept(command.event)) : nothing;
  }
  const words = proposed.find((one) => one.due === due)?.words ?? [];
  if (alreadySaid(words, command.act)) return nothing;
  return ended(commitment) ?? accept(command.event);
}

function decide(command: CommitmentCommand, commitment: Commitment | null): Judgement {
  if (command.type === 'UndertakeCommitment') return commitment === null ? undertake(command) : nothing;
  if (commitment === null) throw new Error(`${command.type} reached a commitment that nobody undertook.`);
  switch (command.type) {
    case 'ReportFulfilment':
      return report(command, commitment);
    case 'AcknowledgeFulfilment':
      return acknowledge(command, commitment);
    case 'DisputeFulfilment':
      return dispute(command, commitment);
    case 'AllegeBreach':
      return allege(command, commitment);
    case 'AnswerBreach':
      return answer(command, commitment);
    case 'WithdrawBreach':
      return withdraw(command, commitment);
    case 'ExtendCommitment':
      return extend(command, commitment);
    case 'WaiveCommitment':
      return waive(command, commitment);
  }
}

export const commitmentDecider: Decider<Commitment | null, CommitmentCommand, CommitmentRefusal> = {
  initial: null,
  evolve,
  decide,
};
