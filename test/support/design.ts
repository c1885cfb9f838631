/** The event types of the design, by slice, copied from "Streams and events" of the domain, and "Signed acts" of the ledger. */
export const designedEvents: { readonly [slice: string]: string } = {
  dialogues: `DialogueOpened PartyJoined SecretariatEntered PartyKeyRecovered PartyNamed DialogueSuspended
    DialogueResumed PartyAliasRecorded ThirdPartyRoleAsserted CommentaryRecorded PartyKeyRegistered PartyKeyRevoked
    SignedActsRequired SignedActsLifted LogKeyRotated GuardLossAccepted LogBegunAnew DialogueUnderstandingClaimed
    DialogueUnderstandingConfirmed DialogueUnderstandingDenied DialogueUnderstandingClaimWithdrawn`,
  irritants: `IrritantRaised IrritantDesignated TitleAccepted IrritantCoRaised IrritantAcknowledged
    IrritantContested PositionStated UnderstandingClaimed UnderstandingConfirmed UnderstandingDenied
    UnderstandingClaimWithdrawn LinkageAsserted LinkageAccepted LinkageRejected LinkageReleased LinkageRetained
    ConsultationBegan
    RoadmapAgreedInPrinciple AgreedInPrinciple RoadmapAgreed Agreed ImplementationBegan PartialResolutionReported
    ResolutionProposed ResolutionAccepted ResolutionAcceptanceWithdrawn ResolutionConditionsChanged
    ResolutionRejected ResolutionProposalWithdrawn IrritantResolved
    IrritantSuspended IrritantResumed IrritantWithdrawn WithdrawalAccepted IrritantReopened DormancyProposed
    DormancyProposalWithdrawn DormancyDeclined IrritantMadeDormant InstrumentLinked InstrumentEnded
    StageReviewOpened StageReviewConcluded BreachNoted BreachCleared ConsequenceRefused`,
  rounds: `RoundScheduled DelegationNamed AgendaItemTabled AgendaItemDiscussed RoundConcluded RoundConfirmedHeld
    RoundPostponed RoundCancelled RoundReinstated NextRoundIndicated AccountPublished AccountPointRecorded
    AccountSuperseded DivergenceNoted DivergenceReconciled`,
  exchanges: `ExchangeReported NotePresented NoteReceived NoteReplied ExchangeCompleted ExchangeCoverageAsserted
    LegalCharacterAsserted EffectRecorded ExchangeTerminated`,
  proposals: `ProposalTabled ProposalRevised AssentGiven AssentConfirmed AssentWithdrawn ProposalAgreed
    ProposalDeclined ProposalLapsed ProposalTerminated`,
  roadmaps: `RoadmapDrafted RoadmapVersionTabled RoadmapAssentGiven RoadmapAssentConfirmed RoadmapAssentWithdrawn
    RoadmapVersionAgreed StepStarted StepReportedDone StepAccepted StepRejected StepBlocked StepUnblocked
    StepWaived RoadmapTerminated RoadmapCompleted`,
  commitments: `CommitmentAsserted CommitmentUndertaken CommitmentDeclined CommitmentAgreed
    CommitmentAgreementEnded ConsequenceRefused FulfilmentReported FulfilmentAcknowledged
    FulfilmentDisputed BreachAlleged BreachAnswered BreachWithdrawn CommitmentExtended CommitmentWaived
    CommitmentDischarged`,
  assets: `AssetRegistered AccessRequested AccessGranted AccessDenied InspectionConducted DamageAssessed
    DamageDisputed AssetReturned`,
  sources: 'SourceRegistered SourceBarred',
};

/** What any stream may hold. */
export const designedAmendments = `EventCorrected EventRetracted ErasureRequested ContentErased AttributionEndorsed
  AttributionDisavowed AttributionVoid ActRepudiated ActReviewConcluded MilestoneLifted
  AttributionContradicted AttributionDoubted`;

export const designedStages = `raised under-consultation roadmap-in-principle agreed-in-principle roadmap-agreed
  agreed in-implementation resolved withdrawn dormant`;

export const designedOverlays =
  'suspended part-resolved breach-alleged conditional stage-under-review instrument-ended';

export const designedStances = 'seeks-action acknowledges contests part-resolved resolved';

/** The rows of the table of terms. */
export const designedTerms: readonly string[] = [
  'party',
  'dialogue',
  'irritant',
  'raiser / respondent',
  'designation',
  'position',
  'stage',
  'claim → confirmation / denial',
  'understanding',
  'round',
  'delegation',
  'account',
  'divergence',
  'proposal',
  'assent',
  'note / exchange',
  'coverage, legal character',
  'commitment',
  'fulfilment / breach / waiver',
  'roadmap / step / counterpart step',
  'linkage',
  'asset',
  'third-party role',
  'commentary',
  'source',
  'registrar / negotiator / secretariat',
];

export function wordsIn(list: string): readonly string[] {
  return list.split(/\s+/);
}
