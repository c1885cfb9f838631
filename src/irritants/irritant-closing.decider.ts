import {
  accept,
  alreadySaid,
  basisOf,
  contradicting,
  ending,
  isOwnWord,
  nothing,
  refuse,
  restOnSaid,
  restOnThis,
} from '#libs/decider';
import type { LookUp, Rest, Said } from '#libs/decider';
import {
  asTheyStand,
  openConditions,
  otherIrritant,
  settledBy,
  waitsOf,
} from './irritant-conditions.facts.js';
import type { IrritantAct, Rules } from './irritant-terms.decider.js';
import type { Irritant } from './irritant.facts.js';
import type { Resolution } from './irritant-resolutions.facts.js';
import { conditionalIn } from './irritant-resolutions.facts.js';
import { checkedMax, linkedMax, tooMuch, unsettled } from './irritant-settlement.facts.js';
import { currentMilestone } from './irritant-stage.facts.js';
import { closed } from './irritant-stances.decider.js';

/** As many as a resolution names beside the two words on it. */
const behindMax = 998;
export const knowingNothing: LookUp = () => undefined;

type Accept = Extract<IrritantAct, { type: 'AcceptResolution' }>;

function resolutionOf(irritant: Irritant, id: string) {
  const unknown = refuse(
    'RESOLUTION_UNKNOWN',
    `This irritant has no proposed resolution ${id}; they are listed under "resolutions".`,
  );
  return irritant.resolutions.find((one) => one.resolutionId === id) ?? unknown;
}

/** The terms that the other side proposed, for the party to answer. */
export function othersTerms(irritant: Irritant, id: string, party: string | null) {
  const found = resolutionOf(irritant, id);
  return 'said' in found && found.said.party === party
    ? refuse(
        'OWN_RESOLUTION',
        `${party} proposed these terms itself, and only the other side answers them: wait for that, or withdraw them.`,
      )
    : found;
}

/** The terms that the party proposed itself, for it to take back. */
export function ownTerms(irritant: Irritant, id: string, party: string | null) {
  const found = resolutionOf(irritant, id);
  return 'said' in found && found.said.party !== party
    ? refuse(
        'NOT_OWN_RESOLUTION',
        `The terms are ${found.said.party}'s; only ${found.said.party} can withdraw them.`,
      )
    : found;
}

export function notOpen(found: Resolution) {
  return refuse('RESOLUTION_NOT_OPEN', `The proposed terms are already ${found.state}; propose terms anew.`);
}

function answersOf({ answer }: Resolution): readonly Said[] {
  return answer === undefined ? [] : [answer];
}

function resolving(command: Accept, { resolutionId, said, answer }: Resolution, behind: readonly Rest[]) {
  if (behind.length > behindMax) return tooMuch;
  const rests = [restOnSaid(said), restOnThis(command), ...behind];
  // Where what stands behind it falls, the acceptance stands on the condition that was settled by that.
  const conditional = behind.length === 0 ? {} : { conditions: [] };
  const { conditions: _, ...sent } = command.event.data;
  const event = { ...command.event, data: { ...sent, ...conditional } };
  return accept(ending(event, said, answer), {
    type: 'IrritantResolved',
    data: { resolutionId, basis: basisOf(rests), restsOn: rests.map((one) => one.id) },
    content: {},
    derivedFrom: rests,
  });
}

/** Accepted, and in effect at once where it waits for no other irritant. */
function accepting(command: Accept, irritant: Irritant, found: Resolution) {
  const obstacle = unsettled(command.facts.self ?? '', command.facts.instruments ?? []);
  if (obstacle !== undefined) return obstacle;
  const { lookUp = knowingNothing } = command.facts;
  const others = waitsOf(irritant, lookUp).flatMap(({ on }) => otherIrritant(lookUp, on) ?? []);
  const streams = new Map(others.map(({ stream, revision }) => [stream, { stream, revision }]));
  const checked = [...command.event.data.checked, ...streams.values()].slice(0, checkedMax);
  const conditions = openConditions(irritant, lookUp);
  const { conditions: _, ...sent } = command.event.data;
  const event = { ...command.event, data: { ...sent, checked } };
  if (conditions.length === 0) return resolving({ ...command, event }, found, settledBy(irritant, lookUp));
  const data = { ...event.data, conditions: conditions.slice(0, linkedMax) };
  return accept(ending({ ...event, data }, found.said, found.answer));
}

