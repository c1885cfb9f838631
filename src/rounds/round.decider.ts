import { accept, alreadySaid, nothing, saidBy } from '#libs/decider';
import type { Decider, Decision } from '#libs/decider';
import {
  nameDelegate,
  noteDivergence,
  publish,
  reconcile,
  recordPoint,
  supersede,
} from './round-accounts.decider.js';
import { evolve } from './round-fold.facts.js';
import { discussionsOf } from './round.facts.js';
import type { Round } from './round.facts.js';
import { callOff, reinstate, saysHeld } from './round-holding.decider.js';
import type { RoundCommand, RoundRefusal } from './round-terms.decider.js';

function decide(command: RoundCommand, round: Round | null): Decision<RoundRefusal> {
  if (command.type === 'ScheduleRound') return round === null ? accept(command.event) : nothing;
  if (round === null) throw new Error(`${command.type} reached a round that was never scheduled.`);
  switch (command.type) {
    case 'NameDelegate':
      return nameDelegate(command, round);
    case 'DiscussAgendaItem':
      return alreadySaid(discussionsOf(round, command.event.data.irritantId), command.act)
        ? nothing
        : accept(command.event);
    case 'ConfirmRoundHeld':
      return alreadySaid(round.heldBy, command.act)
        ? saidBy(round.heldBy.find(({ party }) => party === command.act.party))
        : saysHeld(command, round);
    case 'ConcludeRound':
      return saysHeld(command, round);
    case 'PostponeRound':
      return callOff(command, round, { as: 'postponed', ...command.event.data });
    case 'CancelRound':
      return callOff(command, round, { as: 'cancelled' });
    case 'ReinstateRound':
      return reinstate(command, round);
    case 'PublishAccount':
      return publish(command, round);
    case 'RecordAccountPoint':
      return recordPoint(command, round);
    case 'SupersedeAccount':
      return supersede(command, round);
    case 'NoteDivergence':
      return noteDivergence(command, round);
    case 'ReconcileDivergence':
      return reconcile(command, round);
    case 'TableAgendaItem':
    case 'IndicateNextRound':
      return accept(command.event);
  }
}

export const roundDecider: Decider<Round | null, RoundCommand, RoundRefusal> = {
  initial: null,
  evolve,
  decide,
};
