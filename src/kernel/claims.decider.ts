import {
  accept,
  basisOf,
  contradicting,
  ending,
  isOwnWord,
  nothing,
  ownWordStands,
  refuse,
  restOnSaid,
  restOnThis,
} from '#libs/decider';
import type { CommandBase, Decided, Decision, Said } from '#libs/decider';
import type { Claimed, Confirmed } from './claims.events.js';
import { claimOf } from './claims.facts.js';
import type { Claim, Claims } from './claims.facts.js';

type Refused<R extends string> = Extract<Decision<R>, { readonly refused: R }>;

interface Asked<D extends object> extends CommandBase {
  readonly event: Decided & { readonly data: D };
}
type Naming = Pick<Claimed, 'claimId'>;
interface Confirming extends CommandBase {
  readonly event: Decided & { readonly data: Confirmed; readonly content: { readonly text?: object } };
}

/** What is claimed somewhere else than on a dialogue adds to the rules of claims. */
interface Place<R extends string> {
  /** Why nothing more is said of claims there. */
  readonly closed?: Refused<R> | undefined;
  /** The event that a confirmation in this mode brings about beside itself. */
  readonly reaches?: (claim: Claim, mode: Confirmed['mode']) => Reached | undefined;
}
interface Reached {
  readonly type: string;
  readonly data: object;
}

function unknown(claimId: string) {
  return refuse('CLAIM_UNKNOWN', `There is no claim ${claimId} here; the claims are listed under "claims".`);
}

/** Only the other side answers a claim, and only while it stands. */
function unanswerable({ said, withdrawn }: Claim, command: CommandBase) {
  if (said.party === command.act.party) {
    return refuse(
      'OWN_CLAIM',
      `The claim is ${said.party}'s own, and only the other side answers it: wait for that, or withdraw the claim.`,
    );
  }
  return withdrawn === undefined
    ? undefined
    : refuse('CLAIM_WITHDRAWN', `${said.party} has withdrawn the claim; there is nothing left to answer.`);
}

/** A party says again only what it has said here itself. */
export function claim<R extends string = never>(
  command: Asked<Claimed>,
  on: Claims,
  { closed }: Place<R> = {},
): Decision<R | 'RESTATED_UNKNOWN'> {
  const { restates } = command.event.data;
  const earlier = restates === undefined ? undefined : claimOf(on, restates);
  if (restates !== undefined && earlier?.said.party !== command.act.party) {
    return refuse(
      'RESTATED_UNKNOWN',
      `${command.act.party} has made no claim ${restates} here that could be restated.`,
    );
  }
  return closed ?? accept(ending(command.event, earlier?.said));
}

/** `same-text` confirms the very text (same hash); otherwise the confirming side gives its own words. */
function confirmation({ event }: Confirming, { textHash }: Claim) {
  const { data, content } = event;
  if (data.mode === 'same-text') {
    if (content.text !== undefined) {
      return refuse(
        'TEXT_MISMATCH',
        'To confirm the same text, leave "text" out; to confirm in own words, say so in "mode".',
      );
    }
    if (data.textHash !== undefined && data.textHash !== textHash) {
      return refuse(
        'TEXT_MISMATCH',
        `The claim's text has the hash ${textHash}, not ${data.textHash}: read the claim again, or confirm in own words.`,
      );
    }
    return { ...event, data: { ...data, textHash }, content: {} };
  }
  return content.text === undefined
    ? refuse('TEXT_REQUIRED', `A confirmation in mode ${data.mode} needs the confirming side's own "text".`)
    : event;
}

type Answering = 'CLAIM_UNKNOWN' | 'OWN_CLAIM' | 'CLAIM_WITHDRAWN' | 'OWN_WORD_STANDS';

