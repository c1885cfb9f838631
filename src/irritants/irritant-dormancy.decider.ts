import { accept, alreadySaid, hasSaid, nothing, refuse } from '#libs/decider';
import type { Act } from '#libs/decider';
import type { Rules } from './irritant-terms.decider.js';
import type { Irritant } from './irritant.facts.js';
import { standing } from './irritant-stage.facts.js';
import { closed, suspended } from './irritant-stances.decider.js';

/** Both sides' words let it rest; a party may still put its own in the place of one that was attributed to it. */
function isOwnWord(irritant: Irritant, act: Act): boolean {
  const { restedBy } = irritant;
  const isDormant = standing(irritant).stage === 'dormant';
  return isDormant && hasSaid(restedBy, act.party) && !alreadySaid(restedBy, act);
}

export const dormancyRules: Rules<'ProposeDormancy' | 'DeclineDormancy' | 'MakeIrritantDormant'> = {
  ProposeDormancy: (command, irritant) => {
    if (isOwnWord(irritant, command.act)) return accept(command.event);
    const shut = closed(irritant) ?? suspended(irritant);
    if (shut !== undefined) return shut;
    const proposal = irritant.dormancy;
    if (proposal === null) return accept(command.event);
    if (alreadySaid([proposal], command.act)) return nothing;
    return proposal.party === command.act.party
      ? accept(command.event)
      : refuse(
          'DORMANCY_ALREADY_PROPOSED',
          `${proposal.party} has already proposed it: accept or decline that proposal.`,
        );
  },
  DeclineDormancy: (command, irritant) => {
    if (irritant.dormancy === null) {
      return refuse('NO_DORMANCY_PROPOSED', 'Nobody has proposed to let the irritant rest.');
    }
    return irritant.dormancy?.party === command.act.party
      ? refuse('OWN_DORMANCY_PROPOSAL', 'The proposal is your own; only the other side answers it.')
      : accept(command.event);
  },
  MakeIrritantDormant: (command, irritant) => {
    if (isOwnWord(irritant, command.act)) return accept(command.event);
    const shut = standing(irritant).stage === 'dormant' ? nothing : closed(irritant);
    if (shut !== undefined) return shut;
    if (irritant.dormancy === null) {
      return refuse(
        'NO_DORMANCY_PROPOSED',
        'Nobody has proposed to let the irritant rest: propose it first.',
      );
    }
    return irritant.dormancy?.party === command.act.party
      ? refuse('OWN_DORMANCY_PROPOSAL', 'The proposal is your own; only the other side can accept it.')
      : accept(command.event);
  },
};
