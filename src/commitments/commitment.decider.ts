import {
  accept,
  alreadySaid,
  contradicting,
  ending,
  hasSaid,
  isHearsay,
  isOwnWord,
  nothing,
  ownWordStands,
  refuse,
  ruledBy,
} from '#libs/decider';
import type { Decider, RulesOf } from '#libs/decider';
import type { commitmentCommands } from './commitment.commands.js';
import { endAgreement, putInForce } from './commitment-agreed.decider.js';
import { allege, answer, withdraw } from './commitment-breach.decider.js';
import { evolve } from './commitment-fold.facts.js';
import { acknowledge, dispute, report, waive } from './commitment-fulfilment.decider.js';
import { ended, notAnObligor, repeating } from './commitment-terms.decider.js';
import type { Ask, CommitmentCommand, CommitmentRefusal } from './commitment-terms.decider.js';
import type { Commitment } from './commitment.facts.js';
import { debts, groundOf, isShared } from './commitment-status.facts.js';

/** The mode is what the rules read and the conditions are what people read, so the two must not contradict. */
function misfitting({ event: { data, content } }: Ask<'AssertCommitment'>) {
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

/** Either side may say who should owe whom what, for nobody owes it by that. */
function assertIt(command: Ask<'AssertCommitment'>) {
  const { obligors, beneficiaries } = command.event.data;
  const alone = obligors.find((obligor) => beneficiaries.every((one) => one === obligor));
  if (alone !== undefined) {
    return refuse('NO_OTHER_BENEFICIARY', `${alone} would owe it to nobody but itself.`);
  }
  return misfitting(command) ?? accept(command.event);
}

/** Only its own word puts an obligor in debt. It answers the other side, where that side asserted it. */
function undertake(command: Ask<'UndertakeCommitment'>, commitment: Commitment) {
  const { party } = command.act;
  const refused = notAnObligor(commitment, party);
  if (refused !== undefined) return refused;
  const { asserted } = commitment;
  const isAnswer = asserted.party !== null && asserted.party !== party;
  const declined = commitment.declinedBy.find((one) => one.party === party);
  const stands = ownWordStands(command.act, declined, 'declined this');
  if (stands !== undefined) return stands;
  const event = ending(command.event, isAnswer ? asserted : undefined, declined);
  const again = repeating(command, commitment.undertakenBy, event) ?? ended(commitment);
  if (again !== undefined) return again;
  const owed = debts(commitment).filter((one) => one.obligor === party);
  return owed.every((one) => hasSaid(commitment.waivers, one.beneficiary))
    ? refuse(
        'COMMITMENT_ENDED',
        `${owed.map((one) => one.beneficiary).join(' and ')} has released ${party} from it: assert a new one.`,
      )
    : accept(event);
}

/** Of what the other side says that it owes, an obligor says that it does not; it may undertake it later all the same. */
function decline(command: Ask<'DeclineCommitment'>, commitment: Commitment) {
  const { party } = command.act;
  const refused = notAnObligor(commitment, party);
  if (refused !== undefined) return refused;
  const { asserted, declinedBy } = commitment;
  const shut = repeating(command, declinedBy) ?? ended(commitment);
  if (shut !== undefined) return shut;
  if (asserted.party === party && !isOwnWord(command, asserted))
    return refuse(
      'OWN_ASSERTION',
      `${party} asserted this itself, and only what others assert is declined: leave it, for what is only asserted binds nobody.`,
    );
  return groundOf(commitment, party ?? '') === undefined
    ? accept(ending(command.event, asserted))
    : refuse('IN_FORCE', `The commitment is in force for ${party}, so it is not only asserted any more.`);
}

/** A date holds once both sides have named it; naming the one in force takes back what the party proposed instead. */
function extend(command: Ask<'ExtendCommitment'>, commitment: Commitment) {
  const { due } = command.event.data;
  const { party } = command.act;
  const proposed = commitment.extensions.filter((one) => !isShared(one));
  const own = proposed.flatMap(({ words }) => words.filter((one) => one.party === party));
  // What others record in its name takes the place of nothing that it proposed itself.
  if (own.some((one) => isHearsay(command, one))) return nothing;
  const inForce = commitment.extensions.findLast(isShared)?.words ?? [];
  const words = due === commitment.due ? inForce : (proposed.find((one) => one.due === due)?.words ?? []);
  if (alreadySaid(words, command.act) && (due !== commitment.due || own.length === 0)) return nothing;
  // Nobody need say that the date in force is in force, unless it has named another.
  if (due === commitment.due && own.length === 0 && !hasSaid(words, party)) return nothing;
  const others = words.filter((one) => one.party !== party);
  const event = ending(command.event, ...others, ...own);
  // The date in force is not one that both named, where the party itself names another than was recorded in its name.
  const named = due === commitment.due ? [] : inForce;
  return ended(commitment) ?? accept(event, ...contradicting(command, ...named));
}

const rules: Omit<
  RulesOf<typeof commitmentCommands, CommitmentCommand, Commitment, CommitmentRefusal>,
  'AssertCommitment'
> = {
  UndertakeCommitment: undertake,
  DeclineCommitment: decline,
  PutInForce: putInForce,
  EndAgreement: endAgreement,
  ReportFulfilment: report,
  AcknowledgeFulfilment: acknowledge,
  DisputeFulfilment: dispute,
  AllegeBreach: allege,
  AnswerBreach: answer,
  WithdrawBreach: withdraw,
  ExtendCommitment: extend,
  WaiveCommitment: waive,
};

export const commitmentDecider: Decider<Commitment | null, CommitmentCommand, CommitmentRefusal> = {
  initial: null,
  evolve,
  decide: ruledBy({ type: 'AssertCommitment', create: assertIt }, rules),
};
