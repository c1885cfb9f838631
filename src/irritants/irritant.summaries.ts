import {
  bracketed,
  inWords,
  itself,
  labelled,
  listed,
  ownId,
  placed,
  quoted,
  recorded,
  recorderIn,
  who,
} from '#libs/decider';
import type { Act, NameOf, NamesOf, SummariesOf } from '#libs/decider';
import { claimNames, claimsInWords } from '../kernel/claims.summaries.js';
import type { irritantEvents } from './irritant.events.js';

const began = {
  exchange: (name: string) => `notes${name} were exchanged that both sides say cover it`,
  roadmap: (name: string) => `a step of the agreed roadmap${name} was started`,
  commitment: (name: string) => `the commitment${name}, which is in force, was reported as fulfilled`,
} as const;

function byWordOf({ data }: { readonly data: { readonly byWordOf?: string } }): string {
  return data.byWordOf === undefined ? '' : `, by ${data.byWordOf}’s word alone`;
}

/** How many irritants a sentence names; the event has them all. */
const namedMax = 5;

type Of = { readonly stream: string };

/** The irritant by its key, so that the sentence stands alone. */
const matter = (e: Of, nameOf: NameOf) => itself(e, nameOf);

/** Both by their keys, whichever of the two histories the entry is read in. */
function between(linkageId: string, nameOf: NameOf): string {
  const name = nameOf(linkageId);
  return name === undefined ? 'between two irritants' : `of ${name}`;
}

function terms(resolutionId: string, e: Of, nameOf: NameOf): string {
  return `the terms${bracketed(nameOf(resolutionId))} proposed for ${matter(e, nameOf)}`;
}

/** A round by its number, and anything else by what it is and its name. */
function instrument(kind: string, id: string, nameOf: NameOf): string {
  const name = nameOf(id, kind);
  if (kind === 'round' || kind === 'irritant') return name ?? `another ${kind}`;
  return `the ${kind}${bracketed(name)}`;
}

function atRound(roundId: string | undefined, nameOf: NameOf): string {
  return roundId === undefined ? '' : `, at ${instrument('round', roundId, nameOf)}`;
}

