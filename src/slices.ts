import { assets } from './assets/assets.slice.js';
import { commitments } from './commitments/commitments.slice.js';
import { dialogues } from './dialogues/dialogues.slice.js';
import { exchanges } from './exchanges/exchanges.slice.js';
import { irritants } from './irritants/irritants.slice.js';
import type { Slice } from './platform/record/slice.js';
import { proposals } from './proposals/proposals.slice.js';
import { roadmaps } from './roadmaps/roadmaps.slice.js';
import { rounds } from './rounds/rounds.slice.js';
import { sources } from './sources/sources.slice.js';

/** Every slice of the record, in the order in which people meet them. */
export const slices: readonly Slice[] = [
  dialogues,
  irritants,
  rounds,
  exchanges,
  assets,
  sources,
  proposals,
  roadmaps,
  commitments,
];
