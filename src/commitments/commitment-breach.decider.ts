import { accept, alreadySaid, ending, nothing, ownWordStands, refuse, restingOn } from '#libs/decider';
import { ended, notABeneficiary, notInForce } from './commitment-terms.decider.js';
import type { Ask } from './commitment-terms.decider.js';
import type { Allegation, Commitment } from './commitment.facts.js';
import { allegationOf, isOpen, obligorTo, groundOf } from './commitment-status.facts.js';

function unknownBreach(breachId: string) {
  return refuse(
    'BREACH_UNKNOWN',
    `No breach ${breachId} is alleged here; what is alleged is listed under "allegations".`,
  );
}

/** Undefined while the allegation stands. */
function closed(commitment: Commitment, allegation: Allegation) {
  if (isOpen(commitment, allegation)) return undefined;
  return refuse(
    'BREACH_CLOSED',
    allegation.withdrawn === null
      ? `The allegation dropped when ${allegation.said.party} held nothing more to be owed to it.`
      : `The allegation was withdrawn by ${allegation.withdrawn.party}.`,
  );
}

/** Each allegation is its own, and only of what the other side has undertaken by its own word. */
export function allege(command: Ask<'AllegeBreach'>, commitment: Commitment) {
  const { party } = command.act;
  const obligor = obligorTo(commitment, party) ?? '';
  return (
    notABeneficiary(commitment, party) ??
    ended(commitment, party) ??
    notInForce(commitment, obligor) ??
    accept(restingOn(command.event, groundOf(commitment, obligor)))
  );
}

export function answer(command: Ask<'AnswerBreach'>, commitment: Commitment) {
  const { breachId } = command.event.data;
  const alleged = allegationOf(commitment, breachId);
  if (alleged === undefined) return unknownBreach(breachId);
  if (alleged.said.party === command.act.party) {
    return refuse(
      'OWN_ALLEGATION',
      `${alleged.said.party} alleges this breach itself, and only the other side answers it: wait for that, or withdraw the allegation.`,
    );
  }
  const shut = closed(commitment, alleged);
  if (shut === undefined) return accept(ending(command.event, alleged.said));
  return alreadySaid(alleged.answers, command.act) ? nothing : shut;
}

export function withdraw(command: Ask<'WithdrawBreach'>, commitment: Commitment) {
  const { party } = command.act;
  const { breachId } = command.event.data;
  const alleged = allegationOf(commitment, breachId);
  if (alleged === undefined) return unknownBreach(breachId);
  if (alleged.said.party !== party) {
    return refuse(
      'NOT_YOUR_ALLEGATION',
      `The breach is alleged by ${alleged.said.party}; only ${alleged.said.party} can withdraw that.`,
    );
  }
  const stands = ownWordStands(command.act, alleged.said, 'alleged this breach');
  if (stands !== undefined) return stands;
  const { withdrawn } = alleged;
  const event = ending(command.event, alleged.said);
  if (withdrawn !== null) return alreadySaid([withdrawn], command.act) ? nothing : accept(event);
  return closed(commitment, alleged) ?? accept(event);
}
