import { understandingsIn } from '../kernel/claims.facts.js';
import type { Irritant } from './irritant.facts.js';
import { stageOf } from './irritant-stage.facts.js';

function among<T extends { readonly state: string }>(
  all: readonly T[],
  ...states: T['state'][]
): readonly T[] {
  return all.filter((one) => states.includes(one.state));
}

/** What holds by the words of both sides: the stage and all that it was reached by, and what both hold beside it. */
export function jointIn(irritant: Irritant): { readonly [what: string]: unknown } {
  const { base, milestones, resolutions, linkages, titleAccepted } = irritant;
  return {
    stage: stageOf(irritant),
    milestones: [base, ...milestones].map((one) => one.eventId),
    understandings: understandingsIn(irritant),
    resolutions: among(resolutions, 'accepted', 'conditional').map((one) => [one.resolutionId, one.state]),
    linkages: among(linkages, 'accepted', 'ended').map((one) => [one.linkageId, one.state]),
    title: titleAccepted.map((one) => one.party),
  };
}
