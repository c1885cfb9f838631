import type { Cases } from '../support/twice.js';
import { assetCases } from './twice-assets.js';
import { commitmentCases } from './twice-commitments.js';
import { irritantCases } from './twice-irritants.js';
import { dialogueCases, sourceCases } from './twice-record.js';
import { exchangeCases, roundCases } from './twice-talks.js';
import { proposalCases, roadmapCases } from './twice-texts.js';

/** What each command is given with, twice: those of each slice. */
export const casesOf: { readonly [slice: string]: Cases } = {
  dialogues: dialogueCases,
  irritants: irritantCases,
  rounds: roundCases,
  exchanges: exchangeCases,
  assets: assetCases,
  sources: sourceCases,
  proposals: proposalCases,
  roadmaps: roadmapCases,
  commitments: commitmentCases,
};
