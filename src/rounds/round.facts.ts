import { hasSaid, said, withWord } from '#libs/decider';
import type { Fact, Infer, Said } from '#libs/decider';
import type { RoundFact, RoundFacts, roundEvents } from './round.events.js';

type Data<T extends keyof typeof roundEvents> = Infer<(typeof roundEvents)[T]['data']>;
type WithSaid<T extends keyof typeof roundEvents> = Data<T> & { readonly said: Said };

/** A round as the rules see it. */
export interface Round extends RoundFacts {
  readonly roundId: string;
  readonly synthetic: boolean;
  readonly scheduled: WithSaid<'RoundScheduled'>;
  readonly delegates: readonly WithSaid<'DelegationNamed'>[];
  readonly agenda: readonly WithSaid<'AgendaItemTabled'>[];
  readonly conclusions: readonly WithSaid<'RoundConcluded'>[];
  readonly cancelledBy: readonly Said[];
  readonly nextRound: readonly WithSaid<'NextRoundIndicated'>[];
  readonly accounts: readonly (WithSaid<'AccountPublished'> & { readonly superseded?: Said })[];
  readonly points: readonly WithSaid<'AccountPointRecorded'>[];
  readonly divergences: readonly (WithSaid<'DivergenceNoted'> & { readonly reconciledBy: readonly Said[] })[];
  readonly updated: { readonly eventId: string; readonly recordedAt: string };
}

/** Held once both sides have said so, each by its own word. */
export function isHeld(round: Round): boolean {
  return round.heldBy.length >= 2;
}

/** The first word of each side that the irritant was discussed at this round. */
export function discussionsOf(round: Round, irritantId: string): readonly Said[] {
  return round.discussions.filter((one) => one.irritantId === irritantId).map((one) => one.said);
}

export function namedIrritants(round: Round): readonly string[] {
  const named = [...round.agenda, ...round.discussions, ...round.points].map((one) => one.irritantId);
  return [...new Set(named.filter((one) => one !== undefined))];
}

/** Once the round is held, consultations on what was discussed rest on these. */
export function restsOn(round: Round): readonly string[] {
  if (!isHeld(round) || round.discussions.length === 0) return [];
  return [...round.heldBy, ...round.discussions.map((one) => one.said)].map((one) => one.eventId);
}

export function accountOf(round: Round, accountId: string): Round['accounts'][number] | undefined {
  return round.accounts.find((one) => one.accountId === accountId);
}

function held(round: Round, fact: Fact): Round {
  return fact.act.party === null ? round : { ...round, heldBy: withWord(round.heldBy, fact) };
}

function discussed(round: Round, irritantId: string | undefined, fact: Fact): Round {
  if (irritantId === undefined) return round;
  const others = round.discussions.filter((one) => one.irritantId !== irritantId);
  const words = withWord(discussionsOf(round, irritantId), fact);
  return { ...round, discussions: [...others, ...words.map((word) => ({ irritantId, said: word }))] };
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
    cancelledBy: [],
    nextRound: [],
    accounts: [],
    points: [],
    divergences: [],
    updated: { eventId: fact.id, recordedAt: fact.recordedAt },
  };
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
    case 'RoundCancelled':
      return { ...round, cancelledBy: [...round.cancelledBy, said(fact)] };
    case 'NextRoundIndicated':
      return { ...round, nextRound: [...round.nextRound, { ...fact.data, said: said(fact) }] };
    case 'AccountPublished': {
      const published = { ...round, accounts: [...round.accounts, { ...fact.data, said: said(fact) }] };
      return fact.data.rendering === 'press' ? published : held(published, fact);
    }
    case 'AccountPointRecorded':
      return pointRecorded(round, fact);
    case 'AccountSuperseded':
      return {
        ...round,
        accounts: round.accounts.map((one) =>
          one.accountId === fact.data.accountId ? { ...one, superseded: said(fact) } : one,
        ),
      };
    case 'DivergenceNoted':
      return {
        ...round,
        divergences: [...round.divergences, { ...fact.data, said: said(fact), reconciledBy: [] }],
      };
    case 'DivergenceReconciled':
      return {
        ...round,
        divergences: round.divergences.map((one) =>
          one.divergenceId === fact.data.divergenceId && !hasSaid(one.reconciledBy, fact.act.party)
            ? { ...one, reconciledBy: [...one.reconciledBy, said(fact)] }
            : one,
        ),
      };
    default:
      return round;
  }
}

/** A point of a press rendering is press: it says nothing for the party. A word on the next round discusses nothing. */
function pointRecorded(round: Round, fact: Extract<RoundFact, { type: 'AccountPointRecorded' }>): Round {
  const recorded = { ...round, points: [...round.points, { ...fact.data, said: said(fact) }] };
  const rendering = accountOf(round, fact.data.accountId)?.rendering;
  const discusses = rendering !== undefined && rendering !== 'press' && fact.data.kind !== 'next-round';
  return discusses ? discussed(recorded, fact.data.irritantId, fact) : recorded;
}

export function evolve(round: Round | null, fact: Fact): Round | null {
  const known = fact as RoundFact;
  if (round === null) return known.type === 'RoundScheduled' ? born(known) : null;
  return { ...next(round, known), updated: { eventId: fact.id, recordedAt: fact.recordedAt } };
}
