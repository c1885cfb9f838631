/** What events say and their entries do not show, and why not; all of it stands in the history. */
const reasons: readonly (readonly [why: string, ...fields: string[]])[] = [
  [
    'It ends or takes back what was said: the entry shows what stands, and why something no longer does is history.',
    'DialogueResumed.reason',
    'IrritantResumed.reason',
    'LinkageRetained.reason',
    'DormancyDeclined.reason',
    'DormancyProposalWithdrawn.reason',
    'ResolutionProposalWithdrawn.reason',
    'StepUnblocked.reason',
    'PartyKeyRevoked.reason',
  ],
  [
    'The entry shows that both sides have said so, by whom and when; what each of them adds is history.',
    'IrritantMadeDormant.reason',
    'StageReviewConcluded.reason',
    'RoundConfirmedHeld.note',
    'PartyKeyRecovered.reason',
  ],
  [
    'By it the matter reached a milestone, which shows its own basis, and what it rests on, as they are by now.',
    'RoadmapAgreedInPrinciple.basis',
    'AgreedInPrinciple.basis',
    'IrritantResolved.basis',
    'IrritantResolved.resolutionId',
    'ProposalAgreed.basis',
    'RoadmapVersionAgreed.basis',
  ],
  [
    'It names what was agreed, which the instrument itself shows.',
    'RoadmapAgreed.version',
    'RoadmapAgreed.contentHash',
    'Agreed.version',
    'Agreed.contentHash',
    'ProposalAgreed.irritantIds',
    'RoadmapVersionAgreed.irritantIds',
  ],
  [
    'It says what was looked at when this was decided, so that it can be checked.',
    'ResolutionAccepted.checked',
    'IrritantResolved.checked',
    'IrritantResolved.linked',
    'ConsultationBegan.countsAfter',
  ],
  [
    'It points to an event or a place of which the entry shows what came of it.',
    'PositionStated.restates',
    'AccountSuperseded.supersededBy',
    'SourceRegistered.bytesId',
    'SourceBarred.cause',
  ],
  [
    'Whoever checks a hash or a signature takes it from the history, beside what it is of.',
    'CommitmentAsserted.nonce',
    'PartyKeyRegistered.possession',
  ],
];

export const notShown: readonly string[] = reasons.flatMap(([, ...fields]) => fields);
