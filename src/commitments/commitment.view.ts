import { hasSaid, markedView, saidView, since, toldView } from '#libs/decider';
import type { Said, WordsOf } from '#libs/decider';
import type { Allegation, Commitment, Report } from './commitment.facts.js';
import {
  debts,
  isDisputed,
  isOpen,
  isShared,
  latestReportOf,
  settling,
  statusOf,
} from './commitment-standing.facts.js';

interface Awaiting {
  readonly what: 'answer-to-fulfilment' | 'answer-to-breach' | 'answer-to-extension';
  readonly from: string;
  readonly since: string;
  readonly breachId?: string;
}

/** What the next word must be, from whom, and since when it is owed. */
function awaiting(commitment: Commitment): readonly Awaiting[] {
  if (commitment.ended !== null) return [];
  const parties = [...new Set([...commitment.obligors, ...commitment.beneficiaries])];
  const reported = debts(commitment).flatMap(({ obligor, beneficiary }): Awaiting[] => {
    const report = latestReportOf(commitment, obligor);
    const isDone =
      settling(commitment, { obligor, beneficiary }).length > 0 ||
      report?.answers.some((one) => one.said.party === beneficiary) === true;
    return report === undefined || isDone
      ? []
      : [{ what: 'answer-to-fulfilment', from: beneficiary, since: since(report.said) }];
  });
  const alleged = commitment.allegations
    .filter((one) => isOpen(commitment, one))
    .flatMap(({ breachId, said, answers }) =>
      commitment.obligors
        .filter((one) => one !== said.party && !hasSaid(answers, one))
        .map((from): Awaiting => ({ what: 'answer-to-breach', from, since: since(said), breachId })),
    );
  const proposed = commitment.extensions
    .filter((one) => !isShared(one))
    .flatMap(({ words }) =>
      parties
        .filter((one) => !hasSaid(words, one))
        .flatMap((from) =>
          words.map((word): Awaiting => ({ what: 'answer-to-extension', from, since: since(word) })),
        ),
    );
  return [...reported, ...alleged, ...proposed];
}

function reportView(report: Report, wordsOf: WordsOf) {
  const state = report.answers.length === 0 ? 'reported' : isDisputed(report) ? 'disputed' : 'acknowledged';
  return {
    ...toldView(report.said, wordsOf),
    agreement: report.agreement,
    state,
    answers: report.answers.map(({ kind, said }) => ({ kind, ...toldView(said, wordsOf) })),
  };
}

function allegationState(commitment: Commitment, allegation: Allegation) {
  if (allegation.withdrawn !== null) return 'withdrawn';
  if (!isOpen(commitment, allegation)) return 'dropped';
  return allegation.answers.length === 0 ? 'alleged' : 'answered';
}

function allegationView(commitment: Commitment, allegation: Allegation, wordsOf: WordsOf) {
  const { breachId, said, answers, withdrawn } = allegation;
  return {
    breachId,
    ...toldView(said, wordsOf),
    state: allegationState(commitment, allegation),
    answers: told(answers, wordsOf),
    withdrawn: withdrawn === null ? null : toldView(withdrawn, wordsOf),
  };
}

function told(all: readonly Said[], wordsOf: WordsOf) {
  return all.map((one) => toldView(one, wordsOf));
}

/** What is owed, and beside it what each side says of its fulfilment, of a breach and of the date. */
export function commitmentView(commitment: Commitment, wordsOf: WordsOf) {
  const words = wordsOf(commitment.asserted.eventId);
  const { discharge, ended } = commitment;
  return {
    dialogueId: commitment.dialogueId,
    synthetic: commitment.synthetic,
    obligors: commitment.obligors,
    beneficiaries: commitment.beneficiaries,
    mode: commitment.mode,
    basis: commitment.basis,
    irritantIds: commitment.irritantIds,
    text: words['text'] ?? null,
    conditions: words['conditions'] ?? null,
    textHash: commitment.textHash,
    asserted: markedView(commitment.asserted, wordsOf),
    undertakings: told(commitment.undertakenBy, wordsOf),
    inForceFor: commitment.inForceFor,
    assertedFor: commitment.assertedFor,
    status: statusOf(commitment),
    breachOpen: commitment.breachOpen,
    due: commitment.due,
    originalDue: commitment.originalDue,
    reports: commitment.reports.map((one) => reportView(one, wordsOf)),
    allegations: commitment.allegations.map((one) => allegationView(commitment, one, wordsOf)),
    extensions: commitment.extensions.map((one) => ({
      due: one.due,
      byBoth: isShared(one),
      said: told(one.words, wordsOf),
    })),
    waivers: told(commitment.waivers, wordsOf),
    discharged: ended === 'discharged' && discharge !== null ? saidView(discharge) : null,
    awaiting: awaiting(commitment),
    lastHeard: commitment.lastHeard,
    updatedAt: commitment.updated.recordedAt,
  };
}
