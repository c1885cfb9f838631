import { hasSaid, said, withWord } from '#libs/decider';
import type { Act, Fact, Said } from '#libs/decider';
import type { IrritantFact } from './irritant.events.js';
import { answerHandlers, isOther } from './irritant-answers.facts.js';
import type { Handlers, Of } from './irritant-answers.facts.js';
import { linkageHandlers } from './irritant-linkages.facts.js';
import type { Irritant } from './irritant.facts.js';
import {
  isClosed,
  milestone,
  reach,
  reopened,
  reviewed,
  stageOf,
  underReview,
} from './irritant-stage.facts.js';

/** A derived event carries its own basis; the acts it rests on are named in its data. */
function derived(
  basis: 'direct' | 'attributed',
  rests: readonly string[],
): { eventId: string; capacity: Act['capacity'] }[] {
  return rests.map((eventId) => ({ eventId, capacity: basis }));
}

function born(fact: Of<'IrritantRaised'>): Irritant {
  const raised = said(fact);
  return {
    id: fact.stream.slice(fact.stream.indexOf('-') + 1),
    dialogueId: fact.data.dialogueId,
    key: fact.data.key,
    category: fact.data.category,
    legalBasis: fact.data.legalBasis ?? [],
    synthetic: fact.data.synthetic,
    raisers: fact.data.raisers,
    respondents: fact.data.respondents,
    raisedBasis: fact.data.raisedBasis,
    raised,
    coRaised: [],
    acknowledgements: [],
    contests: [],
    positions: {},
    claims: [],
    resolutions: [],
    dormancy: null,
    restedBy: [],
    withdrawals: [],
    suspensions: [],
    partialResolutions: [],
    base: milestone(fact, 'raised', [raised]),
    milestones: [],
    review: null,
    instruments: [],
    linkages: [],
    linkedFrom: [],
    breaches: [],
    flags: [],
    updated: { eventId: fact.id, recordedAt: fact.recordedAt },
  };
}

/** Its own word takes the place of one that was attributed to it; a side that raised it has no need to join in. */
function coRaisedAnew(irritant: Irritant, fact: Fact): Irritant {
  return hasSaid(irritant.coRaised, fact.act.party)
    ? { ...irritant, coRaised: withWord(irritant.coRaised, fact) }
    : irritant;
}

function rested(irritant: Irritant, fact: Fact, restedBy: readonly Said[]): Irritant {
  return reach({ ...irritant, dormancy: null, restedBy }, milestone(fact, 'dormant', restedBy));
}

/** It already rests; a party's own word in the place of one that was attributed to it betters the basis. */
function restedAnew(irritant: Irritant, fact: Fact): Irritant {
  if (stageOf(irritant) !== 'dormant' || !hasSaid(irritant.restedBy, fact.act.party)) return irritant;
  return rested(irritant, fact, withWord(irritant.restedBy, fact));
}

