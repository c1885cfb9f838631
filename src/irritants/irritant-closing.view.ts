import { toldView, toldViews } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import { array, described, orNull, uuid } from '../platform/shapes/json-schema.js';
import type { Published } from '../platform/shapes/json-schema.js';
import { told } from '../platform/shapes/said-shapes.js';
import type { Closing } from './irritant-closing.facts.js';
import { stageName } from './irritant-stage.view.js';
import { irritantEvents } from './irritant.events.js';

/** What asks to close it; and what one side undid by reopening, beside who did. */
export function closingView(irritant: Closing, wordsOf: WordsOf) {
  const { dormancy, withdrawalAccepted } = irritant;
  return {
    reopenings: irritant.reopenings.map(({ said, ...one }) => ({ ...one, ...toldView(said, wordsOf) })),
    dormancy: dormancy === null ? null : toldView(dormancy, wordsOf),
    withdrawals: toldViews(irritant.withdrawals, wordsOf),
    withdrawalAccepted: withdrawalAccepted === null ? null : toldView(withdrawalAccepted, wordsOf),
  };
}

export const closingShape: Published<typeof closingView> = {
  reopenings: array(
    told(
      irritantEvents.IrritantReopened,
      { closed: described(stageName, 'What it was before.'), closingEventId: uuid },
      { resolutionId: uuid },
    ),
  ),
  dormancy: orNull(told(irritantEvents.DormancyProposed)),
  withdrawals: array(told(irritantEvents.IrritantWithdrawn)),
  withdrawalAccepted: orNull(told(irritantEvents.WithdrawalAccepted)),
};
