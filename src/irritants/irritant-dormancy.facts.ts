import { hasSaid, isHearsay, said, withWord } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import type { Handlers } from './irritant-handlers.facts.js';
import { isOther } from '../kernel/own-words.js';
import { milestone, reach, stageOf } from './irritant-stage.facts.js';
import type { Staged } from './irritant-stage.facts.js';

export interface Resting {
  readonly dormancy: Said | null;
  /** The proposal to let it rest and its acceptance, while they count. */
  readonly restedBy: readonly Said[];
}

export const noRest: Resting = { dormancy: null, restedBy: [] };

function rested<I extends Resting & Staged>(irritant: I, fact: Fact, restedBy: readonly Said[]): I {
  return reach({ ...irritant, dormancy: null, restedBy }, milestone(fact, 'dormant', restedBy));
}

/** It already rests; a party's own word in the place of one that was attributed to it betters the basis. */
function restedAnew<I extends Resting & Staged>(irritant: I, fact: Fact): I {
  if (stageOf(irritant) !== 'dormant' || !hasSaid(irritant.restedBy, fact.act.party)) return irritant;
  return rested(irritant, fact, withWord(irritant.restedBy, fact));
}

/** The open proposal to let it rest, where this word of the other side or of its own side counts for it. */
function proposalFor(irritant: Resting, fact: Fact, whose: 'own' | 'other'): Said | undefined {
  const { dormancy } = irritant;
  if (dormancy === null || isHearsay(fact, dormancy)) return undefined;
  return isOther(fact, dormancy) === (whose === 'other') ? dormancy : undefined;
}

/** How both sides let it rest. */
export const dormancyHandlers: Handlers<
  Resting & Staged,
  'DormancyProposed' | 'DormancyProposalWithdrawn' | 'DormancyDeclined' | 'IrritantMadeDormant'
> = {
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
