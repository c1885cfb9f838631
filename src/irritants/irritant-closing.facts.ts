import { hasSaid, said, withWord } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import { noRest } from './irritant-dormancy.facts.js';
import type { Resting } from './irritant-dormancy.facts.js';
import type { Handlers } from './irritant-handlers.facts.js';
import type { Raising } from './irritant-raising.facts.js';
import { unconditioned } from './irritant-resolutions.facts.js';
import {
  byWordOf,
  isClosed,
  isClosedStage,
  isJoint,
  milestone,
  openMilestones,
  reach,
  stageOf,
  currentMilestone,
} from './irritant-stage.facts.js';
import type { Ladder, Milestone, Staged } from './irritant-stage.facts.js';
import type { Stage } from './irritant.events.js';

/** What one side undid by reopening, beside who did. */
interface Reopening {
  readonly said: Said;
  readonly closed: Stage;
  readonly closingEventId: string;
  readonly resolutionId?: string;
}

interface Pending extends Resting {
  readonly withdrawals: readonly Said[];
  /** The other side's word on the withdrawals, while they count. */
  readonly withdrawalAccepted: Said | null;
}

/** What asks to close it, and what opened it again. */
export interface Closing extends Pending {
  readonly reopenings: readonly Reopening[];
}

const nothingPending: Pending = { ...noRest, withdrawals: [], withdrawalAccepted: null };

export const noClosing: Closing = { ...nothingPending, reopenings: [] };

/** The stage with this base and these milestones, and nothing that asks to close it. */
export function standingAnew<I extends Closing & Staged>(
  irritant: I,
  base: Milestone,
  milestones: readonly Milestone[] = [],
): I {
  return { ...irritant, ...nothingPending, resolutions: unconditioned(irritant), base, milestones };
}

/**
 * A withdrawn or dormant irritant has again what it had; a resolved one returns to consultation, whatever it had: one
 * side alone undoes that, and is named.
 */
function reopened<I extends Closing & Staged>(irritant: I, fact: Fact): I {
  const closing = currentMilestone(irritant);
  const [first, ...others] = openMilestones(irritant);
  const accepted = irritant.resolutions.find((one) => closing.restsOn.includes(one.answer?.eventId ?? ''));
  const reopening = {
    said: said(fact),
    closed: closing.stage,
    closingEventId: closing.eventId,
    ...(accepted === undefined ? {} : { resolutionId: accepted.resolutionId }),
  };
  const shown = { ...irritant, reopenings: [...irritant.reopenings, reopening] };
  if (closing.stage !== 'resolved' && first !== undefined) return standingAnew(shown, first, others);
  const base: Milestone = {
    ...milestone(fact, 'under-consultation', [said(fact)]),
    basis: closing.basis === 'direct' && fact.act.capacity === 'direct' ? 'direct' : 'attributed',
    restsOn: [fact.id, closing.eventId, ...closing.restsOn],
    ...byWordOf([said(fact)]),
  };
  return standingAnew(shown, base);
}

/** Every raiser has withdrawn; nobody withdraws what nobody is on record as raising. */
export function isWithdrawnByAll({ raisers, withdrawals }: Raising & Closing): boolean {
  return raisers.length > 0 && raisers.every((raiser) => hasSaid(withdrawals, raiser));
}

/** What both sides agreed on stands, so a side that has not withdrawn must accept that the matter is let go. */
export function needsAcceptance(irritant: Raising & Closing & Ladder): boolean {
  const isSilent = irritant.parties.some((party) => !hasSaid(irritant.withdrawals, party));
  return isJoint(stageOf(irritant)) && isSilent;
}

function withdrawn<I extends Closing & Staged>(irritant: I, fact: Fact): I {
  const accepted = irritant.withdrawalAccepted;
  const words = [...irritant.withdrawals, ...(accepted === null ? [] : [accepted])];
  return reach(irritant, { ...milestone(fact, 'withdrawn', words), ...byWordOf(words) });
}

/**
 * Of a matter that is closed it says nothing, unless it stands in the place of a word by which that was withdrawn: what
 * was open when it was said may turn out to have been closed, where the reopening has dropped out.
 */
function withdrawnBy<I extends Raising & Closing & Staged>(irritant: I, fact: Fact): I {
  const withdrawals = withWord(irritant.withdrawals, fact);
  const isBetter = stageOf(irritant) === 'withdrawn' && withdrawals.length === irritant.withdrawals.length;
  if (isClosed(irritant) && (!isBetter || withdrawals === irritant.withdrawals)) return irritant;
  const next = { ...irritant, withdrawals };
  return isWithdrawnByAll(next) && !needsAcceptance(next) ? withdrawn(next, fact) : next;
}

/** Who reopened what had been withdrawn since has not reopened what turns out to have been closed before. */
function isClosedBy({ base, milestones }: Ladder, eventId: string): boolean {
  return [base, ...milestones].some((one) => one.eventId === eventId && isClosedStage(one.stage));
}

/** A withdrawal that turns out to have waited for the other side waits no more once somebody has reopened the matter. */
function notLetGo<I extends Closing>(irritant: I, closingEventId: string): I {
  return irritant.withdrawals.some((one) => one.eventId === closingEventId)
    ? { ...irritant, withdrawals: [], withdrawalAccepted: null }
    : irritant;
}

/** How an irritant is closed by withdrawal, and opened again. */
export const closingHandlers: Handlers<
  Raising & Closing & Staged,
  'IrritantWithdrawn' | 'WithdrawalAccepted' | 'IrritantReopened'
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
};