const handlers: Handlers = {
  ...answerHandlers,
  ...linkageHandlers,
  IrritantRaised: (irritant) => irritant,
  IrritantCoRaised: (irritant, fact) =>
    fact.act.party === null || irritant.raisers.includes(fact.act.party)
      ? coRaisedAnew(irritant, fact)
      : {
          ...irritant,
          raisers: [...irritant.raisers, fact.act.party],
          coRaised: [...irritant.coRaised, said(fact)],
        },
  IrritantAcknowledged: (irritant, fact) => {
    const acknowledged = { ...irritant, acknowledgements: [...irritant.acknowledgements, said(fact)] };
    return isOther(fact, irritant.raised) && irritant.respondents.includes(fact.act.party ?? '')
      ? reach(acknowledged, milestone(fact, 'under-consultation', [irritant.raised, said(fact)]))
      : acknowledged;
  },
  IrritantContested: (irritant, fact) => ({ ...irritant, contests: [...irritant.contests, said(fact)] }),
  PositionStated: (irritant, fact) => ({
    ...irritant,
    positions: {
      ...irritant.positions,
      [fact.act.party ?? '']: {
        stance: fact.data.stance,
        ...(fact.data.roundId === undefined ? {} : { roundId: fact.data.roundId }),
        said: said(fact),
      },
    },
  }),
  ConsultationBegan: (irritant, fact) =>
    reach(irritant, milestone(fact, 'under-consultation', derived(fact.data.basis, fact.data.restsOn))),
  RoadmapAgreedInPrinciple: (irritant, fact) =>
    reach(irritant, milestone(fact, 'roadmap-in-principle', derived(fact.data.basis, fact.data.restsOn))),
  RoadmapAgreed: (irritant, fact) =>
    reach(irritant, milestone(fact, 'roadmap-agreed', derived(fact.data.basis, fact.data.restsOn))),
  ImplementationBegan: (irritant, fact) =>
    reach(irritant, milestone(fact, 'in-implementation', derived(fact.data.basis, fact.data.restsOn))),
  PartialResolutionReported: (irritant, fact) => ({
    ...irritant,
    partialResolutions: [...irritant.partialResolutions, said(fact)],
  }),
  IrritantResolved: (irritant, fact) =>
    reach(irritant, milestone(fact, 'resolved', derived(fact.data.basis, fact.data.restsOn))),
  IrritantSuspended: (irritant, fact) => ({
    ...irritant,
    suspensions: [...irritant.suspensions.filter((one) => one.party !== fact.act.party), said(fact)],
  }),
  IrritantResumed: (irritant, fact) => ({
    ...irritant,
    suspensions: irritant.suspensions.filter((one) => one.party !== fact.act.party),
  }),
  IrritantWithdrawn: (irritant, fact) => {
    const withdrawals = [...irritant.withdrawals.filter((one) => one.party !== fact.act.party), said(fact)];
    const next = { ...irritant, withdrawals };
    const all = irritant.raisers.every((raiser) => hasSaid(withdrawals, raiser));
    return all ? reach(next, milestone(fact, 'withdrawn', withdrawals)) : next;
  },
  IrritantReopened: (irritant, fact) => (isClosed(irritant) ? reopened(irritant, fact) : irritant),
  DormancyProposed: (irritant, fact) =>
    stageOf(irritant) === 'dormant' ? restedAnew(irritant, fact) : { ...irritant, dormancy: said(fact) },
  DormancyDeclined: (irritant) => ({ ...irritant, dormancy: null }),
  IrritantMadeDormant: (irritant, fact) =>
    irritant.dormancy !== null && isOther(fact, irritant.dormancy)
      ? rested(irritant, fact, [irritant.dormancy, said(fact)])
      : restedAnew(irritant, fact),
  StageReviewOpened: (irritant, fact) => underReview(irritant, fact, fact.data.cause),
  StageReviewConcluded: (irritant, fact) =>
    fact.act.party === null ? irritant : reviewed(irritant, fact, fact.data.stage, fact.act.party),
  BreachNoted: (irritant, fact) => ({
    ...irritant,
    breaches: [...irritant.breaches.filter((one) => one !== fact.data.commitmentId), fact.data.commitmentId],
  }),
  BreachCleared: (irritant, fact) => ({
    ...irritant,
    breaches: irritant.breaches.filter((one) => one !== fact.data.commitmentId),
  }),
  ConsequenceRefused: (irritant, fact) => ({
    ...irritant,
    flags: [...irritant.flags, { kind: 'consequence-refused', ...fact.data }],
  }),
};

export function evolve(irritant: Irritant | null, fact: Fact): Irritant | null {
  if (irritant === null) {
    return fact.type === 'IrritantRaised' ? born(fact as Of<'IrritantRaised'>) : null;
  }
  if (!Object.hasOwn(handlers, fact.type)) return irritant;
  const handle = handlers[fact.type as IrritantFact['type']] as (irritant: Irritant, fact: Fact) => Irritant;
  return { ...handle(irritant, fact), updated: { eventId: fact.id, recordedAt: fact.recordedAt } };
}
