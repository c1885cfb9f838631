import { said, unmoved, withWord } from '#libs/decider';
import type { Fact } from '#libs/decider';
import type { RoundFact } from './round.events.js';
import { accountOf, calledOffBy, discussionsOf } from './round.facts.js';
import type { CallingOff, Round } from './round.facts.js';

/** A side that says when it is to be, or that it was held, no longer says that it is off. */
function ended(round: Round, fact: Fact): Round {
  const off = calledOffBy(round, fact.act.party);
  if (off === undefined) return round;
  const calledOff = round.calledOff.map((one) => (one === off ? { ...off, ended: said(fact) } : one));
  return { ...round, calledOff };
}

function calledOff(round: Round, fact: Fact, one: Omit<CallingOff, 'said'>): Round {
  const before = ended(round, fact);
  return { ...before, calledOff: [...before.calledOff, { ...one, said: said(fact) }] };
}

function held(round: Round, fact: Fact): Round {
  if (fact.act.party === null) return round;
  const heldBy = withWord(round.heldBy, fact);
  const heldSince = round.heldSince ?? (heldBy.length < 2 ? null : said(fact));
  return { ...ended(round, fact), heldBy, heldSince };
}

function discussed(round: Round, irritantId: string | undefined, fact: Fact): Round {
  if (irritantId === undefined || fact.act.party === null) return round;
  const others = round.discussions.filter((one) => one.irritantId !== irritantId);
  const words = withWord(discussionsOf(round, irritantId), fact);
  return { ...round, discussions: [...others, ...words.map((word) => ({ irritantId, said: word }))] };
}

function published(round: Round, fact: Extract<RoundFact, { type: 'AccountPublished' }>): Round {
  const after = { ...round, accounts: [...round.accounts, { ...fact.data, said: said(fact) }] };
  if (fact.data.voice === 'press') return after;
  return held({ ...after, firstAccount: round.firstAccount ?? { said: said(fact), named: [] } }, fact);
}

/** A point of the press says nothing for a party. A word on the next round discusses nothing. */
function pointRecorded(round: Round, fact: Extract<RoundFact, { type: 'AccountPointRecorded' }>): Round {
  const { accountId, irritantId, kind } = fact.data;
  const account = accountOf(round, accountId);
  const recorded = { ...round, points: [...round.points, { ...fact.data, said: said(fact) }] };
  if (account === undefined || account.voice === 'press' || irritantId === undefined) return recorded;
  const { firstAccount } = round;
  const isNew =
    firstAccount?.said.eventId === account.said.eventId &&
    !firstAccount.named.some((one) => one.irritantId === irritantId);
  const after = isNew
    ? {
        ...recorded,
        firstAccount: { ...firstAccount, named: [...firstAccount.named, { irritantId, said: said(fact) }] },
      }
    : recorded;
  return kind === 'next-round' ? after : discussed(after, irritantId, fact);
}

function born(fact: Extract<RoundFact, { type: 'RoundScheduled' }>): Round {
  return {
    roundId: fact.stream.slice('round-'.length),
    dialogueId: fact.data.dialogueId,
    number: fact.data.number,
    synthetic: fact.data.synthetic,
    scheduled: { ...fact.data, said: said(fact) },
    delegates: [],
    agenda: [],
    discussions: [],
    conclusions: [],
    heldBy: [],
    heldSince: null,
    calledOff: [],
    reinstated: [],
    nextRound: [],
    accounts: [],
    firstAccount: null,
    points: [],
    divergences: [],
  };
}

function superseded(round: Round, fact: Extract<RoundFact, { type: 'AccountSuperseded' }>): Round {
  const accounts = round.accounts.map((one) => {
    if (one.accountId !== fact.data.accountId) return one;
    const [word = said(fact)] = withWord(one.superseded === undefined ? [] : [one.superseded], fact);
    return { ...one, superseded: word };
  });
  return { ...round, accounts };
}

function reconciled(round: Round, fact: Extract<RoundFact, { type: 'DivergenceReconciled' }>): Round {
  const divergences = round.divergences.map((one) =>
    one.divergenceId === fact.data.divergenceId
      ? { ...one, reconciledBy: withWord(one.reconciledBy, fact) }
      : one,
  );
  return { ...round, divergences };
}

function next(round: Round, fact: RoundFact): Round {
  switch (fact.type) {
    case 'RoundScheduled':
      return round;
    case 'DelegationNamed':
      return { ...round, delegates: [...round.delegates, { ...fact.data, said: said(fact) }] };
    case 'AgendaItemTabled':
      return { ...round, agenda: [...round.agenda, { ...fact.data, said: said(fact) }] };
    case 'AgendaItemDiscussed':
      return discussed(round, fact.data.irritantId, fact);
    case 'RoundConcluded':
      return held(
        { ...round, conclusions: [...round.conclusions, { ...fact.data, said: said(fact) }] },
        fact,
      );
    case 'RoundConfirmedHeld':
      return held(round, fact);
    case 'RoundPostponed':
      return calledOff(round, fact, { as: 'postponed', ...fact.data });
    case 'RoundCancelled':
      return calledOff(round, fact, { as: 'cancelled' });
    case 'RoundReinstated': {
      const after = ended(round, fact);
      return { ...after, reinstated: [...after.reinstated, { ...fact.data, said: said(fact) }] };
    }
    case 'NextRoundIndicated':
      return { ...round, nextRound: [...round.nextRound, { ...fact.data, said: said(fact) }] };
    case 'AccountPublished':
      return published(round, fact);
    case 'AccountPointRecorded':
      return pointRecorded(round, fact);
    case 'AccountSuperseded':
      return superseded(round, fact);
    case 'DivergenceNoted':
      return {
        ...round,
        divergences: [...round.divergences, { ...fact.data, said: said(fact), reconciledBy: [] }],
      };
    case 'DivergenceReconciled':
      return reconciled(round, fact);
    default:
      return unmoved(round, fact);
  }
}

export function evolve(round: Round | null, fact: Fact): Round | null {
  const known = fact as RoundFact;
  if (round === null) return known.type === 'RoundScheduled' ? born(known) : null;
  return next(round, known);
}
