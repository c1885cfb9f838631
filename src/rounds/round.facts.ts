import type { Infer, Said } from '#libs/decider';
import type { RoundFacts, roundEvents } from './round.events.js';

type Data<T extends keyof typeof roundEvents> = Infer<(typeof roundEvents)[T]['data']>;
type WithSaid<T extends keyof typeof roundEvents> = Data<T> & { readonly said: Said };

/** A postponement or a cancellation: the word of one side, until a later word of that side ends it. */
export interface CallingOff {
  readonly as: 'postponed' | 'cancelled';
  readonly startsAt?: string;
  readonly said: Said;
  readonly ended?: Said;
}

/** A round as the rules see it. */
export interface Round extends RoundFacts {
  readonly roundId: string;
  readonly synthetic: boolean;
  readonly scheduled: WithSaid<'RoundScheduled'>;
  readonly delegates: readonly WithSaid<'DelegationNamed'>[];
  readonly agenda: readonly WithSaid<'AgendaItemTabled'>[];
  readonly conclusions: readonly WithSaid<'RoundConcluded'>[];
  readonly calledOff: readonly CallingOff[];
  readonly reinstated: readonly WithSaid<'RoundReinstated'>[];
  readonly nextRound: readonly WithSaid<'NextRoundIndicated'>[];
  readonly accounts: readonly (WithSaid<'AccountPublished'> & { readonly superseded?: Said })[];
  readonly points: readonly WithSaid<'AccountPointRecorded'>[];
  readonly divergences: readonly (WithSaid<'DivergenceNoted'> & { readonly reconciledBy: readonly Said[] })[];
}

/** Held once both sides have said so, each by its own word. */
export function isHeld(round: Round): boolean {
  return round.heldBy.length >= 2;
}

/** The postponement or cancellation by this side that no later word of it has ended. */
export function calledOffBy(round: Round, party: string | null): CallingOff | undefined {
  return round.calledOff.findLast((one) => one.said.party === party && one.ended === undefined);
}

/** The words of this kind by which each side now says that the round is off. */
export function sayingOff(round: Round, as: CallingOff['as']): readonly CallingOff[] {
  const parties = [...new Set(round.calledOff.map((one) => one.said.party))];
  return parties.flatMap((one) => calledOffBy(round, one) ?? []).filter((one) => one.as === as);
}

/** That both sides say it is off in this way, and the date that both name, if they name one. */
export function offForBoth(round: Round, as: CallingOff['as']): { readonly startsAt?: string } | null {
  const [one, other] = sayingOff(round, as);
  if (one === undefined || other === undefined) return null;
  return one.startsAt === undefined || one.startsAt !== other.startsAt ? {} : { startsAt: one.startsAt };
}

/**
 * When a round is to begin that nobody says was held: the date that both sides moved it to, else the last that was said of
 * it. Undefined where both sides say that it is off, or nobody named a date.
 */
export function plannedFor(round: Round): string | undefined {
  if (round.heldBy.length > 0 || offForBoth(round, 'cancelled') !== null) return undefined;
  const moved = offForBoth(round, 'postponed');
  if (moved !== null) return moved.startsAt;
  const dated = [round.scheduled, ...round.reinstated];
  return dated.findLast(({ startsAt }) => startsAt !== undefined)?.startsAt;
}

/** The first word of each side that the irritant was discussed at this round. */
export function discussionsOf(round: Round, irritantId: string): readonly Said[] {
  return round.discussions.filter((one) => one.irritantId === irritantId).map((one) => one.said);
}

export function namedIrritants(round: Round): readonly string[] {
  const named = [...round.agenda, ...round.discussions, ...round.points].map((one) => one.irritantId);
  return [...new Set(named.filter((one) => one !== undefined))];
}

export function accountOf(round: Round, accountId: string): Round['accounts'][number] | undefined {
  return round.accounts.find((one) => one.accountId === accountId);
}

/** Settled once both sides have said so, each by its own word. */
export function isReconciled({ reconciledBy }: Round['divergences'][number]): boolean {
  return reconciledBy.length >= 2;
}
