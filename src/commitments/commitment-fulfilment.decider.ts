import { accept, alreadySaid, hasSaid, nothing, refuse, restOnSaid, restOnThis } from '#libs/decider';
import type { Decided } from '#libs/decider';
import { ended, notABeneficiary, notAnObligor, repeating } from './commitment-terms.decider.js';
import type { Ask, Judgement } from './commitment-terms.decider.js';
import type { Commitment } from './commitment.facts.js';
import { debts, latestReportTo, settling, standingReport } from './commitment-standing.facts.js';

/**
 * The commitment is discharged once all that is owed is fulfilled, as each beneficiary has acknowledged, or released by
 * those who waive it. `own` are the words by which this act settles what is owed to its party.
 */
function discharging(
  command: Ask<'AcknowledgeFulfilment' | 'WaiveCommitment'>,
  commitment: Commitment,
  own: readonly Parameters<typeof restOnSaid>[0][],
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

function nothingReported(because: string): Judgement {
  return refuse('NOTHING_REPORTED', because);
}

export function report(command: Ask<'ReportFulfilment'>, commitment: Commitment): Judgement {
  const party = command.act.party ?? '';
  if (!commitment.obligors.includes(party)) return notAnObligor(commitment, party);
  const same = standingReport(commitment, party);
  return (
    repeating(command, same === undefined ? [] : [same.said]) ?? ended(commitment) ?? accept(command.event)
  );
}

export function acknowledge(command: Ask<'AcknowledgeFulfilment'>, commitment: Commitment): Judgement {
  const { party } = command.act;
  const found = latestReportTo(commitment, party);
  const answer = found?.answers.find((one) => one.said.party === party);
  const refused =
    notABeneficiary(commitment, party) ??
    repeating(command, answer?.kind === 'acknowledged' ? [answer.said] : []) ??
    ended(commitment, party);
  if (refused !== undefined) return refused;
  if (found === undefined) {
    return nothingReported('No obligor on the other side has reported fulfilment: wait for its report.');
  }
  return commitment.mode === 'continuous'
    ? accept(command.event)
    : accept(command.event, ...discharging(command, commitment, [found.said]));
}

export function dispute(command: Ask<'DisputeFulfilment'>, commitment: Commitment): Judgement {
  const { party } = command.act;
  const found = latestReportTo(commitment, party);
  const answer = found?.answers.find((one) => one.said.party === party);
  const refused = notABeneficiary(commitment, party);
  if (refused !== undefined) return refused;
  if (answer?.kind === 'disputed' && alreadySaid([answer.said], command.act)) return nothing;
  const shut = ended(commitment, party);
  if (shut !== undefined) return shut;
  if (found === undefined) {
    return nothingReported('No obligor on the other side has reported fulfilment: allege a breach instead.');
  }
  return answer?.kind === 'acknowledged'
    ? nothingReported(`${party} has acknowledged the last report, and nothing has been reported since.`)
    : accept(command.event);
}

export function waive(command: Ask<'WaiveCommitment'>, commitment: Commitment): Judgement {
  const { party } = command.act;
  const refused =
    notABeneficiary(commitment, party) ?? repeating(command, commitment.waivers) ?? ended(commitment);
  if (refused !== undefined) return refused;
  const allWaived = debts(commitment).every(
    ({ beneficiary }) => beneficiary === party || hasSaid(commitment.waivers, beneficiary),
  );
  return allWaived ? accept(command.event) : accept(command.event, ...discharging(command, commitment, []));
}
