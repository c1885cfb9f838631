import { syntheticAccounts } from './synthetic.accounts.js';
import {
  syntheticErasure,
  syntheticRepudiation,
  syntheticRetraction,
  syntheticReview,
} from './synthetic.amendments.js';
import { syntheticAssets } from './synthetic.assets.js';
import { syntheticClosings } from './synthetic.closings.js';
import { syntheticConditions } from './synthetic.conditions.js';
import { syntheticCommitments } from './synthetic.commitments.js';
import { syntheticOpening, syntheticThirdParties } from './synthetic.dialogue.js';
import { syntheticIrritants, syntheticPositions } from './synthetic.irritants.js';
import { syntheticEndedExchange, syntheticNotes } from './synthetic.notes.js';
import { syntheticProposals } from './synthetic.proposals.js';
import { syntheticRoadmap } from './synthetic.roadmap.js';
import { syntheticRounds } from './synthetic.rounds.js';
import { syntheticSources } from './synthetic.sources.js';
import { syntheticLateRoadmap, syntheticSteps, syntheticTerminated } from './synthetic.steps.js';
import { syntheticUnderstandings } from './synthetic.understandings.js';
import type { Step } from './step.js';

const themes: readonly (readonly Step[])[] = [
  syntheticIrritants,
  [...syntheticRounds, ...syntheticErasure],
  syntheticThirdParties,
  syntheticPositions,
  syntheticUnderstandings,
  syntheticAccounts,
  syntheticProposals,
  syntheticNotes,
  syntheticEndedExchange,
  syntheticCommitments,
  syntheticRoadmap,
  syntheticSteps,
  syntheticTerminated,
  syntheticLateRoadmap,
  syntheticAssets,
  syntheticRetraction,
  syntheticReview,
  syntheticRepudiation,
  syntheticClosings,
  syntheticConditions,
];

/** What keeps the record has no time of its own: it is entered after the step before it. */
function dated(theme: readonly Step[]): readonly { readonly at: string; readonly step: Step }[] {
  let at = '';
  return theme.map((step) => {
    const occurred = 'body' in step ? step.body['occurred'] : undefined;
    if (typeof occurred === 'string') at = occurred;
    return { at, step };
  });
}

/**
 * An invented dialogue between two invented parties that goes through every milestone, overlay and outcome. It is told
 * by themes and entered in the order of its dates, by the desks of both sides.
 */
export const syntheticRecord: readonly Step[] = [
  ...syntheticOpening,
  ...syntheticSources,
  ...themes
    .flatMap(dated)
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .map(({ step }) => step),
];
