import { isHearsay, isOwnWord, said, since, unmoved, withWord } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import { commitmentEvents } from './commitment.events.js';
import type { CommitmentFact } from './commitment.events.js';
import type { Allegation, Commitment } from './commitment.facts.js';
import { firmest, withAnswer, withReport } from './commitment-reports.facts.js';
import { dueOf, endedBy, endOf, groundOf, isShared, openBreaches } from './commitment-status.facts.js';

type Of<T extends CommitmentFact['type']> = Extract<CommitmentFact, { type: T }>;

function born(fact: Of<'CommitmentAsserted'>): Commitment {
  const { due = null, basis = null, ...data } = fact.data;
  return derivedFrom(
    {
      ...data,
      due,
      basis,
      originalDue: due,
      asserted: said(fact),
      undertakenBy: [],
      agreedFor: [],
      declinedBy: [],
      flags: [],
      inForceFor: [],
      assertedFor: [],
      reports: [],
      allegations: [],
      extensions: [],
      waivers: [],
      discharge: null,
      ended: null,
      endedBy: [],
      openBreaches: [],
      breachOpen: false,
      lastHeard: since(fact),
    },
    fact,
  );
}

function without(words: readonly Said[], party: string | null): readonly Said[] {
  return words.filter((one) => one.party !== party);
}

/** One text stands once for an obligor, by its latest agreed version. */
function agreed(commitment: Commitment, fact: Of<'CommitmentAgreed'>): Commitment {
  const { obligor, by, due = null } = fact.data;
  const others = commitment.agreedFor.filter((one) => one.obligor !== obligor || one.by.id !== by.id);
  return {
    ...commitment,
    agreedFor: [...others, { ...fact.data, due, said: said(fact) }],
    declinedBy: without(commitment.declinedBy, obligor),
  };
}

function onAllegation(
  commitment: Commitment,
  breachId: string,
  change: (allegation: Allegation) => Allegation,
): Commitment {
  return {
    ...commitment,
    allegations: commitment.allegations.map((one) => (one.breachId === breachId ? change(one) : one)),
  };
}

/** Every answer stands; the party's own take the place of those that were attributed to it. */
function withBreachAnswered(allegation: Allegation, fact: Fact): Allegation {
  const { answers } = allegation;
  if (fact.act.party === allegation.said.party || answers.some((one) => isHearsay(fact, one)))
    return allegation;
  const kept = answers.filter((one) => !isOwnWord(fact, one));
  return { ...allegation, answers: [...kept, said(fact)] };
}

/** Only who alleged it withdraws it, and by a word as good as the allegation. */
function withBreachWithdrawn(allegation: Allegation, fact: Fact): Allegation {
  if (fact.act.party !== allegation.said.party || isHearsay(fact, allegation.said)) return allegation;
  const { withdrawn } = allegation;
  return { ...allegation, withdrawn: withdrawn === null ? said(fact) : firmest(withdrawn, fact) };
}

/** A party proposes one date at a time: a new one takes the place of its earlier word that was not shared. */
function withExtension(commitment: Commitment, fact: Of<'CommitmentExtended'>): Commitment {
  const { due } = fact.data;
  const { party } = fact.act;
  const proposed = commitment.extensions.filter((one) => !isShared(one)).flatMap((one) => one.words);
  if (proposed.some((one) => isHearsay(fact, one))) return commitment;
  const inForce = commitment.extensions.findLast(isShared);
  const kept = commitment.extensions
    .map((one) =>
      isShared(one) || one.due === due
        ? one
        : { ...one, words: one.words.filter((word) => word.party !== party) },
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
    case 'CommitmentUndertaken':
      return commitment.obligors.includes(fact.act.party ?? '')
        ? {
            ...commitment,
            undertakenBy: withWord(commitment.undertakenBy, fact),
            declinedBy: without(commitment.declinedBy, fact.act.party),
          }
        : commitment;
    case 'CommitmentDeclined':
      return { ...commitment, declinedBy: withWord(commitment.declinedBy, fact) };
    case 'CommitmentAgreed':
      return agreed(commitment, fact);
    case 'CommitmentAgreementEnded':
      return {
        ...commitment,
        agreedFor: commitment.agreedFor.filter(
          ({ by, obligor }) => by.id !== fact.data.by.id || !fact.data.obligors.includes(obligor),
        ),
      };
    case 'ConsequenceRefused':
      return {
        ...commitment,
        flags: [...commitment.flags, { kind: 'consequence-refused', ...fact.data }],
      };
    case 'FulfilmentReported':
      return withReport(commitment, fact);
    case 'FulfilmentAcknowledged':
      return withAnswer(commitment, fact, 'acknowledged');
    case 'FulfilmentDisputed':
      return withAnswer(commitment, fact, 'disputed');
    case 'BreachAlleged': {
      const allegation = { breachId: fact.data.breachId, said: said(fact), answers: [], withdrawn: null };
      return { ...commitment, allegations: [...commitment.allegations, allegation] };
    }
    case 'BreachAnswered':
      return onAllegation(commitment, fact.data.breachId, (one) => withBreachAnswered(one, fact));
    case 'BreachWithdrawn':
      return onAllegation(commitment, fact.data.breachId, (one) => withBreachWithdrawn(one, fact));
    case 'CommitmentExtended':
      return withExtension(commitment, fact);
    case 'CommitmentWaived':
      return { ...commitment, waivers: withWord(commitment.waivers, fact) };
    case 'CommitmentDischarged':
      return { ...commitment, discharge: said(fact) };
    case 'CommitmentAsserted':
      return commitment;
    default:
      return unmoved(commitment, fact);
  }
}

/** Amendments keep the record and are no word of a party on the matter. */
function isAct(fact: Fact): boolean {
  return fact.act.party !== null && Object.hasOwn(commitmentEvents, fact.type);
}

/** What follows from the words: for whom it is in force, by when, whether a breach stands, and whether it is over. */
function derivedFrom(reached: Commitment, fact: Fact): Commitment {
  const breaches = openBreaches(reached);
  const isInForce = (obligor: string) => groundOf(reached, obligor) !== undefined;
  return {
    ...reached,
    inForceFor: reached.obligors.filter(isInForce),
    assertedFor: reached.obligors.filter((one) => !isInForce(one)),
    ended: endOf(reached),
    endedBy: endedBy(reached),
    due: dueOf(reached),
    openBreaches: breaches,
    breachOpen: breaches.length > 0,
    lastHeard: isAct(fact) ? since(fact) : reached.lastHeard,
  };
}

export function evolve(commitment: Commitment | null, fact: Fact): Commitment | null {
  const known = fact as CommitmentFact;
  if (commitment === null) return known.type === 'CommitmentAsserted' ? born(known) : null;
  return derivedFrom(next(commitment, known), fact);
}
