import { accept, basisOf, nothing, refuse, restOnSaid, restOnThis } from '#libs/decider';
import type { Decided, Decision } from '#libs/decider';
import type { IrritantAct, IrritantCommand, IrritantRefusal, Rules } from './irritant-terms.decider.js';
import type { Claim, Irritant } from './irritant.facts.js';
import { closed, suspended } from './irritant-stances.decider.js';

function claimOf(irritant: Irritant, claimId: string): Claim | undefined {
  return irritant.claims.find((one) => one.claimId === claimId);
}

function unknown(claimId: string): Decision<IrritantRefusal> {
  return refuse(
    'CLAIM_UNKNOWN',
    `This irritant has no claim ${claimId}; its claims are listed under "claims".`,
  );
}

/** Only the other side answers a claim, and only while it stands. */
function unanswerable(claim: Claim, command: IrritantCommand): Decision<IrritantRefusal> | undefined {
  if (claim.said.party === command.act.party) {
    return refuse('OWN_CLAIM', `The claim is ${claim.said.party}'s own; only the other side can answer it.`);
  }
  if (claim.state === 'withdrawn') {
    return refuse(
      'CLAIM_WITHDRAWN',
      `${claim.said.party} has withdrawn the claim; there is nothing left to answer.`,
    );
  }
  return undefined;
}

/** The party says itself what was so far only attributed to it. */
function isOwnWordNow(claim: Claim, command: IrritantCommand): boolean {
  return claim.answer?.said.capacity === 'attributed' && command.act.capacity === 'direct';
}

type Confirm = Extract<IrritantAct, { type: 'ConfirmUnderstanding' }>;

/** `same-text` confirms the very text (same hash); otherwise the confirming side gives its own words. */
function confirmation(command: Confirm, claim: Claim): Decided | Decision<IrritantRefusal> {
  const { data, content } = command.event;
  if (data.mode === 'same-text') {
    if (content.text !== undefined) {
      return refuse(
        'TEXT_MISMATCH',
        'To confirm the same text, leave "text" out; to confirm in own words, say so in "mode".',
      );
    }
    if (data.textHash !== undefined && data.textHash !== claim.textHash) {
      return refuse(
        'TEXT_MISMATCH',
        `The claim's text has the hash ${claim.textHash}, not ${data.textHash}: read the claim again, or confirm in own words.`,
      );
    }
    return { ...command.event, data: { ...data, textHash: claim.textHash }, content: {} };
  }
  return content.text === undefined
    ? refuse('TEXT_REQUIRED', `A confirmation in mode ${data.mode} needs the confirming side's own "text".`)
    : command.event;
}

function confirm(command: Confirm, irritant: Irritant): Decision<IrritantRefusal> {
  const { claimId, mode } = command.event.data;
  const claim = claimOf(irritant, claimId);
  if (claim === undefined) return unknown(claimId);
  const refused = unanswerable(claim, command);
  if (refused !== undefined) return refused;
  if (claim.state === 'confirmed' && !isOwnWordNow(claim, command)) return nothing;
  const shut = closed(irritant);
  if (shut !== undefined) return shut;
  const confirmed = confirmation(command, claim);
  if ('refused' in confirmed || 'events' in confirmed) return confirmed;
  if (claim.kind !== 'roadmap-to-be-developed' || mode === 'partial') return accept(confirmed);
  const rests = [restOnSaid(claim.said), restOnThis(command)];
  return accept(confirmed, {
    type: 'RoadmapAgreedInPrinciple',
    data: { claimId, basis: basisOf(rests), restsOn: rests.map((one) => one.id) },
    content: {},
    derivedFrom: rests,
  });
}

export const understandingRules: Rules<
  'ClaimUnderstanding' | 'ConfirmUnderstanding' | 'DenyUnderstanding' | 'WithdrawUnderstandingClaim'
> = {
  ClaimUnderstanding: (command, irritant) => {
    const { restates } = command.event.data;
    const earlier = restates === undefined ? undefined : claimOf(irritant, restates);
    if (restates !== undefined && earlier?.said.party !== command.act.party) {
      return refuse(
        'RESTATED_UNKNOWN',
        `${command.act.party} has made no claim ${restates} here that could be restated.`,
      );
    }
    return closed(irritant) ?? suspended(irritant) ?? accept(command.event);
  },
  ConfirmUnderstanding: confirm,
  DenyUnderstanding: (command, irritant) => {
    const { claimId } = command.event.data;
    const claim = claimOf(irritant, claimId);
    if (claim === undefined) return unknown(claimId);
    const refused = unanswerable(claim, command);
    if (refused !== undefined) return refused;
    if (claim.state === 'denied' && !isOwnWordNow(claim, command)) return nothing;
    if (claim.state === 'confirmed') {
      return refuse(
        'CLAIM_ALREADY_CONFIRMED',
        'Both sides hold this understanding; it can no longer be denied.',
      );
    }
    return closed(irritant) ?? accept(command.event);
  },
  WithdrawUnderstandingClaim: (command, irritant) => {
    const { claimId } = command.event.data;
    const claim = claimOf(irritant, claimId);
    if (claim === undefined) return unknown(claimId);
    if (claim.said.party !== command.act.party) {
      return refuse(
        'NOT_OWN_CLAIM',
        `The claim is ${claim.said.party}'s; only ${claim.said.party} can withdraw it.`,
      );
    }
    if (claim.state === 'withdrawn') return nothing;
    if (claim.state === 'confirmed') {
      return refuse(
        'CLAIM_ALREADY_CONFIRMED',
        'Both sides hold this understanding; one alone can no longer withdraw it.',
      );
    }
    return closed(irritant) ?? accept(command.event);
  },
};
