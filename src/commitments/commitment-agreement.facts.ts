import { basisOf } from '#libs/decider';
import type { Said } from '#libs/decider';
import type { ExchangeFacts } from '../exchanges/exchange.events.js';
import type { ProposalFacts } from '../proposals/proposal.events.js';
import type { Agreement } from './commitment.events.js';
import type { Commitment } from './commitment.facts.js';

/** Of the agreement on which a commitment rests: an exchange has `completed`, a text `agreed`. */
export type Basis = Partial<Pick<ExchangeFacts, 'completed' | 'completedBy' | 'coverage' | 'terminatedBy'>> &
  Partial<Pick<ProposalFacts, 'agreed' | 'agreedIrritantIds' | 'terminated'>>;

function byNotes({ completedBy = [], coverage = [] }: Basis, irritantIds: readonly string[]): Agreement {
  const wordsOn = (id: string) => coverage.filter((one) => one.irritantId === id).map((one) => one.said);
  const covered = irritantIds.filter((id) => new Set(wordsOn(id).map((one) => one.party)).size > 1);
  const words: readonly Said[] = [...completedBy, ...covered.flatMap(wordsOn)];
  return { irritantIds: covered, restsOn: words.map((one) => one.eventId), basis: basisOf(words) };
}

/**
 * What both sides agreed, of the matters of the commitment, in the exchange or the text on which it rests; undefined
 * where that is agreed by one side alone, terminated, or of other matters.
 */
export function agreementOn(basis: Basis | undefined, irritantIds: readonly string[]): Agreement | undefined {
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
export function agreementInText({ agreedFor }: Commitment, obligor: string): Agreement | undefined {
  const found = agreedFor.find((one) => one.obligor === obligor && one.irritantIds.length > 0);
  if (found === undefined) return undefined;
  const { irritantIds, restsOn, basis, said } = found;
  return { irritantIds, restsOn: [said.eventId, ...restsOn], basis };
}
