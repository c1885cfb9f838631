import { accept, alreadySaid, ending, hasSaid, nothing, refuse, restingOn } from '#libs/decider';
import { isWithdrawnByAll } from './irritant-closing.facts.js';
import type { Irritant } from './irritant.facts.js';
import type { Milestone } from './irritant-stage.facts.js';
import { wordOf } from './irritant-own-words.facts.js';
import { raisingsOf } from './irritant-raising.facts.js';
import { isClosed, currentMilestone } from './irritant-stage.facts.js';
import { closed } from './irritant-stances.decider.js';
import type { Rules } from './irritant-terms.decider.js';

/** The present milestone and what it rests on: whoever moves the stage ends them. */
function wordsOf({ eventId, restsOn }: Milestone): readonly { readonly eventId: string }[] {
  return [eventId, ...restsOn].map((one) => ({ eventId: one }));
}

/** Its own word is heard even after what was attributed to it has closed the irritant: the closing rests on it. */
function isClosing(irritant: Irritant, party: string | null): boolean {
  const { withdrawals, withdrawalAccepted } = irritant;
  const words = withdrawalAccepted === null ? withdrawals : [...withdrawals, withdrawalAccepted];
  return currentMilestone(irritant).stage === 'withdrawn' && hasSaid(words, party);
}

/** How a matter is let go by those who raised it, and taken up again. */
export const withdrawalRules: Rules<'WithdrawIrritant' | 'AcceptWithdrawal' | 'ReopenIrritant'> = {
  WithdrawIrritant: (command, irritant) => {
    const party = command.act.party ?? '';
    if (alreadySaid(irritant.withdrawals, command.act)) return nothing;
    if (irritant.raisers.length === 0) {
      return refuse(
        'NO_RAISER',
        'Nobody is on record as raising it, so nobody can withdraw it: propose a resolution, or dormancy.',
      );
    }
    if (!irritant.raisers.includes(party)) {
      return refuse(
        'NOT_A_RAISER',
        `${party} did not raise the irritant; only ${irritant.raisers.join(' and ')} can withdraw it.`,
      );
    }
    const shut = isClosing(irritant, party) ? undefined : closed(irritant);
    if (shut !== undefined) return shut;
    const own = wordOf(raisingsOf(irritant), party);
    const earlier = wordOf(irritant.withdrawals, party);
    return accept(
      ending(restingOn(command.event, own), own, earlier, ...wordsOf(currentMilestone(irritant))),
    );
  },
  AcceptWithdrawal: (command, irritant) => {
    const { party } = command.act;
    const { withdrawals, withdrawalAccepted } = irritant;
    if (withdrawalAccepted !== null && alreadySaid([withdrawalAccepted], command.act)) return nothing;
    if (hasSaid(withdrawals, party)) {
      return refuse(
        'OWN_WITHDRAWAL',
        `${party} has withdrawn it itself, and only the other side accepts that: wait for its word.`,
      );
    }
    const shut = isClosing(irritant, party) ? undefined : closed(irritant);
    if (shut !== undefined) return shut;
    return isWithdrawnByAll(irritant)
      ? accept(ending(restingOn(command.event, ...withdrawals), ...withdrawals))
      : refuse('NOTHING_WITHDRAWN', 'Its raisers have not all withdrawn it, so there is nothing to accept.');
  },
  ReopenIrritant: (command, irritant) => {
    if (!isClosed(irritant)) {
      return refuse('IRRITANT_NOT_CLOSED', 'The irritant is open, so there is nothing to reopen.');
    }
    const closing = currentMilestone(irritant);
    return command.event.data.closingEventId === closing.eventId
      ? // Where the closing falls, there is nothing that was reopened.
        accept(restingOn(ending(command.event, ...wordsOf(closing)), closing))
      : refuse(
          'NOT_THE_CLOSING_EVENT',
          `The irritant was closed by the event ${closing.eventId}: name that one.`,
        );
  },
};
