import { markedView } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import { claimsView } from '../kernel/claims.view.js';
import { claimsShape } from '../platform/shapes/claim-shapes.js';
import { ref } from '../platform/shapes/json-schema.js';
import type { Published } from '../platform/shapes/json-schema.js';
import { represented } from '../platform/shapes/said-shapes.js';
import { awaiting, awaitingShape } from './irritant-awaiting.view.js';
import { closingShape, closingView } from './irritant-closing.view.js';
import { groundsShape, groundsView } from './irritant-grounds.view.js';
import { linkagesShape, linkagesView } from './irritant-linkages.view.js';
import { overlaysShape, overlaysView } from './irritant-overlays.view.js';
import { raisingShape, raisingView } from './irritant-raising.view.js';
import { resolutionsShape, resolutionsView } from './irritant-resolutions.view.js';
import { stageShape, stageView } from './irritant-stage.view.js';
import { stancesShape, stancesView } from './irritant-stances.view.js';
import type { Irritant } from './irritant.facts.js';

/** The joint stage beside each side's own position and the claims still unanswered. */
export function irritantView(irritant: Irritant, wordsOf: WordsOf) {
  return {
    ...raisingView(irritant, wordsOf),
    ...stageView(irritant, wordsOf),
    ...overlaysView(irritant),
    ...stancesView(irritant, wordsOf),
    ...groundsView(irritant, wordsOf),
    ...claimsView(irritant, wordsOf),
    ...linkagesView(irritant, wordsOf),
    awaiting: awaiting(irritant),
    ...resolutionsView(irritant, wordsOf),
    ...closingView(irritant, wordsOf),
    raised: markedView(irritant.raised, wordsOf),
  };
}

const shape: Published<typeof irritantView> = {
  ...raisingShape,
  ...stageShape,
  ...overlaysShape,
  ...stancesShape,
  ...groundsShape,
  ...claimsShape,
  ...linkagesShape,
  awaiting: awaitingShape,
  ...resolutionsShape,
  ...closingShape,
  raised: ref('Said'),
};

export const irritantRepresentation = represented<typeof irritantView>(shape);
