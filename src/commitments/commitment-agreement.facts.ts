import type { Said } from '#libs/decider';
import type { Agreement, Under } from './commitment.events.js';
import type { Commitment, Report } from './commitment.facts.js';
import { groundOf } from './commitment-status.facts.js';

/** What both sides agreed in a text that names the commitment for this obligor, where that is of its matters. */
function agreementInText({ agreedFor }: Commitment, obligor: string): Agreement | null {
  const found = agreedFor.find((one) => one.obligor === obligor && one.irritantIds.length > 0);
  if (found === undefined) return null;
  const { irritantIds, restsOn, basis, said } = found;
  return { irritantIds, restsOn: [said.eventId, ...restsOn], basis };
}

/**
 * The words by which both sides have put the commitment under its basis: whoever asserted it says on what it rests, and
 * the other side undertook it as it was asserted. Of one side alone, its basis is what that side says.
 */
function saidByBoth({ asserted, undertakenBy }: Commitment): readonly Said[] | null {
  const other = undertakenBy.find((one) => one.party !== asserted.party);
  return asserted.party === null || other === undefined ? null : [asserted, other];
}

/** Whether another side than this has put the commitment under its basis: by asserting it, or by undertaking it so. */
function isByAnother({ asserted, undertakenBy }: Commitment, party: string | null): boolean {
  return [asserted, ...undertakenBy].some((one) => one.party !== null && one.party !== party);
}

/** Under what the obligor reports: a text that names the commitment for it, and what both sides have put it under. */
export function underOfReport(commitment: Commitment, obligor: string): Under {
  return { text: agreementInText(commitment, obligor), basis: saidByBoth(commitment) };
}

/**
 * Under what the beneficiary acknowledges: its word on what the other side alone put under it is the other half; what it
 * put there itself would have both halves of one side.
 */
export function underOfAnswer(commitment: Commitment, { said }: Report, party: string | null): Under {
  const obligor = said.party ?? '';
  if (groundOf(commitment, obligor) === undefined) return { text: null, basis: null };
  const { text, basis } = underOfReport(commitment, obligor);
  return { text, basis: basis ?? (isByAnother(commitment, party) ? [] : null) };
}
