import { accept, alreadySaid, hasSaid, nothing, refuse } from '#libs/decider';
import type { CommandOf, Decider, Decision } from '#libs/decider';
import type { DialogueFacts } from '../dialogues/dialogue.events.js';
import type { SourceFacts } from '../sources/source.events.js';
import type { roundCommands } from './round.commands.js';
import type { roundEvents } from './round.events.js';
import { accountOf, discussionsOf, evolve, isHeld } from './round.facts.js';
import type { Round } from './round.facts.js';

export type RoundRefusal =
  | 'DIALOGUE_SUSPENDED'
  | 'ACCOUNT_UNKNOWN'
  | 'ACCOUNT_OF_ANOTHER_PARTY'
  | 'SOURCE_NOT_ISSUED_BY_PARTY'
  | 'POINT_UNKNOWN'
  | 'DIVERGENCE_UNKNOWN'
  | 'ROUND_HELD';

export interface RoundKnown {
  readonly dialogue?: DialogueFacts;
  readonly source?: SourceFacts;
}

export type RoundCommand = CommandOf<typeof roundCommands, typeof roundEvents, RoundKnown>;
type Ask<T extends RoundCommand['type']> = Extract<RoundCommand, { type: T }>;

function unknownAccount(accountId: string): Decision<RoundRefusal> {
  return refuse(
    'ACCOUNT_UNKNOWN',
    `This round has no account ${accountId}; its accounts are listed under "accounts".`,
  );
}

function publish(command: Ask<'PublishAccount'>, round: Round): Decision<RoundRefusal> {
  const { rendering, translationOf } = command.event.data;
  const party = command.act.party ?? '';
  if (rendering !== 'press' && command.facts.source?.issuers.includes(party) !== true) {
    return refuse(
      'SOURCE_NOT_ISSUED_BY_PARTY',
      `An account of ${party} comes from a source that ${party} issued; what the press made of it is a "press" rendering.`,
    );
  }
  if (translationOf !== undefined) {
    const original = accountOf(round, translationOf);
    if (original === undefined) return unknownAccount(translationOf);
    if (original.party !== party) {
      return refuse(
        'ACCOUNT_OF_ANOTHER_PARTY',
        `The account ${translationOf} is ${original.party}'s; a translation of it is too.`,
      );
    }
  }
  return accept(command.event);
}

function recordPoint(command: Ask<'RecordAccountPoint'>, round: Round): Decision<RoundRefusal> {
  const { accountId, contradicts, restates } = command.event.data;
  if (accountOf(round, accountId) === undefined) return unknownAccount(accountId);
  const missing = [contradicts, restates].find(
    (named) => named !== undefined && !round.points.some((one) => one.pointId === named),
  );
  return missing === undefined
    ? accept(command.event)
    : refuse(
        'POINT_UNKNOWN',
        `This round has no account point ${missing}; the points are listed under "points".`,
      );
}

function nameDelegate(command: Ask<'NameDelegate'>, round: Round): Decision<RoundRefusal> {
  const { accountId } = command.event.data;
  return accountId !== undefined && accountOf(round, accountId) === undefined
    ? unknownAccount(accountId)
    : accept(command.event);
}

function supersede(command: Ask<'SupersedeAccount'>, round: Round): Decision<RoundRefusal> {
  const { accountId, supersededBy } = command.event.data;
  const account = accountOf(round, accountId);
  if (account === undefined) return unknownAccount(accountId);
  if (supersededBy !== undefined && accountOf(round, supersededBy) === undefined)
    return unknownAccount(supersededBy);
  return account.superseded === undefined ? accept(command.event) : nothing;
}

function reconcile(command: Ask<'ReconcileDivergence'>, round: Round): Decision<RoundRefusal> {
  const { divergenceId } = command.event.data;
  const found = round.divergences.find((one) => one.divergenceId === divergenceId);
  if (found === undefined) {
    return refuse(
      'DIVERGENCE_UNKNOWN',
      `This round has no divergence ${divergenceId}; they are listed under "divergences".`,
    );
  }
  return hasSaid(found.reconciledBy, command.act.party) ? nothing : accept(command.event);
}

function schedule(command: Ask<'ScheduleRound'>): Decision<RoundRefusal> {
  const suspendedBy = command.facts.dialogue?.suspendedBy ?? [];
  return suspendedBy.length === 0
    ? accept(command.event)
    : refuse(
        'DIALOGUE_SUSPENDED',
        `The dialogue is suspended by ${suspendedBy.join(' and ')}; new rounds wait until it is resumed.`,
      );
}

/** The same party saying the same again changes nothing; other particulars are a new statement of its own. */
function isSameConclusion(earlier: Round['conclusions'][number], command: Ask<'ConcludeRound'>): boolean {
  const { startsAt, endsAt, duration, level, hostParty } = command.event.data;
  return (
    earlier.said.party === command.act.party &&
    earlier.startsAt === startsAt &&
    earlier.endsAt === endsAt &&
    earlier.duration === duration &&
    earlier.level === level &&
    earlier.hostParty === hostParty
  );
}

function decide(command: RoundCommand, round: Round | null): Decision<RoundRefusal> {
  if (command.type === 'ScheduleRound') return round === null ? schedule(command) : nothing;
  if (round === null) throw new Error(`${command.type} reached a round that was never scheduled.`);
  switch (command.type) {
    case 'NameDelegate':
      return nameDelegate(command, round);
    case 'DiscussAgendaItem':
      return alreadySaid(discussionsOf(round, command.event.data.irritantId), command.act)
        ? nothing
        : accept(command.event);
    case 'ConfirmRoundHeld':
      return alreadySaid(round.heldBy, command.act) ? nothing : accept(command.event);
    case 'CancelRound':
      if (hasSaid(round.cancelledBy, command.act.party)) return nothing;
      return isHeld(round) || hasSaid(round.heldBy, command.act.party)
        ? refuse(
            'ROUND_HELD',
            `${command.act.party} or both sides have said that the round was held; it can't be cancelled.`,
          )
        : accept(command.event);
    case 'PublishAccount':
      return publish(command, round);
    case 'RecordAccountPoint':
      return recordPoint(command, round);
    case 'SupersedeAccount':
      return supersede(command, round);
    case 'ReconcileDivergence':
      return reconcile(command, round);
    case 'ConcludeRound':
      return round.conclusions.some((one) => isSameConclusion(one, command))
        ? nothing
        : accept(command.event);
    case 'TableAgendaItem':
    case 'IndicateNextRound':
    case 'NoteDivergence':
      return accept(command.event);
  }
}

export const roundDecider: Decider<Round | null, RoundCommand, RoundRefusal> = {
  initial: null,
  evolve,
  decide,
};
