import { hasSaid, markedView, saidView, since, toldView, toldViews } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import type { Allegation, Commitment, Report } from './commitment.facts.js';
import { debts, isDisputed, isOpen, isShared, settling, statusOf } from './commitment-status.facts.js';

interface Awaiting {
  readonly what: 'answer-to-assertion' | 'answer-to-fulfilment' | 'answer-to-breach' | 'answer-to-extension';
  readonly from: string;
  readonly since: string;
  readonly breachId?: string;
  readonly reportId?: string;
}

function answeredBy(answers: Report['answers'], party: string): boolean {
  return answers.some((one) => one.said.party === party);
}

/** Whether anybody to whom the obligor would owe it has not released it. */
function isUnreleased(commitment: Commitment, obligor: string): boolean {
  return debts(commitment).some(
    (one) => one.obligor === obligor && !hasSaid(commitment.waivers, one.beneficiary),
  );
}

/** What the next word must be, from whom, and since when it is owed. */
export function awaiting(commitment: Commitment): readonly Awaiting[] {
  if (commitment.ended !== null) return [];
  const parties = [...new Set([...commitment.obligors, ...commitment.beneficiaries])];
  const { asserted, declinedBy, assertedFor } = commitment;
  const undertakings = assertedFor
    .filter((one) => one !== asserted.party && !hasSaid(declinedBy, one) && isUnreleased(commitment, one))
    .map((from): Awaiting => ({ what: 'answer-to-assertion', from, since: since(asserted) }));
  const reported = debts(commitment)
    .filter((one) => settling(commitment, one).length === 0)
    .flatMap(({ obligor, beneficiary }) =>
      commitment.reports
        .filter(({ said, answers }) => said.party === obligor && !answeredBy(answers, beneficiary))
        .map(({ said, reportId }): Awaiting => ({
          what: 'answer-to-fulfilment',
          from: beneficiary,
          since: since(said),
          reportId,
        })),
    );
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
  return [...undertakings, ...reported, ...alleged, ...proposed];
}

function reportView(report: Report, wordsOf: WordsOf) {
  const state = report.answers.length === 0 ? 'reported' : isDisputed(report) ? 'disputed' : 'acknowledged';
  return {
    reportId: report.reportId,
    ...toldView(report.said, wordsOf),
    state,
    answers: report.answers.map(({ kind, said }) => ({
      kind,
      ...toldView(said, wordsOf),
    })),
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
    answers: toldViews(answers, wordsOf),
    withdrawn: withdrawn === null ? null : toldView(withdrawn, wordsOf),
  };
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
    undertakings: toldViews(commitment.undertakenBy, wordsOf),
    agreedFor: commitment.agreedFor.map(({ said, ...one }) => ({ ...one, eventId: said.eventId })),
    declined: toldViews(commitment.declinedBy, wordsOf),
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
      said: toldViews(one.words, wordsOf),
    })),
    waivers: toldViews(commitment.waivers, wordsOf),
    discharged: ended === 'discharged' && discharge !== null ? saidView(discharge) : null,
    awaiting: awaiting(commitment),
    flags: commitment.flags,
    lastHeard: commitment.lastHeard,
  };
}
