import { refuse } from '#libs/decider';
import type { Decider, Decision } from '#libs/decider';
import { closingRules } from './irritant-closing.decider.js';
import { consequenceRules } from './irritant-consequences.decider.js';
import type { Irritant } from './irritant.facts.js';
import { evolve } from './irritant-fold.facts.js';
import { dormancyRules } from './irritant-dormancy.decider.js';
import { linkageRules } from './irritant-linkages.decider.js';
import { stanceRules } from './irritant-stances.decider.js';
import type { IrritantAct, IrritantCommand, IrritantRefusal, Rules } from './irritant-terms.decider.js';
import { understandingRules } from './irritant-understandings.decider.js';

type Handled = Exclude<IrritantCommand['type'], 'RaiseIrritant'>;
const rules: Rules<Handled> = {
  ...stanceRules,
  ...understandingRules,
  ...linkageRules,
  ...closingRules,
  ...dormancyRules,
  ...consequenceRules,
};

function raise(command: Extract<IrritantAct, { type: 'RaiseIrritant' }>): Decision<IrritantRefusal> {
  const { raisers, respondents } = command.event.data;
  const party = command.act.party ?? '';
  if (command.facts.dialogue !== undefined && command.facts.dialogue.suspendedBy.length > 0) {
    return refuse(
      'DIALOGUE_SUSPENDED',
      `The dialogue is suspended by ${command.facts.dialogue.suspendedBy.join(' and ')}; new irritants wait until it is resumed.`,
    );
  }
  if (!raisers.includes(party)) {
    return refuse(
      'RAISER_NOT_ACTING',
      `${party} raises it, so ${party} must be among the raisers (${raisers.join(', ')}).`,
    );
  }
  if (!respondents.some((one) => one !== party)) {
    return refuse(
      'NO_OTHER_RESPONDENT',
      `Someone other than ${party} must be asked to answer: name the respondent.`,
    );
  }
  return { events: [command.event] };
}

function decide(command: IrritantCommand, irritant: Irritant | null): Decision<IrritantRefusal> {
  if (command.type === 'RaiseIrritant') return irritant === null ? raise(command) : { events: [] };
  if (irritant === null) throw new Error(`${command.type} reached an irritant that was never raised.`);
  const rule = rules[command.type] as (
    command: IrritantCommand,
    irritant: Irritant,
  ) => Decision<IrritantRefusal>;
  return rule(command, irritant);
}

export const irritantDecider: Decider<Irritant | null, IrritantCommand, IrritantRefusal> = {
  initial: null,
  evolve,
  decide,
};
