import {
  accept,
  alreadySaid,
  contradicting,
  ending,
  hasSaid,
  isOwnWord,
  nothing,
  ownWordStands,
  refuse,
  restingOn,
} from '#libs/decider';
import type { Act } from '#libs/decider';
import type { Rules } from './irritant-terms.decider.js';
import type { Irritant } from './irritant.facts.js';
import { wordOf } from './irritant-own-words.facts.js';
import { currentMilestone } from './irritant-stage.facts.js';
import { closed } from './irritant-stances.decider.js';

/** Both sides' words let it rest; a party may still put its own in the place of one that was attributed to it. */
function isBetter(irritant: Irritant, act: Act): boolean {
  const { restedBy } = irritant;
  const isDormant = currentMilestone(irritant).stage === 'dormant';
  return isDormant && hasSaid(restedBy, act.party) && !alreadySaid(restedBy, act);
}

function noProposal() {
  return refuse('NO_DORMANCY_PROPOSED', 'No proposal to let the irritant rest is open: propose it first.');
}

function ownProposal() {
  return refuse(
    'OWN_DORMANCY_PROPOSAL',
    'The proposal is your own, and only the other side answers it: wait for that, or withdraw the proposal.',
  );
}

export const dormancyRules: Rules<
  'ProposeDormancy' | 'WithdrawDormancyProposal' | 'DeclineDormancy' | 'MakeIrritantDormant'
> = {
  ProposeDormancy: (command, irritant) => {
    const { act, event } = command;
    if (isBetter(irritant, act)) return accept(ending(event, wordOf(irritant.restedBy, act.party)));
    const shut = closed(irritant);
    if (shut !== undefined) return shut;
    const proposal = irritant.dormancy;
    if (proposal === null) return accept(event);
    if (alreadySaid([proposal], act)) return nothing;
    return proposal.party === act.party
      ? accept(ending(event, proposal))
      : refuse(
          'DORMANCY_ALREADY_PROPOSED',
          `${proposal.party} has already proposed it: accept or decline that proposal.`,
        );
  },
  WithdrawDormancyProposal: (command, irritant) => {
    const { act, event } = command;
    const { dormancy, restedBy } = irritant;
    const rested =
      currentMilestone(irritant).stage === 'dormant' ? wordOf(restedBy.slice(0, 1), act.party) : undefined;
    // What was proposed in its name alone does not let the matter rest by the words of both.
    if (isOwnWord(command, rested)) return accept(ending(event, rested), ...contradicting(command, rested));
    if (dormancy === null) return noProposal();
    if (dormancy.party !== act.party) {
      return refuse(
        'NOT_OWN_DORMANCY_PROPOSAL',
        `The proposal is ${dormancy.party}'s; only ${dormancy.party} can withdraw it.`,
      );
    }
    return ownWordStands(act, dormancy) ?? accept(ending(restingOn(event, dormancy), dormancy));
  },
  DeclineDormancy: ({ act, event }, { dormancy }) => {
    if (dormancy === null) return noProposal();
    return dormancy.party === act.party
      ? ownProposal()
      : accept(ending(restingOn(event, dormancy), dormancy));
  },
  MakeIrritantDormant: ({ act, event }, irritant) => {
    const { dormancy, restedBy } = irritant;
    if (isBetter(irritant, act)) {
      const proposal = restedBy.find((one) => one.party !== act.party);
      return accept(ending(restingOn(event, proposal), proposal, wordOf(restedBy, act.party)));
    }
    const shut = currentMilestone(irritant).stage === 'dormant' ? nothing : closed(irritant);
    if (shut !== undefined) return shut;
    if (dormancy === null) return noProposal();
    return dormancy.party === act.party
      ? ownProposal()
      : accept(ending(restingOn(event, dormancy), dormancy));
  },
};