/** Whether the irritant is resolved by this answer, and nobody has reopened it since. */
function isBasis(irritant: Irritant, found: Resolution): boolean {
  const { stage, restsOn } = currentMilestone(irritant);
  return stage === 'resolved' && answersOf(found).some((one) => restsOn.includes(one.eventId));
}

/** What was accepted holds until the matter is reopened; before it is accepted, nothing has gone back on it. */
export function isInForce(irritant: Irritant, found: Resolution): boolean {
  return found.state !== 'accepted' || isBasis(irritant, found);
}

/** Where the irritant is resolved by this answer, the party's own word gives it a better basis. */
function bettering(command: Accept, irritant: Irritant, found: Resolution) {
  if (!isBasis(irritant, found)) return notOpen(found);
  const { restsOn } = currentMilestone(irritant);
  const own = [found.said, ...answersOf(found)].map((one) => one.eventId);
  // It rests as before on what it waited for.
  const { lookUp = knowingNothing } = command.facts;
  const others = restsOn.filter((one) => !own.includes(one));
  const behind = asTheyStand(others, irritant, lookUp);
  const obstacle = unsettled(command.facts.self ?? '', command.facts.instruments ?? []);
  return obstacle ?? resolving(command, found, behind);
}

/**
 * Resolved means: the same terms, every mandatory step accepted or waived, and no breach open, as checked now. Where both
 * hold that another irritant is settled with this one or before it, the acceptance waits for that.
 */
function acceptResolution(command: Accept, irritant: Irritant) {
  const { resolutionId, termsHash } = command.event.data;
  const found = othersTerms(irritant, resolutionId, command.act.party);
  if (!('resolutionId' in found)) return found;
  const isAccepted = found.state === 'accepted' || found.state === 'conditional';
  if (isAccepted && found.termsHash === termsHash) {
    if (alreadySaid(answersOf(found), command.act)) return nothing;
    if (found.state === 'accepted') return bettering(command, irritant, found);
  }
  const isOpen = found.state === 'proposed' || isOwnWord(command, found.answer);
  if (!isOpen) return notOpen(found);
  if (found.termsHash !== termsHash) {
    return refuse(
      'TEXT_MISMATCH',
      `The proposed terms have the hash ${found.termsHash}, not ${termsHash}: read them again.`,
    );
  }
  const shut = closed(irritant) ?? otherTermsConditional(irritant, resolutionId);
  return shut ?? accepting(command, irritant, found);
}

/**
 * It rejects open terms; or, itself, those that were accepted in its name, for as long as that is in force or waits for
 * others: then nothing was accepted. What was reopened since is in force no more, and can be disavowed.
 */
function rejecting(
  command: Extract<IrritantAct, { type: 'RejectResolution' }>,
  irritant: Irritant,
  found: Resolution,
) {
  const { state, answer } = found;
  if (state !== 'proposed' && !(isOwnWord(command, answer) && isInForce(irritant, found)))
    return notOpen(found);
  const accepted = state === 'rejected' ? undefined : answer;
  return accept(ending(command.event, found.said, answer), ...contradicting(command, accepted));
}

function otherTermsConditional(irritant: Irritant, id: string) {
  const other = conditionalIn(irritant);
  return other === undefined || other.resolutionId === id
    ? undefined
    : refuse(
        'RESOLUTION_CONDITIONAL',
        `The terms ${other.resolutionId} are accepted on a condition: that acceptance is taken back first.`,
      );
}

export const closingRules: Rules<'ProposeResolution' | 'AcceptResolution' | 'RejectResolution'> = {
  ProposeResolution: (command, irritant) => closed(irritant) ?? accept(command.event),
  AcceptResolution: acceptResolution,
  RejectResolution: (command, irritant) => {
    const found = othersTerms(irritant, command.event.data.resolutionId, command.act.party);
    if (!('resolutionId' in found)) return found;
    if (found.state === 'rejected' && alreadySaid(answersOf(found), command.act)) return nothing;
    return rejecting(command, irritant, found);
  },
};