export function confirmClaim<R extends string = never>(
  command: Confirming,
  on: Claims,
  { closed, reaches = () => undefined }: Place<R> = {},
): Decision<R | Answering | 'TEXT_MISMATCH' | 'TEXT_REQUIRED'> {
  const { claimId, mode } = command.event.data;
  const claim = claimOf(on, claimId);
  if (claim === undefined) return unknown(claimId);
  const refused = unanswerable(claim, command);
  if (refused !== undefined) return refused;
  if (claim.state === 'confirmed' && !isOwnWord(command, claim.answer?.said)) return nothing;
  const shut = closed ?? ownWordStands(command.act, claim.answer?.said);
  if (shut !== undefined) return shut;
  const confirmed = confirmation(command, claim);
  if ('refused' in confirmed) return confirmed;
  const event = ending(confirmed, claim.said, claim.answer?.said);
  const reached = reaches(claim, mode);
  if (reached === undefined) return accept(event, ...contradicting(command, saidMore(claim, mode, reaches)));
  const rests = [restOnSaid(claim.said), restOnThis(command)];
  return accept(event, {
    type: reached.type,
    data: { ...reached.data, basis: basisOf(rests), restsOn: rests.map((one) => one.id) },
    content: {},
    derivedFrom: rests,
  });
}

/** The last answer, where it confirmed more than one in this mode does. */
function saidMore(
  claim: Claim,
  mode: Confirmed['mode'],
  reaches: NonNullable<Place<never>['reaches']>,
): Said | undefined {
  const before = claim.answer?.mode;
  const isMore =
    before !== undefined &&
    before !== 'partial' &&
    (mode === 'partial' || reaches(claim, before) !== undefined);
  return isMore ? claim.answer?.said : undefined;
}

/** The last answer is a denial, of all of it or of the rest of what is confirmed in part. */
function isDenied({ answer }: Claim): boolean {
  return answer !== undefined && answer.mode === undefined;
}

export function denyClaim<R extends string = never>(
  command: Asked<Naming>,
  on: Claims,
  { closed }: Place<R> = {},
): Decision<R | Answering | 'CLAIM_ALREADY_CONFIRMED'> {
  const { claimId } = command.event.data;
  const claim = claimOf(on, claimId);
  if (claim === undefined) return unknown(claimId);
  const refused = unanswerable(claim, command);
  if (refused !== undefined) return refused;
  const isBetter = isOwnWord(command, claim.answer?.said);
  if (isDenied(claim) && !isBetter) return nothing;
  if (claim.state === 'confirmed' && !isBetter) {
    return refuse(
      'CLAIM_ALREADY_CONFIRMED',
      'Both sides hold this understanding; it can no longer be denied.',
    );
  }
  const shut = closed ?? ownWordStands(command.act, claim.answer?.said);
  if (shut !== undefined) return shut;
  const confirmed = [...new Set([isDenied(claim) ? undefined : claim.answer?.said, claim.partial])];
  const event = ending(command.event, claim.said, claim.answer?.said);
  return accept(event, ...contradicting(command, ...confirmed));
}

export function withdrawClaim<R extends string = never>(
  command: Asked<Naming>,
  on: Claims,
  { closed }: Place<R> = {},
): Decision<R | 'CLAIM_UNKNOWN' | 'NOT_OWN_CLAIM' | 'CLAIM_ALREADY_CONFIRMED' | 'OWN_WORD_STANDS'> {
  const { claimId } = command.event.data;
  const claim = claimOf(on, claimId);
  if (claim === undefined) return unknown(claimId);
  const { said, state, withdrawn } = claim;
  if (said.party !== command.act.party) {
    return refuse('NOT_OWN_CLAIM', `The claim is ${said.party}'s; only ${said.party} can withdraw it.`);
  }
  if (withdrawn !== undefined) return nothing;
  if (state === 'confirmed') {
    // Claimed in its name alone, it is no understanding of both: the confirmation answered nothing that it said.
    if (isOwnWord(command, said))
      return closed ?? accept(ending(command.event, said), ...contradicting(command, said));
    return refuse(
      'CLAIM_ALREADY_CONFIRMED',
      'Both sides hold this understanding; one alone can no longer withdraw it.',
    );
  }
  return closed ?? ownWordStands(command.act, said) ?? accept(ending(command.event, said));
}
