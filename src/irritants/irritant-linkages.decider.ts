import { accept, alreadySaid, ending, nothing, refuse } from '#libs/decider';
import type { Decision } from '#libs/decider';
import type { Irritant } from './irritant.facts.js';
import { closed, ownWordStands } from './irritant-stances.decider.js';
import type { IrritantAct, IrritantRefusal, Rules } from './irritant-terms.decider.js';

/** Whether two irritants hang together is for the other side to say, and it may think better of it. */
function answer(
  command: Extract<IrritantAct, { type: 'AcceptLinkage' | 'RejectLinkage' }>,
  irritant: Irritant,
  state: 'accepted' | 'rejected',
): Decision<IrritantRefusal> {
  const { linkageId } = command.event.data;
  const linkage = irritant.linkages.find((one) => one.linkageId === linkageId);
  if (linkage === undefined) {
    return refuse(
      'LINKAGE_UNKNOWN',
      `This irritant has no linkage ${linkageId}; a linkage is answered on the irritant on which it was asserted.`,
    );
  }
  const { party } = linkage.said;
  if (party === command.act.party) {
    return refuse('OWN_LINKAGE', `${party} asserted this linkage itself; only the other side can answer it.`);
  }
  const repeats =
    linkage.state === state && linkage.answer !== undefined && alreadySaid([linkage.answer], command.act);
  if (repeats) return nothing;
  const own = ownWordStands(irritant, command.act, linkage.answer);
  return own ?? accept(ending(command.event, linkage.said, linkage.answer));
}

export const linkageRules: Rules<'AssertLinkage' | 'AcceptLinkage' | 'RejectLinkage'> = {
  AssertLinkage: (command, irritant) =>
    command.event.data.irritantId === irritant.id
      ? refuse(
          'LINKED_TO_ITSELF',
          `A linkage is between two irritants: name another one than ${irritant.key}.`,
        )
      : (closed(irritant) ?? accept(command.event)),
  AcceptLinkage: (command, irritant) => answer(command, irritant, 'accepted'),
  RejectLinkage: (command, irritant) => answer(command, irritant, 'rejected'),
};