/** The rules by which the party says what it says. */
function invoking({ content }: { readonly content: object }): string {
  const { legalBasis: rules = [] } = content as { readonly legalBasis?: readonly string[] };
  return rules.length === 0 ? '' : `, invoking ${listed(rules)}`;
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Where others recorded whose matter it is, a raiser is who they say it is. */
function raisersIn(e: { readonly act: Act; readonly data: { readonly raisers: readonly string[] } }): string {
  return `${e.data.raisers.join(' and ')}${recorded(e)}`;
}

const claims = claimsInWords(matter);

export const irritantSummaries: SummariesOf<typeof irritantEvents> = {
  IrritantRaised: (e) => {
    const { raisers, raisedBasis, key } = e.data;
    const title = labelled(e.content.title);
    const recorder = recorderIn(e.act);
    if (raisers.length === 0)
      return `${key} was recorded${recorder === undefined ? '' : ` by ${recorder}`}; nobody says who raised it${title}`;
    return raisedBasis === 'stated'
      ? `${raisersIn(e)} raised ${key}${title}`
      : `${key} was first recorded, as a matter of ${raisersIn(e)}${title}`;
  },
  IrritantDesignated: (e, nameOf) =>
    `${who(e)} gave its own name for ${matter(e, nameOf)}${labelled(e.content.name)}`,
  TitleAccepted: (e, nameOf) => `${who(e)} accepted the title of ${matter(e, nameOf)}`,
  IrritantCoRaised: (e, nameOf) =>
    `${who(e)} joined in raising ${matter(e, nameOf)}${invoking(e)}${quoted(e, 'statement')}`,
  IrritantAcknowledged: (e, nameOf) =>
    `${who(e)} acknowledged ${matter(e, nameOf)}, without prejudice${invoking(e)}${quoted(e, 'statement')}`,
  IrritantContested: (e, nameOf) =>
    `${who(e)} contested ${matter(e, nameOf)}${invoking(e)}${quoted(e, 'statement')}`,
  PositionStated: (e, nameOf) =>
    `${who(e)} ${e.data.restates === undefined ? 'stated' : 'restated'} its position on ${matter(e, nameOf)}${atRound(e.data.roundId, nameOf)}, ${inWords(e.data.stance)}${invoking(e)}${quoted(e, 'text')}`,
  UnderstandingClaimed: claims.claimed,
  UnderstandingConfirmed: claims.confirmed,
  UnderstandingDenied: claims.denied,
  UnderstandingClaimWithdrawn: claims.withdrawn,
  LinkageAsserted: (e, nameOf) =>
    `${who(e)} asserted a linkage of ${matter(e, nameOf)} with ${nameOf(e.data.irritantId, 'irritant') ?? 'another irritant'} (${e.data.condition})${quoted(e, 'text')}`,
  LinkageAccepted: (e, nameOf) => `${who(e)} accepted the linkage ${between(e.data.linkageId, nameOf)}`,
  LinkageRejected: (e, nameOf) =>
    `${who(e)} rejected the linkage ${between(e.data.linkageId, nameOf)}${quoted(e, 'reason')}`,
  LinkageReleased: (e, nameOf) =>
    `${who(e)} said that the linkage ${between(e.data.linkageId, nameOf)} ends${quoted(e, 'reason')}`,
  LinkageRetained: (e, nameOf) =>
    `${who(e)} held on to the linkage ${between(e.data.linkageId, nameOf)}${quoted(e, 'reason')}`,
  ConsultationBegan: (e, nameOf) =>
    e.data.by.kind === 'round'
      ? `Consultation on ${matter(e, nameOf)} began${byWordOf(e)}: discussed at ${instrument('round', e.data.by.id, nameOf)}, which both sides say was held`
      : `Consultation on ${matter(e, nameOf)} began: one side assented to ${instrument(e.data.by.kind, e.data.by.id, nameOf)} of the other`,
  RoadmapAgreedInPrinciple: (e, nameOf) =>
    `A roadmap for ${matter(e, nameOf)} is agreed in principle: the claim${bracketed(nameOf(e.data.claimId))} that one is to be developed is confirmed`,
  AgreedInPrinciple: (e, nameOf) =>
    `${capital(matter(e, nameOf))} is agreed in principle: the claim${bracketed(nameOf(e.data.claimId))} that it is so is confirmed`,
  RoadmapAgreed: (e, nameOf) =>
    `Version ${e.data.version} of ${instrument('roadmap', e.data.roadmapId, nameOf)} is agreed for ${matter(e, nameOf)}`,
  Agreed: (e, nameOf) =>
    e.data.by.kind === 'claim'
      ? `${capital(matter(e, nameOf))} is agreed: both sides hold the same text${bracketed(nameOf(e.data.by.id))}`
      : `${capital(matter(e, nameOf))} is agreed: both sides assented to version ${e.data.version} of ${instrument('proposal', e.data.by.id, nameOf)}`,
  ImplementationBegan: (e, nameOf) =>
    `Implementation of ${matter(e, nameOf)} began${byWordOf(e)}: ${began[e.data.by.kind](bracketed(nameOf(e.data.by.id, e.data.by.kind)))}`,
  PartialResolutionReported: (e, nameOf) =>
    `${who(e)} reported that ${matter(e, nameOf)} is resolved in part${quoted(e, 'text')}`,
  ResolutionProposed: (e, nameOf) =>
    `${who(e)} proposed terms that resolve ${matter(e, nameOf)}${quoted(e, 'terms')}`,
  ResolutionAccepted: (e, nameOf) =>
    `${who(e)} accepted ${terms(e.data.resolutionId, e, nameOf)}${(e.data.conditions ?? []).length === 0 ? '' : ', on the condition of a linkage'}`,
  ResolutionAcceptanceWithdrawn: (e, nameOf) =>
    `${who(e)} withdrew its acceptance of ${terms(e.data.resolutionId, e, nameOf)} while it was conditional${quoted(e, 'reason')}`,
  ResolutionConditionsChanged: (e, nameOf) => {
    const { resolutionId, lifted, conditions } = e.data;
    const because = lifted
      .slice(0, namedMax)
      .map((one) => `${instrument('irritant', one.on, nameOf)} is ${one.closed}`);
    const left = `${conditions.length === 0 ? 'no' : conditions.length} condition${conditions.length === 1 ? '' : 's'} left`;
    return `What the acceptance of ${terms(resolutionId, e, nameOf)} waits for has changed${because.length === 0 ? '' : `: ${[...new Set(because)].join(', ')}`} (${left})`;
  },
  ResolutionRejected: (e, nameOf) =>
    `${who(e)} rejected ${terms(e.data.resolutionId, e, nameOf)}${quoted(e, 'reason')}`,
  ResolutionProposalWithdrawn: (e, nameOf) =>
    `${who(e)} withdrew ${terms(e.data.resolutionId, e, nameOf)}${quoted(e, 'reason')}`,
  IrritantResolved: (e, nameOf) =>
    `${capital(matter(e, nameOf))} is resolved: both sides hold the same terms${bracketed(nameOf(e.data.resolutionId))}${e.data.linked === undefined ? '' : ', and what it waited for is settled'}`,
  IrritantSuspended: (e, nameOf) => `${who(e)} suspended work on ${matter(e, nameOf)}${quoted(e, 'reason')}`,
  IrritantResumed: (e, nameOf) =>
    `${who(e)} lifted its suspension of work on ${matter(e, nameOf)}${quoted(e, 'reason')}`,
  IrritantWithdrawn: (e, nameOf) =>
    `${who(e)} withdrew ${matter(e, nameOf)}, as a raiser${quoted(e, 'reason')}`,
  WithdrawalAccepted: (e, nameOf) =>
    `${who(e)} accepted the withdrawal of ${matter(e, nameOf)}${quoted(e, 'reason')}`,
  IrritantReopened: (e, nameOf) =>
    `${who(e)} reopened ${matter(e, nameOf)}, which was closed${bracketed(nameOf(e.data.closingEventId, 'event'))}${quoted(e, 'reason')}`,
  DormancyProposed: (e, nameOf) =>
    `${who(e)} proposed to let ${matter(e, nameOf)} rest${quoted(e, 'reason')}`,
  DormancyDeclined: (e, nameOf) =>
    `${who(e)} declined to let ${matter(e, nameOf)} rest${quoted(e, 'reason')}`,
  DormancyProposalWithdrawn: (e, nameOf) =>
    `${who(e)} withdrew its proposal to let ${matter(e, nameOf)} rest${quoted(e, 'reason')}`,
  IrritantMadeDormant: (e, nameOf) =>
    `${who(e)} agreed to let ${matter(e, nameOf)} rest${quoted(e, 'reason')}`,
  InstrumentLinked: (e, nameOf) =>
    `${capital(instrument(e.data.kind, e.data.id, nameOf))} was linked to ${matter(e, nameOf)}${e.data.kind === 'irritant' ? ', by the word of one side' : ''}`,
  StageReviewOpened: (e, nameOf) =>
    `${who(e)} put the stage of ${matter(e, nameOf)} under review: ${inWords(e.data.stage)} holds in its view${quoted(e, 'reason')}`,
  StageReviewConcluded: (e, nameOf) =>
    `${who(e)} concluded its review of the stage of ${matter(e, nameOf)}: ${inWords(e.data.stage)}${quoted(e, 'reason')}`,
  BreachNoted: (e, nameOf) =>
    `A breach of ${instrument('commitment', e.data.commitmentId, nameOf)} is alleged${e.data.by === undefined ? '' : ` by ${e.data.by}`}`,
  BreachCleared: (e, nameOf) =>
    `No alleged breach of ${instrument('commitment', e.data.commitmentId, nameOf)} is open any more`,
  InstrumentEnded: (e, nameOf) =>
    `${capital(instrument(e.data.kind, e.data.id, nameOf))}, which concerns ${matter(e, nameOf)}, was terminated${e.data.by === undefined ? '' : ` by ${e.data.by}`}`,
  ConsequenceRefused: (e, nameOf) =>
    `A consequence${bracketed(nameOf(e.data.cause, 'event'))} for ${matter(e, nameOf)} was refused (${e.data.policy}: ${e.data.code})`,
};

export const irritantNames: NamesOf<typeof irritantEvents> = {
  IrritantRaised: (e) => [[ownId(e), e.data.key]],
  UnderstandingClaimed: claimNames,
  LinkageAsserted: (e, seq, nameOf) => [
    [
      e.data.linkageId,
      `${matter(e, nameOf)} with ${nameOf(e.data.irritantId, 'irritant') ?? 'another irritant'} (${placed(seq, e.data.condition)})`,
    ],
  ],
  ResolutionProposed: (e, seq) => [[e.data.resolutionId, placed(seq, e.content.terms)]],
};
