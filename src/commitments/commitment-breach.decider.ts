import { accept, alreadySaid, nothing, refuse } from '#libs/decider';
import { ended, notABeneficiary, notAnObligor } from './commitment-terms.decider.js';
import type { Ask, Judgement } from './commitment-terms.decider.js';
import type { Commitment } from './commitment.facts.js';
import { isOpen, latestAllegationAgainst, latestAllegationOf } from './commitment-standing.facts.js';

function noBreachAlleged(party: string | null): Judgement {
  return refuse('NO_BREACH_ALLEGED', `No allegation stands that ${party} could answer or withdraw.`);
}

export function allege(command: Ask<'AllegeBreach'>, commitment: Commitment): Judgement {
  const { party } = command.act;
  const refused = notABeneficiary(commitment, party);
  if (refused !== undefined) return refused;
  const own = latestAllegationOf(commitment, party);
  if (own !== undefined && isOpen(commitment, own) && alreadySaid([own.said], command.act)) return nothing;
  return ended(commitment, party) ?? accept(command.event);
}

export function answer(command: Ask<'AnswerBreach'>, commitment: Commitment): Judgement {
  const { party } = command.act;
  if (!commitment.obligors.includes(party ?? '')) return notAnObligor(commitment, party);
  const alleged = latestAllegationAgainst(commitment, party);
  if (alleged !== undefined && alreadySaid(alleged.answers, command.act)) return nothing;
  const shut = ended(commitment);
  if (shut !== undefined) return shut;
  return alleged !== undefined && isOpen(commitment, alleged)
    ? accept(command.event)
    : noBreachAlleged(party);
}

export function withdraw(command: Ask<'WithdrawBreach'>, commitment: Commitment): Judgement {
  const { party } = command.act;
  const own = latestAllegationOf(commitment, party);
  const withdrawn = own?.withdrawn ?? null;
  if (withdrawn !== null && alreadySaid([withdrawn], command.act)) return nothing;
  const shut = ended(commitment);
  if (shut !== undefined) return shut;
  if (own !== undefined && (isOpen(commitment, own) || withdrawn !== null)) return accept(command.event);
  const others = latestAllegationAgainst(commitment, party);
  return others !== undefined && isOpen(commitment, others)
    ? refuse(
        'NOT_YOUR_ALLEGATION',
        `The breach is alleged by ${others.said.party}; only ${others.said.party} can withdraw that.`,
      )
    : noBreachAlleged(party);
}
