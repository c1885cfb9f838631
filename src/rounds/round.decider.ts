import { accept, alreadySaid, nothing, ruledBy, saidBy } from '#libs/decider';
import type { Decider, RulesOf } from '#libs/decider';
import type { roundCommands } from './round.commands.js';
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

const rules: Omit<RulesOf<typeof roundCommands, RoundCommand, Round>, 'ScheduleRound'> = {
  NameDelegate: nameDelegate,
  DiscussAgendaItem: (command, round) =>
    alreadySaid(discussionsOf(round, command.event.data.irritantId), command.act)
      ? nothing
      : accept(command.event),
  ConfirmRoundHeld: (command, round) =>
    alreadySaid(round.heldBy, command.act)
      ? saidBy(round.heldBy.find(({ party }) => party === command.act.party))
      : saysHeld(command, round),
  ConcludeRound: saysHeld,
  PostponeRound: (command, round) => callOff(command, round, { as: 'postponed', ...command.event.data }),
  CancelRound: (command, round) => callOff(command, round, { as: 'cancelled' }),
  ReinstateRound: reinstate,
  PublishAccount: publish,
  RecordAccountPoint: recordPoint,
  SupersedeAccount: supersede,
  NoteDivergence: noteDivergence,
  ReconcileDivergence: reconcile,
  TableAgendaItem: ({ event }) => accept(event),
  IndicateNextRound: ({ event }) => accept(event),
};

export const roundDecider: Decider<Round | null, RoundCommand, RoundRefusal> = {
  initial: null,
  evolve,
  decide: ruledBy({ type: 'ScheduleRound', create: ({ event }) => accept(event) }, rules),
};
