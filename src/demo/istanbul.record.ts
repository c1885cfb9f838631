import { istanbulAssets } from './istanbul.assets.js';
import { istanbulDialogue, istanbulThirdParties } from './istanbul.dialogue.js';
import { istanbulExchange } from './istanbul.exchange.js';
import { istanbulPositions, istanbulRaisings } from './istanbul.irritants.js';
import { istanbulPoints } from './istanbul.points.js';
import { istanbulRounds } from './istanbul.rounds.js';
import { istanbulSources } from './istanbul.sources.js';
import type { Step } from './step.js';

/**
 * The consultations of 27 February and 10 April 2025 in Istanbul, as a secretariat of neither side enters them from
 * what was published. A joint fact is in it only where both sides said so.
 */
export const istanbulRecord: readonly Step[] = [
  ...istanbulDialogue,
  ...istanbulSources,
  // A matter is raised before the first account of a round: raised afterwards, no side's word alone moves it.
  ...istanbulRaisings,
  ...istanbulRounds,
  ...istanbulAssets,
  ...istanbulPositions,
  ...istanbulPoints,
  ...istanbulExchange,
  ...istanbulThirdParties,
];
