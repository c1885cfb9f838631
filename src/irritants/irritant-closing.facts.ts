import { hasSaid, isHearsay, said, withWord } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import type { Handlers } from './irritant-answers.facts.js';
import type { Irritant } from './irritant.facts.js';
import { isOther } from './irritant-own-words.facts.js';
import {
  isClosed,
  isClosedStage,
  isJoint,
  milestone,
  reach,
  reopened,
  stageOf,
} from './irritant-stage.facts.js';

/** Every raiser has withdrawn; nobody withdraws what nobody is on record as raising. */
export function isWithdrawnByAll({ raisers, withdrawals }: Irritant): boolean {
  return raisers.length > 0 && raisers.every((raiser) => hasSaid(withdrawals, raiser));
}

/** What both sides agreed on stands, so a side that has not withdrawn must accept that the matter is let go. */
export function needsAcceptance(irritant: Irritant): boolean {
  const isSilent = irritant.parties.some((party) => !hasSaid(irritant.withdrawals, party));
  return isJoint(stageOf(irritant)) && isSilent;
}

function withdrawn(irritant: Irritant, fact: Fact): Irritant {
  const accepted = irritant.withdrawalAccepted;
  const words = [...irritant.withdrawals, ...(accepted === null ? [] : [accepted])];
  return reach(irritant, milestone(fact, 'withdrawn', words));
}

/**
 * Of a matter that is closed it says nothing, unless it stands in the place of a word by which that was withdrawn: what
 * was open when it was said may turn out to have been closed, where the reopening has dropped out.
 */
function withdrawnBy(irritant: Irritant, fact: Fact): Irritant {
  const withdrawals = withWord(irritant.withdrawals, fact);
  const isBetter = stageOf(irritant) === 'withdrawn' && withdrawals.length === irritant.withdrawals.length;
  if (isClosed(irritant) && (!isBetter || withdrawals === irritant.withdrawals)) return irritant;
  const next = { ...irritant, withdrawals };
  return isWithdrawnByAll(next) && !needsAcceptance(next) ? withdrawn(next, fact) : next;
}

/** Who reopened what had been withdrawn since has not reopened what turns out to have been closed before. */
function isClosedBy({ base, milestones }: Irritant, eventId: string): boolean {
  return [base, ...milestones].some((one) => one.eventId === eventId && isClosedStage(one.stage));
}

/** A withdrawal that turns out to have waited for the other side waits no more once somebody has reopened the matter. */
function notLetGo(irritant: Irritant, closingEventId: string): Irritant {
  return irritant.withdrawals.some((one) => one.eventId === closingEventId)
    ? { ...irritant, withdrawals: [], withdrawalAccepted: null }
    : irritant;
}

function rested(irritant: Irritant, fact: Fact, restedBy: readonly Said[]): Irritant {
  return reach({ ...irritant, dormancy: null, restedBy }, milestone(fact, 'dormant', restedBy));
}

/** It already rests; a party's own word in the place of one that was attributed to it betters the basis. */
function restedAnew(irritant: Irritant, fact: Fact): Irritant {
  if (stageOf(irritant) !== 'dormant' || !hasSaid(irritant.restedBy, fact.act.party)) return irritant;
  return rested(irritant, fact, withWord(irritant.restedBy, fact));
}

/** The open proposal to let it rest, where this word of the other side or of its own side counts for it. */
function proposalFor(irritant: Irritant, fact: Fact, whose: 'own' | 'other'): Said | undefined {
  const { dormancy } = irritant;
  if (dormancy === null || isHearsay(fact, dormancy)) return undefined;
  return isOther(fact, dormancy) === (whose === 'other') ? dormancy : undefined;
}

/** How an irritant is closed by withdrawal or dormancy, and opened again. */
export const closingHandlers: Handlers<
  | 'IrritantWithdrawn'
  | 'WithdrawalAccepted'
  | 'IrritantReopened'
  | 'DormancyProposed'
  | 'DormancyProposalWithdrawn'
  | 'DormancyDeclined'
  | 'IrritantMadeDormant'
> = {
  IrritantWithdrawn: withdrawnBy,
  WithdrawalAccepted: (irritant, fact) => {
    const isAccepting = isWithdrawnByAll(irritant) && !hasSaid(irritant.withdrawals, fact.act.party);
    const isOpen = !isClosed(irritant) || irritant.withdrawalAccepted !== null;
    const [word] = withWord(irritant.withdrawalAccepted === null ? [] : [irritant.withdrawalAccepted], fact);
    if (!isAccepting || !isOpen || word === undefined || fact.act.party === null) return irritant;
    return withdrawn({ ...irritant, withdrawalAccepted: word }, fact);
  },
  IrritantReopened: (irritant, fact) =>
    isClosed(irritant) && isClosedBy(irritant, fact.data.closingEventId)
      ? reopened(irritant, fact)
      : notLetGo(irritant, fact.data.closingEventId),
  DormancyProposed: (irritant, fact) => {
    if (stageOf(irritant) === 'dormant') return restedAnew(irritant, fact);
    return isHearsay(fact, irritant.dormancy ?? undefined) ? irritant : { ...irritant, dormancy: said(fact) };
  },
  DormancyProposalWithdrawn: (irritant, fact) =>
    proposalFor(irritant, fact, 'own') === undefined ? irritant : { ...irritant, dormancy: null },
  DormancyDeclined: (irritant, fact) =>
    proposalFor(irritant, fact, 'other') === undefined ? irritant : { ...irritant, dormancy: null },
  IrritantMadeDormant: (irritant, fact) => {
    const proposal = proposalFor(irritant, fact, 'other');
    return proposal === undefined
      ? restedAnew(irritant, fact)
      : rested(irritant, fact, [proposal, said(fact)]);
  },
};
