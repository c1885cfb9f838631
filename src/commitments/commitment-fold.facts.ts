import { said, since, withWord } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import { commitmentEvents } from './commitment.events.js';
import type { CommitmentFact } from './commitment.events.js';
import type { Commitment, Report } from './commitment.facts.js';
import { dueOf, endOf, isOpen, isShared, standingReport } from './commitment-standing.facts.js';

type Of<T extends CommitmentFact['type']> = Extract<CommitmentFact, { type: T }>;

function born(fact: Of<'CommitmentUndertaken'>): Commitment {
  const { due = null, ...data } = fact.data;
  return {
    ...data,
    due,
    originalDue: due,
    undertaken: said(fact),
    reports: [],
    allegations: [],
    extensions: [],
    waivers: [],
    discharge: null,
    ended: null,
    breachOpen: false,
    lastHeard: since(fact),
    updated: { eventId: fact.id, recordedAt: fact.recordedAt },
  };
}

/** The first word stays, unless the party now says itself what was attributed to it. */
function firmest(earlier: Said, fact: Fact): Said {
  return withWord([earlier], fact)[0] ?? earlier;
}

function withReport(commitment: Commitment, fact: Fact): Commitment {
  const same = standingReport(commitment, fact.act.party ?? '');
  const { reports } = commitment;
  return {
    ...commitment,
    reports:
      same === undefined
        ? [...reports, { said: said(fact), answers: [] }]
        : reports.map((one) => (one === same ? { ...one, said: firmest(one.said, fact) } : one)),
  };
}

/** An answer is to the latest report of the other side, and to those before it that were left unanswered. */
function withAnswer(commitment: Commitment, fact: Fact, kind: Report['answers'][number]['kind']): Commitment {
  const { party } = fact.act;
  const latest = commitment.reports.findLast((one) => one.said.party !== party);
  const answered = (report: Report): Report => {
    const earlier = report.answers.find((one) => one.said.party === party);
    const others = report.answers.filter((one) => one !== earlier);
    if (report.said.party === party || (earlier !== undefined && report !== latest)) return report;
    if (earlier?.kind === 'acknowledged' && kind === 'disputed') return report;
    const word = earlier?.kind === kind ? firmest(earlier.said, fact) : said(fact);
    return { ...report, answers: [...others, { kind, said: word }] };
  };
  return { ...commitment, reports: commitment.reports.map(answered) };
}

function withAllegation(commitment: Commitment, fact: Fact): Commitment {
  const { allegations } = commitment;
  const standing = allegations.find((one) => one.said.party === fact.act.party && one.withdrawn === null);
  return {
    ...commitment,
    allegations:
      standing === undefined
        ? [...allegations, { said: said(fact), answers: [], withdrawn: null }]
        : allegations.map((one) => (one === standing ? { ...one, said: firmest(one.said, fact) } : one)),
  };
}

function withBreachAnswered(commitment: Commitment, fact: Fact): Commitment {
  return {
    ...commitment,
    allegations: commitment.allegations.map((one) =>
      one.said.party === fact.act.party || one.withdrawn !== null
        ? one
        : { ...one, answers: withWord(one.answers, fact) },
    ),
  };
}

function withBreachWithdrawn(commitment: Commitment, fact: Fact): Commitment {
  const latest = commitment.allegations.findLast((one) => one.said.party === fact.act.party);
  return {
    ...commitment,
    allegations: commitment.allegations.map((one) =>
      one === latest
        ? { ...one, withdrawn: one.withdrawn === null ? said(fact) : firmest(one.withdrawn, fact) }
        : one,
    ),
  };
}

/** A party proposes one date at a time: a new one takes the place of its earlier word that was not shared. */
function withExtension(commitment: Commitment, fact: Of<'CommitmentExtended'>): Commitment {
  const { due } = fact.data;
  const inForce = commitment.extensions.findLast(isShared);
  const kept = commitment.extensions
    .map((one) =>
      isShared(one) || one.due === due
        ? one
        : { ...one, words: one.words.filter((word) => word.party !== fact.act.party) },
    )
    .filter((one) => one.words.length > 0);
  const same = due === commitment.due ? inForce : kept.find((one) => one.due === due && !isShared(one));
  const extensions =
    same === undefined
      ? [...kept, ...(due === commitment.due ? [] : [{ due, words: [said(fact)] }])]
      : kept.map((one) => (one === same ? { ...one, words: withWord(one.words, fact) } : one));
  return { ...commitment, extensions };
}

function next(commitment: Commitment, fact: CommitmentFact): Commitment {
  switch (fact.type) {
    case 'FulfilmentReported':
      return withReport(commitment, fact);
    case 'FulfilmentAcknowledged':
      return withAnswer(commitment, fact, 'acknowledged');
    case 'FulfilmentDisputed':
      return withAnswer(commitment, fact, 'disputed');
    case 'BreachAlleged':
      return withAllegation(commitment, fact);
    case 'BreachAnswered':
      return withBreachAnswered(commitment, fact);
    case 'BreachWithdrawn':
      return withBreachWithdrawn(commitment, fact);
    case 'CommitmentExtended':
      return withExtension(commitment, fact);
    case 'CommitmentWaived':
      return { ...commitment, waivers: withWord(commitment.waivers, fact) };
    case 'CommitmentDischarged':
      return { ...commitment, discharge: said(fact) };
    default:
      return commitment;
  }
}

/** Amendments keep the record and are no word of a party on the matter. */
function isAct(fact: Fact): boolean {
  return fact.act.party !== null && Object.hasOwn(commitmentEvents, fact.type);
}

export function evolve(commitment: Commitment | null, fact: Fact): Commitment | null {
  const known = fact as CommitmentFact;
  if (commitment === null) return known.type === 'CommitmentUndertaken' ? born(known) : null;
  const reached = next(commitment, known);
  const ended = endOf(reached);
  return {
    ...reached,
    ended,
    due: dueOf(reached),
    breachOpen: reached.allegations.some((one) => isOpen(reached, one)),
    lastHeard: isAct(fact) ? since(fact) : commitment.lastHeard,
    updated: { eventId: fact.id, recordedAt: fact.recordedAt },
  };
}
