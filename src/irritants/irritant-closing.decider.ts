import {
  accept,
  alreadySaid,
  basisOf,
  ending,
  firstOf,
  nothing,
  refuse,
  restOnSaid,
  restOnThis,
} from '#libs/decider';
import type { Decision, Said } from '#libs/decider';
import type { IrritantAct, IrritantRefusal, Rules } from './irritant-terms.decider.js';
import type { Irritant, Resolution } from './irritant.facts.js';
import { isOwnWord } from './irritant-own-words.facts.js';
import { standing } from './irritant-stage.facts.js';
import { closed, ownWordStands } from './irritant-stances.decider.js';

type Accept = Extract<IrritantAct, { type: 'AcceptResolution' }>;

function resolutionOf(irritant: Irritant, id: string): Resolution | undefined {
  return irritant.resolutions.find((one) => one.resolutionId === id);
}

function unanswerable(
  irritant: Irritant,
  id: string,
  party: string | null,
  whose: 'own' | 'other',
): Decision<IrritantRefusal> | Resolution {
  const found = resolutionOf(irritant, id);
  if (found === undefined) {
    return refuse(
      'RESOLUTION_UNKNOWN',
      `This irritant has no proposed resolution ${id}; they are listed under "resolutions".`,
    );
  }
  if (whose === 'other' && found.said.party === party) {
    return refuse(
      'OWN_RESOLUTION',
      `${party} proposed these terms itself; only the other side can answer them.`,
    );
  }
  if (whose === 'own' && found.said.party !== party) {
    return refuse(
      'NOT_OWN_RESOLUTION',
      `The terms are ${found.said.party}'s; only ${found.said.party} can withdraw them.`,
    );
  }
  return found;
}

function notOpen(found: Resolution): Decision<IrritantRefusal> {
  return refuse('RESOLUTION_NOT_OPEN', `The proposed terms are already ${found.state}; propose terms anew.`);
}

function answersOf({ answer }: Resolution): readonly Said[] {
  return answer === undefined ? [] : [answer];
}

function resolving(command: Accept, { resolutionId, said, answer }: Resolution): Decision<IrritantRefusal> {
  const rests = [restOnSaid(said), restOnThis(command)];
  return accept(ending(command.event, said, answer), {
    type: 'IrritantResolved',
    data: { resolutionId, basis: basisOf(rests), restsOn: rests.map((one) => one.id) },
    content: {},
    derivedFrom: rests,
  });
}

/** What stands against a resolution at the revisions that are checked, whoever accepts it and however late. */
function unsettled(command: Accept): Decision<IrritantRefusal> | undefined {
  // Of a roadmap over several irritants, only the steps towards this one.
  const self = command.facts.self ?? '';
  const steps = (command.facts.instruments ?? []).flatMap(({ roadmap }) =>
    (roadmap?.openMandatorySteps ?? []).flatMap((one) => (one.irritantIds.includes(self) ? one.stepId : [])),
  );
  if (steps.length > 0) {
    return refuse(
      'MANDATORY_STEPS_OPEN',
      `Mandatory steps are neither accepted nor waived: ${firstOf(steps)}.`,
    );
  }
  const breaches = (command.facts.instruments ?? []).filter((one) => one.commitment?.breachOpen === true);
  if (breaches.length > 0) {
    return refuse(
      'BREACH_OPEN',
      `A breach is alleged and not cleared: commitment ${firstOf(breaches.map((one) => one.id))}.`,
    );
  }
  return undefined;
}

/** Resolved means: the same terms, every mandatory step accepted or waived, and no breach open, as checked now. */
function acceptResolution(command: Accept, irritant: Irritant): Decision<IrritantRefusal> {
  const { resolutionId, termsHash } = command.event.data;
  const found = unanswerable(irritant, resolutionId, command.act.party, 'other');
  if (!('resolutionId' in found)) return found;
  if (found.state === 'accepted' && found.termsHash === termsHash) {
    if (alreadySaid(answersOf(found), command.act)) return nothing;
    // Where the irritant is resolved by this answer, the party's own word gives it a better basis.
    const { stage, restsOn } = standing(irritant);
    const isBasis = stage === 'resolved' && answersOf(found).some((one) => restsOn.includes(one.eventId));
    return isBasis ? (unsettled(command) ?? resolving(command, found)) : notOpen(found);
  }
  const isOpen = found.state === 'proposed' || isOwnWord(command, found.answer);
  if (!isOpen) return notOpen(found);
  if (found.termsHash !== termsHash) {
    return refuse(
      'TEXT_MISMATCH',
      `The proposed terms have the hash ${found.termsHash}, not ${termsHash}: read them again.`,
    );
  }
  const shut = closed(irritant);
  if (shut !== undefined) return shut;
  return unsettled(command) ?? resolving(command, found);
}

export const closingRules: Rules<
  'ProposeResolution' | 'AcceptResolution' | 'RejectResolution' | 'WithdrawResolutionProposal'
> = {
  ProposeResolution: (command, irritant) => closed(irritant) ?? accept(command.event),
  AcceptResolution: acceptResolution,
  RejectResolution: (command, irritant) => {
    const found = unanswerable(irritant, command.event.data.resolutionId, command.act.party, 'other');
    if (!('resolutionId' in found)) return found;
    if (found.state === 'rejected' && alreadySaid(answersOf(found), command.act)) return nothing;
    return found.state === 'proposed' || isOwnWord(command, found.answer)
      ? accept(ending(command.event, found.said, found.answer))
      : notOpen(found);
  },
  WithdrawResolutionProposal: (command, irritant) => {
    const found = unanswerable(irritant, command.event.data.resolutionId, command.act.party, 'own');
    if (!('resolutionId' in found)) return found;
    if (found.state === 'withdrawn') return nothing;
    if (found.state !== 'proposed') return notOpen(found);
    return ownWordStands(irritant, command.act, found.said) ?? accept(ending(command.event, found.said));
  },
};
