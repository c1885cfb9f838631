import { inWords, labelled, quoted, who } from '#libs/decider';
import type { NameOf, SummariesOf } from '#libs/decider';
import {
  claimedInWords,
  confirmedInWords,
  deniedInWords,
  withdrawnInWords,
} from '../kernel/claims.summaries.js';
import type { irritantEvents } from './irritant.events.js';

const began = {
  exchange: 'notes were exchanged that both sides say cover it',
  roadmap: 'a step of the agreed roadmap was started',
  commitment: 'a commitment in force was reported as fulfilled',
} as const;

function byWordOf({ data }: { readonly data: { readonly byWordOf?: string } }): string {
  return data.byWordOf === undefined ? '' : `, by ${data.byWordOf}’s word alone`;
}

/** Both by their keys, whichever of the two histories the entry is read in. */
function between({ stream }: { readonly stream: string }, other: string | undefined, nameOf: NameOf): string {
  const own = nameOf(stream.slice('irritant-'.length));
  return own === undefined || other === undefined ? 'between two irritants' : `of ${own} with ${other}`;
}

export const irritantSummaries: SummariesOf<typeof irritantEvents> = {
  IrritantRaised: (e) => {
    const { raisers, raisedBasis, key } = e.data;
    const title = labelled(e.content.title);
    if (raisers.length === 0) return `${key} was recorded; nobody says who raised it${title}`;
    return raisedBasis === 'stated'
      ? `${raisers.join(' and ')} raised ${key}${title}`
      : `${key} was first recorded, as a matter of ${raisers.join(' and ')}${title}`;
  },
  IrritantDesignated: (e) => `${who(e)} gave its own name for the matter${labelled(e.content.name)}`,
  TitleAccepted: (e) => `${who(e)} accepted the title`,
  IrritantCoRaised: (e) => `${who(e)} joined in raising it${quoted(e, 'statement')}`,
  IrritantAcknowledged: (e) => `${who(e)} acknowledged it, without prejudice${quoted(e, 'statement')}`,
  IrritantContested: (e) => `${who(e)} contested it${quoted(e, 'statement')}`,
  PositionStated: (e) =>
    `${who(e)} ${e.data.restates === undefined ? 'stated' : 'restated'} its position, ${inWords(e.data.stance)}${quoted(e, 'text')}`,
  UnderstandingClaimed: claimedInWords,
  UnderstandingConfirmed: confirmedInWords,
  UnderstandingDenied: deniedInWords,
  UnderstandingClaimWithdrawn: withdrawnInWords,
  LinkageAsserted: (e, nameOf) =>
    `${who(e)} asserted a linkage ${between(e, nameOf(e.data.irritantId), nameOf)} (${e.data.condition})${quoted(e, 'text')}`,
  LinkageAccepted: (e, nameOf) =>
    `${who(e)} accepted the linkage ${between(e, nameOf(e.data.linkageId), nameOf)}`,
  LinkageRejected: (e, nameOf) =>
    `${who(e)} rejected the linkage ${between(e, nameOf(e.data.linkageId), nameOf)}${quoted(e, 'reason')}`,
  LinkageReleased: (e, nameOf) =>
    `${who(e)} said that the linkage ${between(e, nameOf(e.data.linkageId), nameOf)} ends${quoted(e, 'reason')}`,
  LinkageRetained: (e, nameOf) =>
    `${who(e)} held on to the linkage ${between(e, nameOf(e.data.linkageId), nameOf)}${quoted(e, 'reason')}`,
  ConsultationBegan: (e) =>
    e.data.by.kind === 'round'
      ? `Consultation began${byWordOf(e)}: discussed at a round that both sides say was held`
      : `Consultation began: one side assented to the other's ${e.data.by.kind}`,
  RoadmapAgreedInPrinciple: () =>
    'A roadmap is agreed in principle: the claim that one is to be developed is confirmed',
  AgreedInPrinciple: () => 'It is agreed in principle: the claim that it is so is confirmed',
  RoadmapAgreed: (e) => `Version ${e.data.version} of a roadmap is agreed`,
  Agreed: (e) =>
    e.data.by.kind === 'claim'
      ? 'It is agreed: both sides hold the same text'
      : `It is agreed: both sides assented to version ${e.data.version} of a proposal`,
  ImplementationBegan: (e) => `Implementation began${byWordOf(e)}: ${began[e.data.by.kind]}`,
  PartialResolutionReported: (e) => `${who(e)} reported that it is resolved in part${quoted(e, 'text')}`,
  ResolutionProposed: (e) => `${who(e)} proposed terms that resolve it${quoted(e, 'terms')}`,
  ResolutionAccepted: (e) =>
    `${who(e)} accepted the proposed terms${(e.data.conditions ?? []).length === 0 ? '' : ', on the condition of a linkage'}`,
  ResolutionAcceptanceWithdrawn: (e) =>
    `${who(e)} withdrew its acceptance of the terms while it was conditional${quoted(e, 'reason')}`,
  ResolutionConditionsChanged: ({ data: { lifted, conditions } }) => {
    const because = lifted.map((one) => `another irritant is ${one.closed}`);
    const left = `${conditions.length === 0 ? 'no' : conditions.length} condition${conditions.length === 1 ? '' : 's'} left`;
    return `What the acceptance waits for has changed${because.length === 0 ? '' : `: ${[...new Set(because)].join(', ')}`} (${left})`;
  },
  ResolutionRejected: (e) => `${who(e)} rejected the proposed terms${quoted(e, 'reason')}`,
  ResolutionProposalWithdrawn: (e) => `${who(e)} withdrew the terms it had proposed${quoted(e, 'reason')}`,
  IrritantResolved: (e) =>
    `The irritant is resolved: both sides hold the same terms${e.data.linked === undefined ? '' : ', and what it waited for is settled'}`,
  IrritantSuspended: (e) => `${who(e)} suspended work on it${quoted(e, 'reason')}`,
  IrritantResumed: (e) => `${who(e)} lifted its suspension${quoted(e, 'reason')}`,
  IrritantWithdrawn: (e) => `${who(e)} withdrew it, as a raiser${quoted(e, 'reason')}`,
  WithdrawalAccepted: (e) => `${who(e)} accepted its withdrawal${quoted(e, 'reason')}`,
  IrritantReopened: (e) => `${who(e)} reopened it${quoted(e, 'reason')}`,
  DormancyProposed: (e) => `${who(e)} proposed to let it rest${quoted(e, 'reason')}`,
  DormancyDeclined: (e) => `${who(e)} declined to let it rest${quoted(e, 'reason')}`,
  DormancyProposalWithdrawn: (e) => `${who(e)} withdrew its proposal to let it rest${quoted(e, 'reason')}`,
  IrritantMadeDormant: (e) => `${who(e)} agreed to let it rest${quoted(e, 'reason')}`,
  InstrumentLinked: (e) =>
    e.data.kind === 'irritant'
      ? 'Another irritant was linked with it, by the word of one side'
      : `${/^[aeiou]/.test(e.data.kind) ? 'An' : 'A'} ${e.data.kind} was linked to it`,
  StageReviewOpened: (e) =>
    `${who(e)} put the stage under review: ${inWords(e.data.stage)} holds in its view${quoted(e, 'reason')}`,
  StageReviewConcluded: (e) =>
    `${who(e)} concluded its review: ${inWords(e.data.stage)}${quoted(e, 'reason')}`,
  BreachNoted: () => 'A breach of a commitment is alleged',
  BreachCleared: () => 'The alleged breach is cleared',
  InstrumentEnded: (e) =>
    `${/^[aeiou]/.test(e.data.kind) ? 'An' : 'A'} ${e.data.kind} that concerns it was terminated${e.data.by === undefined ? '' : ` by ${e.data.by}`}`,
  ConsequenceRefused: (e) => `A consequence was refused (${e.data.policy}: ${e.data.code})`,
};
