import { basisOf } from '#libs/decider';
import type { Said } from '#libs/decider';
import type { ExchangeFacts } from '../exchanges/exchange.events.js';
import type { ProposalFacts } from '../proposals/proposal.events.js';
import type { Agreement } from './commitment.events.js';
import type { Commitment, Report } from './commitment.facts.js';
import { groundOf } from './commitment-standing.facts.js';

/** Of the agreement that a commitment names as its basis: an exchange has `completed`, a text `agreed`. */
export type Basis = Partial<Pick<ExchangeFacts, 'completed' | 'completedBy' | 'coverage' | 'terminatedBy'>> &
  Partial<Pick<ProposalFacts, 'agreed' | 'agreedIrritantIds' | 'terminated'>>;

function byNotes({ completedBy = [], coverage = [] }: Basis, irritantIds: readonly string[]): Agreement {
  const wordsOn = (id: string) => coverage.filter((one) => one.irritantId === id).map((one) => one.said);
  const covered = irritantIds.filter((id) => new Set(wordsOn(id).map((one) => one.party)).size > 1);
  const words: readonly Said[] = [...completedBy, ...covered.flatMap(wordsOn)];
  return { irritantIds: covered, restsOn: words.map((one) => one.eventId), basis: basisOf(words) };
}

/** What both sides agreed, of the matters of the commitment, in the exchange or the text that it names as its basis. */
function agreementOn(basis: Basis | undefined, irritantIds: readonly string[]): Agreement | undefined {
  const { completed = null, terminatedBy = [], agreed = null, terminated = null } = basis ?? {};
  if (basis === undefined || terminatedBy.length > 0 || terminated !== null) return undefined;
  const { agreedIrritantIds = [] } = basis;
  const found =
    agreed === null
      ? completed === null
        ? undefined
        : byNotes(basis, irritantIds)
      : {
          irritantIds: irritantIds.filter((id) => agreedIrritantIds.includes(id)),
          restsOn: [agreed.said.eventId, ...agreed.restsOn],
          basis: agreed.basis,
        };
  return found === undefined || found.irritantIds.length === 0 ? undefined : found;
}

/** What both sides agreed in a text that names the commitment for this obligor, where that is of its matters. */
function agreementInText({ agreedFor }: Commitment, obligor: string): Agreement | undefined {
  const found = agreedFor.find((one) => one.obligor === obligor && one.irritantIds.length > 0);
  if (found === undefined) return undefined;
  const { irritantIds, restsOn, basis, said } = found;
  return { irritantIds, restsOn: [said.eventId, ...restsOn], basis };
}

/**
 * The words by which both sides have put the commitment under its basis: whoever asserted it says on what it rests, and
 * the other side undertook it as it was asserted. Of one side alone, its basis is what that side says.
 */
function saidByBoth({ asserted, undertakenBy }: Commitment): readonly Said[] | undefined {
  const other = undertakenBy.find((one) => one.party !== asserted.party);
  return asserted.party === null || other === undefined ? undefined : [asserted, other];
}

/** Whether another side than this has put the commitment under its basis: by asserting it, or by undertaking it so. */
function isByAnother({ asserted, undertakenBy }: Commitment, party: string | null): boolean {
  return [asserted, ...undertakenBy].some((one) => one.party !== null && one.party !== party);
}

/**
 * Under what both sides agreed the obligor reports: a text that names the commitment for it, or else the basis on which
 * both sides have put the commitment. Undefined where that is said by one side alone, terminated, or of other matters.
 */
export function agreementOfReport(
  commitment: Commitment,
  obligor: string,
  basis: Basis | undefined,
): Agreement | undefined {
  const named = agreementInText(commitment, obligor);
  const words = saidByBoth(commitment);
  const found = agreementOn(basis, commitment.irritantIds);
  if (named !== undefined || words === undefined || found === undefined) return named;
  return {
    ...found,
    restsOn: [...found.restsOn, ...words.map((one) => one.eventId)],
    basis: found.basis === 'direct' ? basisOf(words) : found.basis,
  };
}

/**
 * Under what both sides agreed the beneficiary acknowledges: its word on what the other side alone put under it is the
 * other half; what it put there itself would have both halves of one side. Undefined as well where the report is under
 * that by itself and nothing of it has changed or fallen since.
 */
export function agreementOfAnswer(
  commitment: Commitment,
  { said, agreement }: Report,
  party: string | null,
  basis: Basis | undefined,
): Agreement | undefined {
  const obligor = said.party ?? '';
  if (groundOf(commitment, obligor) === undefined) return undefined;
  const ofReport = agreementOfReport(commitment, obligor, basis);
  const isThere = agreement !== null && ofReport?.restsOn.join() === agreement.restsOn.join();
  if (isThere || ofReport !== undefined) return isThere ? undefined : ofReport;
  return isByAnother(commitment, party) ? agreementOn(basis, commitment.irritantIds) : undefined;
}
