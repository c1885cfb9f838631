import {
  accept,
  alreadySaid,
  contradicting,
  ending,
  firstOf,
  hasSaid,
  isOwnWord,
  nothing,
  ownWordStands,
  refuse,
  restingOn,
  restOnSaid,
  restOnThis,
} from '#libs/decider';
import type { Decided, Said } from '#libs/decider';
import { ended, notABeneficiary, notAnObligor, notInForce, repeating } from './commitment-terms.decider.js';
import type { Ask } from './commitment-terms.decider.js';
import type { Commitment, Report } from './commitment.facts.js';
import {
  debts,
  groundOf,
  isOpen,
  latestReportOf,
  obligorTo,
  reportsTo,
  settling,
  standingReport,
} from './commitment-status.facts.js';

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

function nothingReported(because: string) {
  return refuse('NOTHING_REPORTED', because);
}

/** Each report is on record by itself; what is over takes only the own word of an obligor that others spoke for. */
export function report(command: Ask<'ReportFulfilment'>, commitment: Commitment) {
  const party = command.act.party ?? '';
  const refused = notAnObligor(commitment, party) ?? notInForce(commitment, party);
  if (refused !== undefined) return refused;
  // The own word of an obligor that others spoke for is one on the same report.
  const same = standingReport(commitment, party);
  const isSame = same !== undefined && isOwnWord(command, same.said);
  const own = isSame ? { ...command.event, data: { reportId: same.reportId } } : command.event;
  const event = restingOn(own, groundOf(commitment, party));
  const shut = ended(commitment);
  if (shut === undefined) return accept(event);
  const last = latestReportOf(commitment, party);
  return repeating(command, last === undefined ? [] : [last.said], event) ?? shut;
}

function answerOf(found: Report | undefined, party: string | null) {
  return found?.answers.find((one) => one.said.party === party);
}

type Answering = Ask<'AcknowledgeFulfilment' | 'DisputeFulfilment'>;

/** The report that an answer names; where it names none, the only one that its party has left open. */
function answeredBy(command: Answering, commitment: Commitment) {
  const { party } = command.act;
  const reports = reportsTo(commitment, party);
  const { reportId } = command.event.data as { readonly reportId?: string };
  if (reportId !== undefined) {
    return (
      reports.find((one) => one.reportId === reportId) ??
      refuse('REPORT_UNKNOWN', `The other side has made no report ${reportId}; its reports are in "reports".`)
    );
  }
  const open = reports.filter((one) => answerOf(one, party) === undefined);
  if (open.length > 1) {
    return refuse(
      'SEVERAL_REPORTS',
      `Several reports are open: say in "reportId" which one is answered: ${firstOf(open.map((one) => one.reportId))}.`,
    );
  }
  return (
    open[0] ??
    lastAnswered(reports, party) ??
    nothingReported('No obligor on the other side has reported fulfilment yet.')
  );
}

/** The same word once more, or another one in its place, is on the report on which the party spoke last. */
function lastAnswered(reports: readonly Report[], party: string | null): Report | undefined {
  const spoken = (one: Report) => answerOf(one, party)?.said.recordedAt ?? '';
  return reports.reduce<Report | undefined>(
    (last, one) => (last === undefined || spoken(one) >= spoken(last) ? one : last),
    undefined,
  );
}

/** The answer to that report, whether or not the request named it. */
function answering<T extends Answering>(command: T, { reportId, said }: Report): T['event'] {
  const data = { ...command.event.data, reportId };
  return ending(restingOn({ ...command.event, data }, said), said);
}

/** What the party said of the report itself, nobody else says otherwise in its name. */
function answeredItself(
  { act }: Answering,
  answer: Report['answers'][number] | undefined,
  kind: 'acknowledged' | 'disputed',
) {
  return answer?.kind === kind ? undefined : ownWordStands(act, answer?.said, `${answer?.kind} this report`);
}

export function acknowledge(command: Ask<'AcknowledgeFulfilment'>, commitment: Commitment) {
  const { party } = command.act;
  const stranger = notABeneficiary(commitment, party);
  if (stranger !== undefined) return stranger;
  const found = answeredBy(command, commitment);
  if (!('reportId' in found)) return ended(commitment, party) ?? found;
  const answer = answerOf(found, party);
  const event = answering(command, found);
  const refused =
    answeredItself(command, answer, 'acknowledged') ??
    repeating(command, answer?.kind === 'acknowledged' ? [answer.said] : [], event) ??
    ended(commitment, party);
  if (refused !== undefined) return refused;
  return commitment.mode === 'continuous'
    ? accept(event)
    : accept(event, ...discharging(command, commitment, [found.said]));
}

export function dispute(command: Ask<'DisputeFulfilment'>, commitment: Commitment) {
  const { party } = command.act;
  const stranger = notABeneficiary(commitment, party);
  if (stranger !== undefined) return stranger;
  const found = answeredBy(command, commitment);
  if (!('reportId' in found)) return ended(commitment, party) ?? found;
  const answer = answerOf(found, party);
  const stands = answeredItself(command, answer, 'disputed');
  if (stands !== undefined) return stands;
  if (answer?.kind === 'disputed' && alreadySaid([answer.said], command.act)) return nothing;
  const shut = ended(commitment, party);
  if (shut !== undefined) return shut;
  // What was acknowledged in its name does not keep the party itself from disputing it.
  return answer?.kind === 'acknowledged' && alreadySaid([answer.said], command.act)
    ? nothingReported(`${party} has acknowledged this report.`)
    : accept(
        answering(command, found),
        ...contradicting(command, answer?.kind === 'acknowledged' ? answer.said : undefined),
      );
}

/** A waiver ends what the other side has undertaken, and the party's own allegations with it. */
export function waive(command: Ask<'WaiveCommitment'>, commitment: Commitment) {
  const { party } = command.act;
  const debt = groundOf(commitment, obligorTo(commitment, party) ?? '');
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
