import {
  byParty,
  choice,
  event,
  flag,
  hash,
  id,
  integer,
  line,
  list,
  nonce,
  optional,
  party,
  shape,
  text,
} from '#libs/decider';
import type { FactOf, Said } from '#libs/decider';

export const categories = [
  'property',
  'banking',
  'international-dues',
  'visas',
  'freedom-of-movement',
  'local-staff',
  'air-connectivity',
  'mission-operations',
  'trade',
  'consular',
  'other',
] as const;

export const stances = ['seeks-action', 'acknowledges', 'contests', 'part-resolved', 'resolved'] as const;

/** From the lowest to the highest; the last three are closed. */
export const stages = [
  'raised',
  'under-consultation',
  'roadmap-in-principle',
  'roadmap-agreed',
  'in-implementation',
  'resolved',
  'withdrawn',
  'dormant',
] as const;
export type Stage = (typeof stages)[number];

export const overlays = ['suspended', 'part-resolved', 'breach-alleged', 'stage-under-review'] as const;
export type Overlay = (typeof overlays)[number];

export const claimKinds = ['roadmap-to-be-developed', 'agreement', 'commitment', 'factual', 'other'] as const;

export const instrumentKinds = ['round', 'exchange', 'proposal', 'roadmap', 'commitment', 'asset'] as const;
export type InstrumentKind = (typeof instrumentKinds)[number];
/** Another irritant that a side linked with this one is no instrument: nothing of it counts here. */
const linkedKinds = [...instrumentKinds, 'irritant'] as const;
export type LinkedKind = (typeof linkedKinds)[number];

/** How the irritant on which it is asserted stands to the other one. */
export const linkageConditions = ['precedes', 'together', 'package', 'other'] as const;

const basis = choice('direct', 'attributed');
/** The events that a milestone rests on: retracting one of them opens a review of the stage. */
const restsOn = list(id, 0, 200);

export const irritantEvents = {
  IrritantRaised: event(
    {
      dialogueId: id,
      key: line(24),
      raisers: list(party, 1, 2),
      respondents: list(party, 1, 2),
      raisedBasis: choice('stated', 'first-recorded'),
      category: choice(...categories),
      legalBasis: optional(list(line(120), 0, 20)),
      synthetic: flag,
    },
    { title: text, designations: optional(byParty(text)), statement: optional(text) },
  ),
  IrritantCoRaised: event({}, { statement: optional(text) }),
  IrritantAcknowledged: event({}, { statement: optional(text) }),
  IrritantContested: event({}, { statement: optional(text) }),
  PositionStated: event(
    { stance: choice(...stances), roundId: optional(id), restates: optional(id) },
    { text },
  ),
  UnderstandingClaimed: event(
    {
      claimId: id,
      kind: choice(...claimKinds),
      roundId: optional(id),
      exchangeId: optional(id),
      restates: optional(id),
      textHash: hash,
    },
    { text, nonce },
    { sealed: true },
  ),
  UnderstandingConfirmed: event(
    { claimId: id, textHash: optional(hash), mode: choice('same-text', 'own-words', 'partial') },
    { text: optional(text), nonce: optional(nonce) },
    { sealed: true },
  ),
  UnderstandingDenied: event({ claimId: id }, { text: optional(text) }),
  UnderstandingClaimWithdrawn: event({ claimId: id }, { reason: optional(text) }),
  LinkageAsserted: event(
    { linkageId: id, irritantId: id, condition: choice(...linkageConditions) },
    { text: optional(text) },
  ),
  LinkageAccepted: event({ linkageId: id }),
  LinkageRejected: event({ linkageId: id }, { reason: optional(text) }),
  ConsultationBegan: event({ roundId: id, basis, restsOn }),
  RoadmapAgreedInPrinciple: event({ claimId: id, basis, restsOn }),
  RoadmapAgreed: event({ roadmapId: id, version: integer(1, 10_000), contentHash: hash, basis, restsOn }),
  ImplementationBegan: event({
    by: shape({ kind: choice('exchange', 'roadmap'), id }),
    basis,
    restsOn,
  }),
  PartialResolutionReported: event({}, { text }),
  ResolutionProposed: event({ resolutionId: id, termsHash: hash }, { terms: text, nonce }, { sealed: true }),
  ResolutionAccepted: event({
    resolutionId: id,
    termsHash: hash,
    checked: list(shape({ stream: line(80), revision: integer(0, Number.MAX_SAFE_INTEGER) }), 0, 500),
  }),
  ResolutionRejected: event({ resolutionId: id }, { reason: optional(text) }),
  ResolutionProposalWithdrawn: event({ resolutionId: id }, { reason: optional(text) }),
  IrritantResolved: event({ resolutionId: id, basis, restsOn }),
  IrritantSuspended: event({}, { reason: optional(text) }),
  IrritantResumed: event({}, { reason: optional(text) }),
  IrritantWithdrawn: event({}, { reason: optional(text) }),
  IrritantReopened: event({ closingEventId: id }, { reason: text }),
  DormancyProposed: event({}, { reason: optional(text) }),
  DormancyDeclined: event({}, { reason: optional(text) }),
  IrritantMadeDormant: event({}, { reason: optional(text) }),
  InstrumentLinked: event({ kind: choice(...linkedKinds), id }),
  StageReviewOpened: event({ cause: id }),
  StageReviewConcluded: event({ stage: choice(...stages) }, { reason: optional(text) }),
  BreachNoted: event({ commitmentId: id }),
  BreachCleared: event({ commitmentId: id }),
  ConsequenceRefused: event({ policy: line(80), cause: id, code: line(80) }),
};

export type IrritantFact = FactOf<typeof irritantEvents>;

/** What other slices may read of an irritant. */
export interface IrritantFacts {
  readonly dialogueId: string;
  readonly key: string;
  /** Who suspended work on it: while anybody has, no new step, claim or proposal. */
  readonly suspensions: readonly Said[];
}
