import {
  accept,
  alreadySaid,
  contradicting,
  ending,
  isOwnWord,
  nothing,
  ownWordStands,
  refuse,
  restingOn,
} from '#libs/decider';
import { isInForce, knowingNothing, notOpen, othersTerms, ownTerms } from './irritant-closing.decider.js';
import { packageOf } from './irritant-conditions.facts.js';
import type { Irritant } from './irritant.facts.js';
import type { Resolution } from './irritant-resolutions.facts.js';
import { conditionalIn } from './irritant-resolutions.facts.js';
import { instrumentsOf, unsettled } from './irritant-settlement.facts.js';
import { isClosed } from './irritant-stage.facts.js';
import type { IrritantAct, IrritantConsequence, Rules } from './irritant-terms.decider.js';

type TakingBack = Extract<
  IrritantAct,
  { type: 'WithdrawResolutionAcceptance' | 'WithdrawResolutionProposal' }
>;

/** Once all that it waits for is accepted, and nothing stands in the way, the acceptance is in effect for both. */
function inEffect(command: TakingBack, irritant: Irritant) {
  const { lookUp = knowingNothing } = command.facts;
  const found = packageOf(irritant.id, lookUp);
  const isReady =
    found?.members.every(
      (one) => unsettled(one.irritant.id, instrumentsOf(one.irritant, lookUp)) === undefined,
    ) === true;
  return isReady
    ? refuse(
        'RESOLUTION_IN_EFFECT',
        'All that the acceptance waited for is settled, so it takes effect: reopen the irritant instead.',
      )
    : undefined;
}

/** The side that accepted on a condition takes that back while the condition stands. */
function withdrawAcceptance(
  command: Extract<TakingBack, { type: 'WithdrawResolutionAcceptance' }>,
  irritant: Irritant,
) {
  const found = othersTerms(irritant, command.event.data.resolutionId, command.act.party);
  if (!('resolutionId' in found)) return found;
  if (found.state === 'proposed' && found.takenBack !== undefined)
    return alreadySaid([found.takenBack], command.act) ? nothing : notConditional(found);
  if (found.state !== 'conditional') return notConditional(found);
  return (
    ownWordStands(command.act, found.answer) ??
    inEffect(command, irritant) ??
    // The terms of the other side are open again: that is not undone but by accepting them anew.
    accept(ending(restingOn(command.event, found.answer), found.said, found.answer))
  );
}

function notConditional({ state }: Resolution) {
  return refuse(
    'RESOLUTION_NOT_CONDITIONAL',
    `The terms are ${state}: only what is accepted on a condition is taken back, while the condition stands.`,
  );
}

/** Whoever proposed the terms takes them back while they are open, or accepted on a condition. */
function withdrawProposal(
  command: Extract<TakingBack, { type: 'WithdrawResolutionProposal' }>,
  irritant: Irritant,
) {
  const found = ownTerms(irritant, command.event.data.resolutionId, command.act.party);
  if (!('resolutionId' in found)) return found;
  if (found.state === 'withdrawn') return nothing;
  const late = found.state === 'conditional' ? inEffect(command, irritant) : undefined;
  const isEffective = late !== undefined || (found.state === 'accepted' && isInForce(irritant, found));
  // Of terms that were proposed in its name alone the other side has accepted nothing that the party itself said.
  if (isEffective && isOwnWord(command, found.said))
    return accept(ending(command.event, found.said, found.answer), ...contradicting(command, found.said));
  if (found.state !== 'proposed' && found.state !== 'conditional') return notOpen(found);
  const stands = ownWordStands(command.act, found.said);
  if (stands !== undefined) return stands;
  return late ?? accept(ending(command.event, found.said, found.answer));
}

/**
 * What waited for others takes effect, as the record stood at its cause. An acceptance that was taken back after that
 * came too late: the others rely on it.
 */
function takeEffect(command: Extract<IrritantConsequence, { type: 'TakeEffect' }>, irritant: Irritant) {
  const { obstacle, ...data } = command.data;
  const isThere = irritant.resolutions.some((one) => one.resolutionId === data.resolutionId);
  if (isClosed(irritant) || !isThere) return nothing;
  return obstacle === undefined
    ? accept({ type: 'IrritantResolved', data, content: {}, derivedFrom: command.rests })
    : refuse(obstacle.refused, obstacle.because);
}

function sameConditions(one: Resolution | undefined, other: Resolution['conditions']): boolean {
  return JSON.stringify(one?.conditions) === JSON.stringify(other);
}

function changeConditions(
  command: Extract<IrritantConsequence, { type: 'ChangeConditions' }>,
  irritant: Irritant,
) {
  const { data, rests } = command;
  const found = conditionalIn(irritant);
  const isMoot = isClosed(irritant) || found?.resolutionId !== data.resolutionId;
  return isMoot || sameConditions(found, data.conditions)
    ? nothing
    : accept({ type: 'ResolutionConditionsChanged', data, content: {}, derivedFrom: rests });
}

/** How an acceptance that waits for what is linked is taken back, and how it takes effect. */
export const conditionalRules: Rules<
  'WithdrawResolutionAcceptance' | 'WithdrawResolutionProposal' | 'TakeEffect' | 'ChangeConditions'
> = {
  WithdrawResolutionAcceptance: withdrawAcceptance,
  WithdrawResolutionProposal: withdrawProposal,
  TakeEffect: takeEffect,
  ChangeConditions: changeConditions,
};
