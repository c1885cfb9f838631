import { refuse, restingOn } from '#libs/decider';
import type { Decider, Decision, Said } from '#libs/decider';
import { closingRules } from './irritant-closing.decider.js';
import { conditionalRules } from './irritant-conditional.decider.js';
import { consequenceRules } from './irritant-consequences.decider.js';
import { invoked, invoking } from './irritant-grounds.decider.js';
import type { Irritant } from './irritant.facts.js';
import { evolve } from './irritant.facts.js';
import { dormancyRules } from './irritant-dormancy.decider.js';
import { isClosed } from './irritant-stage.facts.js';
import { namingRules } from './irritant-naming.decider.js';
import { reviewRules } from './irritant-review.decider.js';
import { withdrawalRules } from './irritant-withdrawal.decider.js';
import { linkageRules } from './irritant-linkages.decider.js';
import { stanceRules } from './irritant-stances.decider.js';
import type { IrritantAct, IrritantCommand, IrritantRefusal, Rules } from './irritant-terms.decider.js';
import { understandingRules } from './irritant-understandings.decider.js';

type Handled = Exclude<IrritantCommand['type'], 'RaiseIrritant'>;
const rules: Rules<Handled> = {
  ...namingRules,
  ...stanceRules,
  ...understandingRules,
  ...linkageRules,
  ...closingRules,
  ...conditionalRules,
  ...withdrawalRules,
  ...reviewRules,
  ...dormancyRules,
  ...consequenceRules,
};

/**
 * A raiser speaks for itself: by this act, or by joining in. With nobody among the raisers, the matter is on record and
 * nobody says whose it is.
 */
function raise(command: Extract<IrritantAct, { type: 'RaiseIrritant' }>): Decision<IrritantRefusal> {
  const { raisers, respondents, raisedBasis } = command.event.data;
  const { party } = command.act;
  const others = raisers.filter((one) => one !== party);
  if (party !== null && (others.length > 0 || raisers.length === 0)) {
    return refuse(
      'RAISER_NOT_ACTING',
      raisers.length === 0
        ? `It is recorded as ${party}'s act, so "raisers" names ${party}.`
        : `${party} raises it; ${others.join(' and ')} joins in raising it by its own word: leave it out of "raisers".`,
    );
  }
  if (raisers.length === 0 && raisedBasis === 'stated') {
    return refuse(
      'RAISER_NOT_ACTING',
      'Nobody is named as raising it, so nobody has stated that: "raisedBasis" is first-recorded.',
    );
  }
  if (party !== null && !respondents.some((one) => one !== party)) {
    return refuse(
      'NO_OTHER_RESPONDENT',
      `Someone other than ${party} must be asked to answer: name the respondent.`,
    );
  }
  if (party === null && invoked(command).length > 0) {
    return refuse(
      'RAISER_NOT_ACTING',
      'Nobody is named as raising it, so nobody invokes a legal basis: leave "legalBasis" out; each party gives its own.',
    );
  }
  const strange = Object.keys(command.event.content.designations ?? {}).filter((one) => one !== party);
  if (strange.length > 0) {
    return refuse(
      'DESIGNATION_OF_ANOTHER',
      `What ${strange.join(' and ')} calls the matter, ${strange.join(' and ')} says itself, with "designate".`,
    );
  }
  return { events: [invoking(command)] };
}

function decide(command: IrritantCommand, irritant: Irritant | null): Decision<IrritantRefusal> {
  if (command.type === 'RaiseIrritant') return irritant === null ? raise(command) : { events: [] };
  if (irritant === null) throw new Error(`${command.type} reached an irritant that was never raised.`);
  const rule = rules[command.type] as (
    command: IrritantCommand,
    irritant: Irritant,
  ) => Decision<IrritantRefusal>;
  const decision = rule(command, irritant);
  return takingBack.includes(command.type)
    ? decision
    : needingOpen(irritant, decision, (other) => rule(command, other));
}

/** A party takes back its own word with nobody's leave, and so not with that of whoever has reopened the matter. */
const takingBack: readonly IrritantCommand['type'][] = ['WithdrawIrritant', 'WithdrawUnderstandingClaim'];

/**
 * The reopenings by which it is open. Any other closing than a withdrawal has needed the reopening before it, so that the
 * reopening of that one rests on it already.
 */
function openedBy({ reopenings }: Irritant): readonly Said[] {
  const last = reopenings.findLastIndex((one) => one.closed !== 'withdrawn');
  return reopenings.slice(Math.max(last, 0)).map((one) => one.said);
}

/** What only an open irritant takes rests on the reopenings by which it is open: where one falls, so does this. */
function needingOpen(
  irritant: Irritant,
  decision: Decision<IrritantRefusal>,
  decideOn: (irritant: Irritant) => Decision<IrritantRefusal>,
): Decision<IrritantRefusal> {
  const words = openedBy(irritant);
  if ('refused' in decision || decision.events.length === 0 || words.length === 0) return decision;
  const shut = decideOn({ ...irritant, base: { ...irritant.base, stage: 'withdrawn' }, milestones: [] });
  if (!('refused' in shut) || shut.refused !== 'IRRITANT_CLOSED' || isClosed(irritant)) return decision;
  return { events: decision.events.map((one) => restingOn(one, ...words)) };
}

export const irritantDecider: Decider<Irritant | null, IrritantCommand, IrritantRefusal> = {
  initial: null,
  evolve,
  decide,
};
