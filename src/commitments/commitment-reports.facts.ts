import { isHearsay, isOwnWord, said, withWord } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import type { CommitmentFact } from './commitment.events.js';
import { underOfAnswer, underOfReport } from './commitment-agreement.facts.js';
import type { Commitment, Report } from './commitment.facts.js';
import { standingReport } from './commitment-status.facts.js';

type Of<T extends CommitmentFact['type']> = Extract<CommitmentFact, { type: T }>;

/** The first word stays, unless the party now says itself what was attributed to it. */
export function firmest(earlier: Said, fact: Fact): Said {
  return withWord([earlier], fact)[0] ?? earlier;
}

/** Each report is its own, but for the obligor's own word in the place of one that was attributed to it. */
export function withReport(commitment: Commitment, fact: Of<'FulfilmentReported'>): Commitment {
  const { reports } = commitment;
  const earlier = reports.filter((one) => one.said.party === fact.act.party).map((one) => one.said);
  if (earlier.some((one) => isHearsay(fact, one))) return commitment;
  const same = standingReport(commitment, fact.act.party ?? '');
  const { reportId } = fact.data;
  const word = { reportId, said: said(fact), under: underOfReport(commitment, fact.act.party ?? '') };
  const isReplaced = isOwnWord(fact, same?.said);
  return {
    ...commitment,
    reports: isReplaced
      ? reports.map((one) => (one === same ? { ...one, ...word } : one))
      : [...reports, { ...word, answers: [] }],
  };
}

/** An answer is to the report that it names, and the last answer of its party to that one counts. */
export function withAnswer(
  commitment: Commitment,
  fact: Of<'FulfilmentAcknowledged' | 'FulfilmentDisputed'>,
  kind: Report['answers'][number]['kind'],
): Commitment {
  const { party } = fact.act;
  const answered = (report: Report): Report => {
    if (report.reportId !== fact.data.reportId || report.said.party === party) return report;
    const earlier = report.answers.find((one) => one.said.party === party);
    const others = report.answers.filter((one) => one !== earlier);
    if (earlier !== undefined && isHearsay(fact, earlier.said)) return report;
    const isSettled = earlier?.kind === 'acknowledged' && !isOwnWord(fact, earlier.said);
    if (isSettled && kind === 'disputed') return report;
    const word = earlier?.kind === kind ? firmest(earlier.said, fact) : said(fact);
    const under = kind === 'acknowledged' ? underOfAnswer(commitment, report, party) : null;
    return { ...report, answers: [...others, { kind, said: word, under }] };
  };
  return { ...commitment, reports: commitment.reports.map(answered) };
}
