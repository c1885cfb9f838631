import {
  accept,
  alreadySaid,
  ending,
  hasSaid,
  isOwnWord,
  nothing,
  ownWordStands,
  refuse,
  restingOn,
  saidBy,
} from '#libs/decider';
import type { Said } from '#libs/decider';
import type { Rules } from './irritant-terms.decider.js';
import type { Irritant } from './irritant.facts.js';
import { invoking } from './irritant-grounds.decider.js';
import { wordOf } from './irritant-own-words.facts.js';
import { raisingsOf } from './irritant-raising.facts.js';
import { isClosed, stageOf } from './irritant-stage.facts.js';

/** A closed irritant takes no more acts until it is reopened. */
export function closed(irritant: Irritant) {
  return isClosed(irritant)
    ? refuse('IRRITANT_CLOSED', `The irritant is ${stageOf(irritant)}; reopen it first.`)
    : undefined;
}

/** The raisings of the other side, which an answer of this party answers. */
function raisedByOthers(irritant: Irritant, party: string | null): readonly Said[] {
  return raisingsOf(irritant).filter((one) => one.party !== party);
}

export const stanceRules: Rules<
  | 'CoRaiseIrritant'
  | 'AcknowledgeIrritant'
  | 'ContestIrritant'
  | 'StatePosition'
  | 'ReportPartialResolution'
  | 'SuspendIrritant'
  | 'ResumeIrritant'
> = {
  CoRaiseIrritant: (command, irritant) => {
    const { party } = command.act;
    const raising = wordOf(raisingsOf(irritant), party);
    const isBetter = isOwnWord(command, raising);
    const isJoined = hasSaid(irritant.coRaised, party) && alreadySaid(irritant.coRaised, command.act);
    if (isJoined || (irritant.raisers.includes(party ?? '') && !isBetter)) return saidBy(raising);
    return closed(irritant) ?? accept(invoking(command, irritant));
  },
  AcknowledgeIrritant: (command, irritant) => {
    // After a review or a reopening the stage may be below what was acknowledged before; then the word counts anew.
    const stands = stageOf(irritant) !== 'raised';
    if (stands && alreadySaid(irritant.acknowledgements, command.act)) return nothing;
    const party = command.act.party ?? '';
    if (irritant.raisers.length === 0) {
      return refuse(
        'NO_RAISER',
        'Nobody is on record as raising it, so there is no raising to acknowledge: state a position, or join in raising it.',
      );
    }
    const answered = raisedByOthers(irritant, party);
    if (!irritant.respondents.includes(party) || answered.length === 0) {
      return refuse(
        'NOT_A_RESPONDENT',
        `${party} raised the irritant or is not asked to answer it; only a respondent on the other side acknowledges it.`,
      );
    }
    return (
      closed(irritant) ?? accept(ending(restingOn(invoking(command, irritant), ...answered), ...answered))
    );
  },
  ContestIrritant: (command, irritant) => {
    if (alreadySaid(irritant.contests, command.act)) return nothing;
    return (
      closed(irritant) ??
      accept(ending(invoking(command, irritant), ...raisedByOthers(irritant, command.act.party)))
    );
  },
  StatePosition: (command, irritant) => {
    const earlier = irritant.positions[command.act.party ?? ''];
    if (command.event.data.restates !== undefined && earlier === undefined) {
      return refuse(
        'RESTATED_UNKNOWN',
        `${command.act.party} has stated no position here that could be restated.`,
      );
    }
    // The resolution in part is lifted by any other stance than that.
    const isLifted = command.event.data.stance !== 'part-resolved';
    const part = isLifted ? wordOf(irritant.partlyResolved, command.act.party) : undefined;
    return accept(ending(invoking(command, irritant), earlier?.said, part));
  },
  ReportPartialResolution: (command, irritant) =>
    closed(irritant) ?? accept(ending(command.event, wordOf(irritant.partlyResolved, command.act.party))),
  SuspendIrritant: (command, irritant) => {
    if (alreadySaid(irritant.suspensions, command.act)) return nothing;
    return closed(irritant) ?? accept(ending(command.event, wordOf(irritant.suspensions, command.act.party)));
  },
  ResumeIrritant: (command, irritant) => {
    const suspended = wordOf(irritant.suspensions, command.act.party);
    if (suspended === undefined) return nothing;
    return (
      ownWordStands(command.act, suspended) ?? accept(ending(restingOn(command.event, suspended), suspended))
    );
  },
};
