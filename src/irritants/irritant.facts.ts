import type { Fact } from '#libs/decider';
import { noClaims } from '../kernel/claims.facts.js';
import type { Claims } from '../kernel/claims.facts.js';
import { claimHandlers } from './irritant-claims.facts.js';
import { closingHandlers, noClosing } from './irritant-closing.facts.js';
import type { Closing } from './irritant-closing.facts.js';
import { consequenceHandlers, noConsequences } from './irritant-consequences.facts.js';
import type { Consequences } from './irritant-consequences.facts.js';
import { dormancyHandlers } from './irritant-dormancy.facts.js';
import { grounded, noGrounds } from './irritant-grounds.facts.js';
import type { Grounds } from './irritant-grounds.facts.js';
import type { Handlers, Of } from './irritant-handlers.facts.js';
import { linkageHandlers, noLinkages } from './irritant-linkages.facts.js';
import type { Linkages } from './irritant-linkages.facts.js';
import { raisingHandlers, raisingOf, retitled } from './irritant-raising.facts.js';
import type { Raising } from './irritant-raising.facts.js';
import { noResolutions, resolutionHandlers } from './irritant-resolutions.facts.js';
import type { Resolutions } from './irritant-resolutions.facts.js';
import { noReview, reviewHandlers } from './irritant-review.facts.js';
import type { UnderReview } from './irritant-review.facts.js';
import { ladderOf } from './irritant-stage.facts.js';
import type { Ladder } from './irritant-stage.facts.js';
import { noStances, stanceHandlers } from './irritant-stances.facts.js';
import type { Stances } from './irritant-stances.facts.js';
import type { IrritantFact } from './irritant.events.js';

/** An irritant as the rules see it; each part stands with its first value and the handlers that change it. */
export interface Irritant
  extends
    Raising,
    Stances,
    Grounds,
    Claims,
    Linkages,
    Resolutions,
    Ladder,
    Closing,
    UnderReview,
    Consequences {}

const initial = {
  ...noStances,
  ...noGrounds,
  ...noClaims,
  ...noLinkages,
  ...noResolutions,
  ...noClosing,
  ...noReview,
  ...noConsequences,
};

const handlers: Handlers<Irritant, IrritantFact['type']> = {
  ...raisingHandlers,
  ...stanceHandlers,
  ...claimHandlers,
  ...linkageHandlers,
  ...resolutionHandlers,
  ...closingHandlers,
  ...dormancyHandlers,
  ...reviewHandlers,
  ...consequenceHandlers,
};

function born(fact: Of<'IrritantRaised'>): Irritant {
  return grounded({ ...initial, ...raisingOf(fact), ...ladderOf(fact) }, fact);
}

export function evolve(irritant: Irritant | null, fact: Fact): Irritant | null {
  if (irritant === null) {
    return fact.type === 'IrritantRaised' ? born(fact as Of<'IrritantRaised'>) : null;
  }
  if (!Object.hasOwn(handlers, fact.type)) return grounded(retitled(irritant, fact), fact);
  const handle = handlers[fact.type as IrritantFact['type']] as (irritant: Irritant, fact: Fact) => Irritant;
  return grounded(handle(irritant, fact), fact);
}
