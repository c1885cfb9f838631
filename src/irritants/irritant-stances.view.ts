import { toldView, toldViews } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import { array, byKey, oneOfWords, uuid } from '../platform/shapes/json-schema.js';
import type { Published } from '../platform/shapes/json-schema.js';
import { told } from '../platform/shapes/said-shapes.js';
import type { Stances } from './irritant-stances.facts.js';
import { irritantEvents, stances } from './irritant.events.js';

/** Each side's own position, and what it says beside that. */
export function stancesView(irritant: Stances, wordsOf: WordsOf) {
  return {
    positions: Object.fromEntries(
      Object.entries(irritant.positions).map(([party, { said, ...position }]) => [
        party,
        { ...position, ...toldView(said, wordsOf) },
      ]),
    ),
    acknowledgements: toldViews(irritant.acknowledgements, wordsOf),
    contests: toldViews(irritant.contests, wordsOf),
    partialResolutions: toldViews(irritant.partialResolutions, wordsOf),
    suspensions: toldViews(irritant.suspensions, wordsOf),
  };
}

export const stancesShape: Published<typeof stancesView> = {
  positions: byKey(told(irritantEvents.PositionStated, { stance: oneOfWords(stances) }, { roundId: uuid })),
  acknowledgements: array(told(irritantEvents.IrritantAcknowledged)),
  contests: array(told(irritantEvents.IrritantContested)),
  partialResolutions: array(told(irritantEvents.PartialResolutionReported)),
  suspensions: array(told(irritantEvents.IrritantSuspended)),
};
