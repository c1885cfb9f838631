import { hasSaid } from '#libs/decider';
import type { Said } from '#libs/decider';
import type { OpenBreach } from './commitment.events.js';
import type { Allegation, Commitment, Extension, Report } from './commitment.facts.js';

export const statuses = [
  'asserted',
  'declined',
  'open',
  'fulfilment-reported',
  'disputed',
  'discharged',
  'waived',
] as const;

/** Whether something is owed: undertaken by an obligor, and neither discharged nor waived. */
export function isOwing(status: (typeof statuses)[number]): boolean {
  return !['asserted', 'declined', 'discharged', 'waived'].includes(status);
}

interface Debt {
  readonly obligor: string;
  readonly beneficiary: string;
}

/** What each obligor owes each beneficiary other than itself, once it has undertaken it; nobody owes itself anything. */
export function debts({ obligors, beneficiaries }: Commitment): readonly Debt[] {
  return obligors.flatMap((obligor) =>
    beneficiaries.filter((one) => one !== obligor).map((beneficiary) => ({ obligor, beneficiary })),
  );
}

export function isOwed(commitment: Commitment, party: string | null): boolean {
  return debts(commitment).some((one) => one.beneficiary === party);
}

/** A commitment is between the two parties of a dialogue, so a beneficiary has one obligor on the other side. */
export function obligorTo(commitment: Commitment, party: string | null): string | undefined {
  return debts(commitment).find((one) => one.beneficiary === party)?.obligor;
}

/**
 * That by which it is in force for this obligor: its own word, which stands whatever becomes of a text; else the agreed
 * text that names it. Undefined where it is only asserted.
 */
export function groundOf({ undertakenBy, agreedFor }: Commitment, obligor: string): Said | undefined {
  return (
    undertakenBy.find((one) => one.party === obligor) ??
    agreedFor.find((one) => one.obligor === obligor)?.said
  );
}

export function latestReportOf(commitment: Commitment, party: string): Report | undefined {
  return commitment.reports.findLast((one) => one.said.party === party);
}

/** What the other side has reported to this party. */
export function reportsTo({ reports }: Commitment, party: string | null): readonly Report[] {
  return reports.filter((one) => one.said.party !== party);
}

export function isDisputed(report: Report): boolean {
  return report.answers.some((one) => one.kind === 'disputed');
}

/**
 * The report whose place the party's own takes where it was attributed to it. A disputed report is reported anew, and
 * conduct that is owed all the time is reported again and again.
 */
export function standingReport(commitment: Commitment, party: string): Report | undefined {
  const report = latestReportOf(commitment, party);
  return report === undefined || isDisputed(report) || commitment.mode === 'continuous' ? undefined : report;
}

/** The words that settle a debt: the waiver of the beneficiary, or a report with its acknowledgement. */
export function settling(commitment: Commitment, { obligor, beneficiary }: Debt): readonly Said[] {
  const waiver = commitment.waivers.find((one) => one.party === beneficiary);
  if (waiver !== undefined) return [waiver];
  // What is owed all the time is never fulfilled for good: an acknowledgement says that it was kept so far.
  if (commitment.mode === 'continuous') return [];
  // What was acknowledged once stays so, whatever the obligor reports beside.
  return commitment.reports
    .filter((one) => one.said.party === obligor)
    .flatMap(({ said, answers }) => {
      const answer = answers.find((one) => one.said.party === beneficiary);
      return answer?.kind === 'acknowledged' ? [said, answer.said] : [];
    })
    .slice(0, 2);
}

/** The derived event counts only while the words that it was drawn from do: any of them may have dropped out. */
export function endOf(commitment: Commitment): Commitment['ended'] {
  const owed = debts(commitment);
  if (owed.every((one) => hasSaid(commitment.waivers, one.beneficiary))) return 'waived';
  const settled = owed.every((one) => settling(commitment, one).length > 0);
  return settled && commitment.discharge !== null ? 'discharged' : null;
}

export function endedBy(commitment: Commitment): readonly Said[] {
  return endOf(commitment) === null ? [] : debts(commitment).flatMap((one) => settling(commitment, one));
}

export function allegationOf(commitment: Commitment, breachId: string): Allegation | undefined {
  return commitment.allegations.find((one) => one.breachId === breachId);
}

/** An answer leaves an allegation open; withdrawal, the waiver of its party and the end of the commitment don't. */
export function isOpen(commitment: Commitment, { said, withdrawn }: Allegation): boolean {
  return withdrawn === null && !hasSaid(commitment.waivers, said.party) && endOf(commitment) === null;
}

export function openBreaches(commitment: Commitment): readonly OpenBreach[] {
  return commitment.allegations
    .filter((one) => isOpen(commitment, one))
    .flatMap(({ breachId, said }) => {
      const obligor = obligorTo(commitment, said.party);
      return obligor === undefined ? [] : [{ breachId, obligor, said }];
    });
}

/** A party has one word in an extension, so two words are those of both sides. */
export function isShared({ words }: Extension): boolean {
  return words.length >= 2;
}

export function dueOf({ extensions, originalDue }: Commitment): string | null {
  return extensions.findLast(isShared)?.due ?? originalDue;
}

export function statusOf(commitment: Commitment): (typeof statuses)[number] {
  if (commitment.ended !== null) return commitment.ended;
  if (commitment.inForceFor.length === 0) {
    const isDeclined = commitment.obligors.every((one) => hasSaid(commitment.declinedBy, one));
    return isDeclined ? 'declined' : 'asserted';
  }
  const reports = debts(commitment)
    .filter((one) => settling(commitment, one).length === 0)
    .flatMap((one) => latestReportOf(commitment, one.obligor) ?? []);
  if (reports.some(isDisputed)) return 'disputed';
  return reports.some((one) => one.answers.length === 0) ? 'fulfilment-reported' : 'open';
}
