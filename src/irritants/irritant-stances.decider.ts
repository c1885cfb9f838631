import { accept, alreadySaid, hasSaid, nothing, refuse } from '#libs/decider';
import type { Decision } from '#libs/decider';
import type { IrritantRefusal, Rules } from './irritant-terms.decider.js';
import type { Irritant } from './irritant.facts.js';
import { isAtMost, isClosed, stageOf, standing } from './irritant-stage.facts.js';

type Refused = Extract<Decision<IrritantRefusal>, { refused: IrritantRefusal }>;

/** A closed irritant takes no more acts until it is reopened. */
export function closed(irritant: Irritant): Refused | undefined {
  return isClosed(irritant)
    ? refuse('IRRITANT_CLOSED', `The irritant is ${stageOf(irritant)}; reopen it first.`)
    : undefined;
}

/** A suspension refuses new steps, claims and proposals, never statements. */
export function suspended(irritant: Irritant): Refused | undefined {
  return irritant.suspensions.length > 0
    ? refuse(
        'IRRITANT_SUSPENDED',
        `Work on the irritant is suspended by ${irritant.suspensions.map((one) => one.party).join(' and ')}; each lifts its own suspension first.`,
      )
    : undefined;
}

export const stanceRules: Rules<
  | 'CoRaiseIrritant'
  | 'AcknowledgeIrritant'
  | 'ContestIrritant'
  | 'StatePosition'
  | 'ReportPartialResolution'
  | 'SuspendIrritant'
  | 'ResumeIrritant'
  | 'ConcludeStageReview'
> = {
  CoRaiseIrritant: (command, irritant) => {
    const { party } = command.act;
    const isOwnWord = hasSaid(irritant.coRaised, party) && !alreadySaid(irritant.coRaised, command.act);
    if (irritant.raisers.includes(party ?? '') && !isOwnWord) return nothing;
    return closed(irritant) ?? accept(command.event);
  },
  AcknowledgeIrritant: (command, irritant) => {
    // After a review or a reopening the stage may be below what was acknowledged before; then the word counts anew.
    const stands = stageOf(irritant) !== 'raised';
    if (stands && alreadySaid(irritant.acknowledgements, command.act)) return nothing;
    const party = command.act.party ?? '';
    if (!irritant.respondents.includes(party) || party === irritant.raised.party) {
      return refuse(
        'NOT_A_RESPONDENT',
        `${party} raised the irritant or is not asked to answer it; only a respondent on the other side acknowledges it.`,
      );
    }
    return closed(irritant) ?? accept(command.event);
  },
  ContestIrritant: (command, irritant) => {
    if (alreadySaid(irritant.contests, command.act)) return nothing;
    return closed(irritant) ?? accept(command.event);
  },
  StatePosition: (command, irritant) => {
    const earlier = irritant.positions[command.act.party ?? ''];
    if (command.event.data.restates !== undefined && earlier === undefined) {
      return refuse(
        'RESTATED_UNKNOWN',
        `${command.act.party} has stated no position here that could be restated.`,
      );
    }
    return accept(command.event);
  },
  ReportPartialResolution: (command, irritant) => closed(irritant) ?? accept(command.event),
  SuspendIrritant: (command, irritant) => {
    if (alreadySaid(irritant.suspensions, command.act)) return nothing;
    return closed(irritant) ?? accept(command.event);
  },
  ResumeIrritant: (command, irritant) =>
    hasSaid(irritant.suspensions, command.act.party) ? accept(command.event) : nothing,
  ConcludeStageReview: (command, irritant) => {
    const { stage } = command.event.data;
    const present = standing(irritant).stage;
    if (irritant.review === null) {
      return refuse('NO_REVIEW_OPEN', 'The stage is not under review, so there is nothing to conclude.');
    }
    if (irritant.review.conclusions[command.act.party ?? '']?.stage === stage) return nothing;
    return isAtMost(stage, present)
      ? accept(command.event)
      : refuse(
          'STAGE_ABOVE_PRESENT',
          `A review can keep ${present} or fall back below it; it can't reach ${stage}.`,
        );
  },
};
