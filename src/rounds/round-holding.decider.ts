import {
  accept,
  alreadySaid,
  ending,
  hasSaid,
  nothing,
  ownWordStands,
  refuse,
  restingOn,
} from '#libs/decider';
import type { Decided } from '#libs/decider';
import { calledOffBy, isHeld } from './round.facts.js';
import type { CallingOff, Round } from './round.facts.js';
import type { Ask, RoundCommand } from './round-terms.decider.js';

/**
 * One side's word that the round was held. The word that makes it held answers that of the other side, so that neither
 * can take its word back alone; it stands by itself, whatever becomes of the other.
 */
export function saysHeld({ act, event }: RoundCommand & { readonly event: Decided }, round: Round) {
  const off = calledOffBy(round, act.party);
  const other = round.heldBy.find((one) => one.party !== act.party);
  const answered = alreadySaid(round.heldBy, act) ? undefined : other;
  return (
    ownWordStands(act, off?.said, `said that the round was ${off?.as}`) ??
    accept(ending(event, off?.said, answered))
  );
}

/** One side's word that the round does not take place, or not then. What it said was held, it does not call off. */
export function callOff(
  { act, event }: Ask<'PostponeRound'> | Ask<'CancelRound'>,
  round: Round,
  { as, startsAt }: Pick<CallingOff, 'as' | 'startsAt'>,
) {
  if (isHeld(round) || hasSaid(round.heldBy, act.party)) {
    return refuse(
      'ROUND_HELD',
      `${isHeld(round) ? 'Both sides have' : `${act.party} has`} said that the round was held, so ${act.party} does not say that it was ${as}.`,
    );
  }
  const off = calledOffBy(round, act.party);
  if (off?.as === as && off.startsAt === startsAt && alreadySaid([off.said], act)) return nothing;
  return (
    ownWordStands(act, off?.said, `said that the round was ${off?.as}`) ?? accept(ending(event, off?.said))
  );
}

/** A side takes back its own calling off, and nobody else's. */
export function reinstate({ act, event }: Ask<'ReinstateRound'>, round: Round) {
  const off = calledOffBy(round, act.party);
  if (off === undefined) {
    return hasSaid(
      round.reinstated.map((one) => one.said),
      act.party,
    )
      ? nothing
      : refuse(
          'ROUND_NOT_CALLED_OFF',
          `${act.party} has not said that the round was cancelled or postponed; each side reinstates only what it called off itself.`,
        );
  }
  return (
    ownWordStands(act, off.said, `said that the round was ${off.as}`) ??
    accept(ending(restingOn(event, off.said), off.said))
  );
}
