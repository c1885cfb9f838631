import { accept, contradicting, ending, isOwnWord, nothing, refuse } from '#libs/decider';
import type { Rules } from './irritant-terms.decider.js';
import type { Claim } from './irritant-claims.facts.js';
import { claimOf, confirm, unanswerable, unheard, unknown } from './irritant-confirming.decider.js';
import { closed, ownWordStands } from './irritant-stances.decider.js';

/** The last answer is a denial, of all of it or of the rest of what is confirmed in part. */
function isDenied({ answer }: Claim): boolean {
  return answer !== undefined && answer.mode === undefined;
}

export const understandingRules: Rules<
  'ClaimUnderstanding' | 'ConfirmUnderstanding' | 'DenyUnderstanding' | 'WithdrawUnderstandingClaim'
> = {
  ClaimUnderstanding: (command, irritant) => {
    const { restates } = command.event.data;
    const earlier = restates === undefined ? undefined : claimOf(irritant, restates);
    if (restates !== undefined && earlier?.said.party !== command.act.party) {
      return refuse(
        'RESTATED_UNKNOWN',
        `${command.act.party} has made no claim ${restates} here that could be restated.`,
      );
    }
    return closed(irritant) ?? accept(ending(command.event, earlier?.said));
  },
  ConfirmUnderstanding: confirm,
  DenyUnderstanding: (command, irritant) => {
    const { claimId } = command.event.data;
    const claim = claimOf(irritant, claimId);
    if (claim === undefined) return unknown(claimId);
    const refused = unanswerable(claim, command);
    if (refused !== undefined) return refused;
    const isBetter = isOwnWord(command, claim.answer?.said);
    if (isDenied(claim) && !isBetter) return nothing;
    if (claim.state === 'confirmed' && !isBetter) {
      return refuse(
        'CLAIM_ALREADY_CONFIRMED',
        'Both sides hold this understanding; it can no longer be denied.',
      );
    }
    const shut = unheard(claim, command, irritant);
    if (shut !== undefined) return shut;
    const confirmed = [...new Set([isDenied(claim) ? undefined : claim.answer?.said, claim.partial])];
    const event = ending(command.event, claim.said, claim.answer?.said);
    return accept(event, ...contradicting(command, ...confirmed));
  },
  WithdrawUnderstandingClaim: (command, irritant) => {
    const { claimId } = command.event.data;
    const claim = claimOf(irritant, claimId);
    if (claim === undefined) return unknown(claimId);
    if (claim.said.party !== command.act.party) {
      return refuse(
        'NOT_OWN_CLAIM',
        `The claim is ${claim.said.party}'s; only ${claim.said.party} can withdraw it.`,
      );
    }
    if (claim.withdrawn !== undefined) return nothing;
    if (claim.state === 'confirmed') {
      // Claimed in its name alone, it is no understanding of both: the confirmation answered nothing that it said.
      if (isOwnWord(command, claim.said))
        return (
          closed(irritant) ?? accept(ending(command.event, claim.said), ...contradicting(command, claim.said))
        );
      return refuse(
        'CLAIM_ALREADY_CONFIRMED',
        'Both sides hold this understanding; one alone can no longer withdraw it.',
      );
    }
    return (
      closed(irritant) ?? ownWordStands(command.act, claim.said) ?? accept(ending(command.event, claim.said))
    );
  },
};
