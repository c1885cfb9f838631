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
  ref,
  shape,
  text,
} from '#libs/decider';
import type { FactOf, Said } from '#libs/decider';
import {
  categories,
  claimKinds,
  instrumentKinds,
  linkageConditions,
  linkedKinds,
  stages,
  stances,
} from './irritant-vocabulary.events.js';

export {
  categories,
  claimKinds,
  instrumentKinds,
  linkageConditions,
  overlays,
  stages,
  stances,
} from './irritant-vocabulary.events.js';
export type { InstrumentKind, LinkedKind, Overlay, Stage } from './irritant-vocabulary.events.js';

const basis = choice('direct', 'attributed');
/** The events that a milestone rests on: where one of them drops out, so does the milestone. */
const restsOn = list(id, 0, 200);
/** What a milestone is drawn from, and the revision after which it counts where acts landed between that and it. */
const ofCause = { basis, restsOn, countsAfter: optional(integer(0, 1_000_000_000)) };
const checked = list(shape({ stream: line(80), revision: integer(0, Number.MAX_SAFE_INTEGER) }), 0, 500);
/** The linkages by which an acceptance waits, each with the other irritant. */
const conditions = list(shape({ linkageId: id, on: id }), 0, 100);

export const irritantEvents = {
  IrritantRaised: event(
    {
      dialogueId: ref('dialogues', { owns: true }),
      key: line(24),
      /** Both sides of the dialogue, whoever raises it. */
      parties: list(party, 2, 2),
      /** The party that raises it by this act; nobody where nobody says who does. */
      raisers: list(party, 0, 2),
      respondents: list(party, 0, 2),
      raisedBasis: choice('stated', 'first-recorded'),
      category: choice(...categories),
      synthetic: flag,
    },
    {
      title: text,
      designations: optional(byParty(text)),
      statement: optional(text),
      legalBasis: optional(list(line(120), 0, 20)),
      tags: optional(list(line(60), 0, 20)),
    },
  ),
  /** What the party itself calls the matter. */
  IrritantDesignated: event({}, { name: text }),
  TitleAccepted: event({}),
  IrritantCoRaised: event({}, { statement: optional(text) }),
  IrritantAcknowledged: event({}, { statement: optional(text) }),
  IrritantContested: event({}, { statement: optional(text) }),
  PositionStated: event(
    { stance: choice(...stances), roundId: optional(ref('rounds')), restates: optional(id) },
    { text },
  ),
  UnderstandingClaimed: event(
    {
      claimId: id,
      kind: choice(...claimKinds),
      roundId: optional(ref('rounds')),
      exchangeId: optional(ref('exchanges')),
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
    { linkageId: id, irritantId: ref('irritants'), condition: choice(...linkageConditions) },
    { text: optional(text) },
  ),
  LinkageAccepted: event({ linkageId: id }),
  LinkageRejected: event({ linkageId: id }, { reason: optional(text) }),
  /** What both hold to, ends once both have said so. */
  LinkageReleased: event({ linkageId: id }, { reason: optional(text) }),
  LinkageRetained: event({ linkageId: id }, { reason: optional(text) }),
  ConsultationBegan: event({
    by: shape({ kind: choice('round', 'proposal', 'roadmap'), id }),
    ...ofCause,
  }),
  RoadmapAgreedInPrinciple: event({ claimId: id, basis, restsOn }),
  AgreedInPrinciple: event({ claimId: id, basis, restsOn }),
  RoadmapAgreed: event({ roadmapId: id, version: integer(1, 10_000), contentHash: hash, ...ofCause }),
  /** A proposal on which both sides agreed, or a claim whose very text both hold. */
  Agreed: event({
    by: shape({ kind: choice('proposal', 'claim'), id }),
    version: optional(integer(1, 10_000)),
    contentHash: hash,
    ...ofCause,
  }),
  ImplementationBegan: event({
    by: shape({ kind: choice('exchange', 'roadmap', 'commitment'), id }),
    ...ofCause,
  }),
  PartialResolutionReported: event({}, { text }),
  ResolutionProposed: event({ resolutionId: id, termsHash: hash }, { terms: text, nonce }, { sealed: true }),
  ResolutionAccepted: event({
    resolutionId: id,
    termsHash: hash,
    checked,
    /** What it waits for; none where that is settled already, and absent where it waits for nothing. */
    conditions: optional(conditions),
  }),
  /** While it stands conditional; the terms are open again. */
  ResolutionAcceptanceWithdrawn: event({ resolutionId: id }, { reason: optional(text) }),
  ResolutionRejected: event({ resolutionId: id }, { reason: optional(text) }),
  ResolutionProposalWithdrawn: event({ resolutionId: id }, { reason: optional(text) }),
  IrritantResolved: event({
    resolutionId: id,
    basis,
    restsOn: list(id, 0, 1_000),
    /** Where the acceptance was conditional: what was looked at again, and the irritants that it waited for. */
    checked: optional(checked),
    linked: optional(list(id, 0, 100)),
  }),
  /** What an acceptance still waits for, and what has fallen away by the closing of another irritant. */
  ResolutionConditionsChanged: event({
    resolutionId: id,
    conditions,
    lifted: list(
      shape({ linkageId: id, on: id, closed: choice('resolved', 'withdrawn', 'dormant') }),
      0,
      100,
    ),
  }),
  IrritantSuspended: event({}, { reason: optional(text) }),
  IrritantResumed: event({}, { reason: optional(text) }),
  IrritantWithdrawn: event({}, { reason: optional(text) }),
  /** Of what both sides had agreed on, one side does not let go alone. */
  WithdrawalAccepted: event({}, { reason: optional(text) }),
  IrritantReopened: event({ closingEventId: id }, { reason: text }),
  DormancyProposed: event({}, { reason: optional(text) }),
  DormancyDeclined: event({}, { reason: optional(text) }),
  DormancyProposalWithdrawn: event({}, { reason: optional(text) }),
  IrritantMadeDormant: event({}, { reason: optional(text) }),
  InstrumentLinked: event({ kind: choice(...linkedKinds), id }),
  /** The side that opens it says which stage holds in its view. */
  StageReviewOpened: event({ stage: choice(...stages) }, { reason: optional(text) }),
  StageReviewConcluded: event({ stage: choice(...stages) }, { reason: optional(text) }),
  BreachNoted: event({ commitmentId: ref('commitments'), by: optional(party) }),
  BreachCleared: event({ commitmentId: ref('commitments') }),
  /** What the stage may rest on was terminated, by this party. */
  InstrumentEnded: event({ kind: choice(...instrumentKinds), id, by: optional(party) }),
  ConsequenceRefused: event({ policy: line(80), cause: id, code: line(80) }),
};

export type IrritantFact = FactOf<typeof irritantEvents>;

/** What other slices may read of an irritant. */
export interface IrritantFacts {
  readonly dialogueId: string;
  readonly key: string;
  /** Who suspended work on it: it is shown, and refuses nothing. */
  readonly suspensions: readonly Said[];
}
