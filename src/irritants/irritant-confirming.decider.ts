import {
  accept,
  basisOf,
  contradicting,
  ending,
  isOwnWord,
  nothing,
  refuse,
  restOnSaid,
  restOnThis,
} from '#libs/decider';
import type { Said } from '#libs/decider';
import type { IrritantAct, IrritantCommand } from './irritant-terms.decider.js';
import type { Irritant } from './irritant.facts.js';
import type { Claim } from './irritant-claims.facts.js';
import { closed, ownWordStands } from './irritant-stances.decider.js';

export function claimOf(irritant: Irritant, claimId: string): Claim | undefined {
  return irritant.claims.find((one) => one.claimId === claimId);
}

export function unknown(claimId: string) {
  return refuse(
    'CLAIM_UNKNOWN',
    `This irritant has no claim ${claimId}; its claims are listed under "claims".`,
  );
}

/** Only the other side answers a claim, and only while it stands. */
export function unanswerable(claim: Claim, command: IrritantCommand) {
  if (claim.said.party === command.act.party) {
    return refuse(
      'OWN_CLAIM',
      `The claim is ${claim.said.party}'s own, and only the other side answers it: wait for that, or withdraw the claim.`,
    );
  }
  if (claim.withdrawn !== undefined) {
    return refuse(
      'CLAIM_WITHDRAWN',
      `${claim.said.party} has withdrawn the claim; there is nothing left to answer.`,
    );
  }
  return undefined;
}

/** An open irritant takes the answer, unless the party has answered itself and this is only said in its name. */
export function unheard(claim: Claim, command: IrritantCommand, irritant: Irritant) {
  return closed(irritant) ?? ownWordStands(command.act, claim.answer?.said);
}

type Confirm = Extract<IrritantAct, { type: 'ConfirmUnderstanding' }>;

/** `same-text` confirms the very text (same hash); otherwise the confirming side gives its own words. */
function confirmation(command: Confirm, claim: Claim) {
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

export function confirm(command: Confirm, irritant: Irritant) {
  const { claimId, mode } = command.event.data;
  const claim = claimOf(irritant, claimId);
  if (claim === undefined) return unknown(claimId);
  const refused = unanswerable(claim, command);
  if (refused !== undefined) return refused;
  if (claim.state === 'confirmed' && !isOwnWord(command, claim.answer?.said)) return nothing;
  const shut = unheard(claim, command, irritant);
  if (shut !== undefined) return shut;
  const confirmed = confirmation(command, claim);
  if ('refused' in confirmed) return confirmed;
  const event = ending(confirmed, claim.said, claim.answer?.said);
  const reached = milestoneOf(claim, mode);
  if (reached === undefined) return accept(event, ...contradicting(command, saidMore(claim, mode)));
  const rests = [restOnSaid(claim.said), restOnThis(command)];
  return accept(event, {
    type: reached.type,
    data: { ...reached.data, basis: basisOf(rests), restsOn: rests.map((one) => one.id) },
    content: {},
    derivedFrom: rests,
  });
}

/** Confirmed in full, some claims reach a milestone; that of an agreement only as the very same text. */
function milestoneOf({ kind, claimId, textHash }: Claim, mode: Confirm['event']['data']['mode']) {
  if (mode === 'partial') return undefined;
  if (kind === 'roadmap-to-be-developed') return { type: 'RoadmapAgreedInPrinciple', data: { claimId } };
  if (kind === 'agreement-in-principle') return { type: 'AgreedInPrinciple', data: { claimId } };
  return kind === 'agreement' && mode === 'same-text'
    ? { type: 'Agreed', data: { by: { kind: 'claim', id: claimId }, contentHash: textHash } }
    : undefined;
}

/** The last answer, where it confirmed more than one in this mode does. */
function saidMore(claim: Claim, mode: Confirm['event']['data']['mode']): Said | undefined {
  const before = claim.answer?.mode;
  const isMore =
    before !== undefined &&
    before !== 'partial' &&
    (mode === 'partial' || milestoneOf(claim, before) !== undefined);
  return isMore ? claim.answer?.said : undefined;
}
