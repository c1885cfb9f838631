import {
  accept,
  alreadySaid,
  ending,
  hasSaid,
  nothing,
  refuse,
  restingOn,
  restOnSaid,
  restOnThis,
} from '#libs/decider';
import type { Decided, Said } from '#libs/decider';
import { agreementOn } from './commitment-agreement.facts.js';
import { ended, notABeneficiary, notAnObligor, notInForce, repeating } from './commitment-terms.decider.js';
import type { Ask, Judgement } from './commitment-terms.decider.js';
import type { Commitment, Report } from './commitment.facts.js';
import {
  debts,
  isOpen,
  latestReportOf,
  latestReportTo,
  obligorTo,
  settling,
  undertakingOf,
} from './commitment-standing.facts.js';

/**
 * The commitment is discharged once all that is owed is fulfilled, as each beneficiary has acknowledged, or released by
 * those who waive it. `own` are the words by which this act settles what is owed to its party.
 */
function discharging(
  command: Ask<'AcknowledgeFulfilment' | 'WaiveCommitment'>,
  commitment: Commitment,
  own: readonly Said[],
): readonly Decided[] {
  const others = debts(commitment)
    .filter((one) => one.beneficiary !== command.act.party)
    .map((one) => settling(commitment, one));
  if (others.some((words) => words.length === 0)) return [];
  const rests = [...own, ...others.flat()].map(restOnSaid);
  return [
    { type: 'CommitmentDischarged', data: {}, content: {}, derivedFrom: [...rests, restOnThis(command)] },
  ];
}

/** The discharge that the words as they stand call for, where nothing says yet that nothing is owed any more. */
export function follows(commitment: Commitment): readonly Decided[] {
  const words = debts(commitment).map((one) => settling(commitment, one));
  if (commitment.ended !== null || words.length === 0 || words.some((one) => one.length === 0)) return [];
  return [{ type: 'CommitmentDischarged', data: {}, content: {}, derivedFrom: words.flat().map(restOnSaid) }];
}

function nothingReported(because: string): Judgement {
  return refuse('NOTHING_REPORTED', because);
}

/** Each report is on record by itself; what is over takes only the own word of an obligor that others spoke for. */
export function report(command: Ask<'ReportFulfilment'>, commitment: Commitment): Judgement {
  const party = command.act.party ?? '';
  const refused = notAnObligor(commitment, party) ?? notInForce(commitment, party);
  if (refused !== undefined) return refused;
  const agreement = agreementOn(command.facts.basis, commitment.irritantIds);
  const { agreement: _, ...data } = command.event.data;
  const own = { ...command.event, data: { ...data, ...(agreement === undefined ? {} : { agreement }) } };
  const event = restingOn(own, undertakingOf(commitment, party));
  const shut = ended(commitment);
  if (shut === undefined) return accept(event);
  const last = latestReportOf(commitment, party);
  return repeating(command, last === undefined ? [] : [last.said], event) ?? shut;
}

function answerOf(found: Report | undefined, party: string | null) {
  return found?.answers.find((one) => one.said.party === party);
}

export function acknowledge(command: Ask<'AcknowledgeFulfilment'>, commitment: Commitment): Judgement {
  const { party } = command.act;
  const found = latestReportTo(commitment, party);
  const answer = answerOf(found, party);
  const event = ending(restingOn(command.event, found?.said), found?.said);
  const refused =
    notABeneficiary(commitment, party) ??
    repeating(command, answer?.kind === 'acknowledged' ? [answer.said] : [], event) ??
    ended(commitment, party);
  if (refused !== undefined) return refused;
  if (found === undefined) {
    return nothingReported('No obligor on the other side has reported fulfilment: wait for its report.');
  }
  return commitment.mode === 'continuous'
    ? accept(event)
    : accept(event, ...discharging(command, commitment, [found.said]));
}

export function dispute(command: Ask<'DisputeFulfilment'>, commitment: Commitment): Judgement {
  const { party } = command.act;
  const found = latestReportTo(commitment, party);
  const answer = answerOf(found, party);
  const refused = notABeneficiary(commitment, party);
  if (refused !== undefined) return refused;
  if (answer?.kind === 'disputed' && alreadySaid([answer.said], command.act)) return nothing;
  const shut = ended(commitment, party);
  if (shut !== undefined) return shut;
  if (found === undefined) {
    return nothingReported('No obligor on the other side has reported fulfilment: allege a breach instead.');
  }
  // What was acknowledged in its name does not keep the party itself from disputing it.
  return answer?.kind === 'acknowledged' && alreadySaid([answer.said], command.act)
    ? nothingReported(`${party} has acknowledged the last report, and nothing has been reported since.`)
    : accept(ending(restingOn(command.event, found.said), found.said));
}

/** A waiver ends what the other side has undertaken, and the party's own allegations with it. */
export function waive(command: Ask<'WaiveCommitment'>, commitment: Commitment): Judgement {
  const { party } = command.act;
  const debt = undertakingOf(commitment, obligorTo(commitment, party) ?? '');
  const dropped = commitment.allegations.filter((one) => one.said.party === party && isOpen(commitment, one));
  const event = ending(command.event, debt, ...dropped.map((one) => one.said));
  const refused =
    notABeneficiary(commitment, party) ?? repeating(command, commitment.waivers, event) ?? ended(commitment);
  if (refused !== undefined) return refused;
  const allWaived = debts(commitment).every(
    ({ beneficiary }) => beneficiary === party || hasSaid(commitment.waivers, beneficiary),
  );
  return allWaived ? accept(event) : accept(event, ...discharging(command, commitment, []));
}
