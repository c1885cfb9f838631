import { accept, alreadySaid, hasSaid, nothing, refuse } from '#libs/decider';
import type { CommandOf, Decision, Said } from '#libs/decider';
import type { ExchangeFacts } from '../exchanges/exchange.events.js';
import type { IrritantFacts } from '../irritants/irritant.events.js';
import type { ProposalFacts } from '../proposals/proposal.events.js';
import type { commitmentCommands } from './commitment.commands.js';
import type { commitmentEvents } from './commitment.events.js';
import type { Commitment } from './commitment.facts.js';
import { isOwed } from './commitment-standing.facts.js';

export type CommitmentRefusal =
  | 'NOT_AN_OBLIGOR'
  | 'NO_OTHER_BENEFICIARY'
  | 'BASIS_NOT_JOINT'
  | 'CONDITIONS_REQUIRED'
  | 'CONDITIONS_UNEXPECTED'
  | 'IRRITANT_SUSPENDED'
  | 'NOT_A_BENEFICIARY'
  | 'NOTHING_REPORTED'
  | 'NO_BREACH_ALLEGED'
  | 'NOT_YOUR_ALLEGATION'
  | 'COMMITMENT_ENDED';

/** What the rules of a commitment need to know from elsewhere. */
export interface CommitmentKnown {
  /** Of the exchange or the proposal on which it is undertaken; whichever it is, the other's facts are absent. */
  readonly basis?: Partial<Pick<ExchangeFacts, 'completed' | 'coverage' | 'terminatedBy'>> &
    Partial<Pick<ProposalFacts, 'irritantIds'>> & { readonly agreed?: object | null };
  readonly irritants?: readonly Pick<IrritantFacts, 'key' | 'suspensions'>[];
}

export type CommitmentCommand = CommandOf<
  typeof commitmentCommands,
  typeof commitmentEvents,
  CommitmentKnown
>;
export type Ask<T extends CommitmentCommand['type']> = Extract<CommitmentCommand, { type: T }>;
export type Judgement = Decision<CommitmentRefusal>;

export function notAnObligor({ obligors }: Pick<Commitment, 'obligors'>, party: string | null): Judgement {
  return refuse(
    'NOT_AN_OBLIGOR',
    `${party} has undertaken nothing here; only ${obligors.join(' and ')} can do this.`,
  );
}

/** Undefined where the party is owed something by another one. */
export function notABeneficiary(commitment: Commitment, party: string | null): Judgement | undefined {
  return isOwed(commitment, party)
    ? undefined
    : refuse('NOT_A_BENEFICIARY', `Nothing is owed to ${party} by another party under this commitment.`);
}

/** Undefined while the commitment is open; for a beneficiary that has waived it, nothing more is owed. */
export function ended(commitment: Commitment, party?: string | null): Judgement | undefined {
  if (commitment.ended !== null) {
    return refuse('COMMITMENT_ENDED', `The commitment is ${commitment.ended}; undertake a new one.`);
  }
  return party !== undefined && hasSaid(commitment.waivers, party)
    ? refuse('COMMITMENT_ENDED', `${party} has waived what was owed to it under this commitment.`)
    : undefined;
}

/**
 * The same word again changes nothing. The party's own word in the place of one that was attributed to it is recorded
 * even after the end, for the end may rest on it.
 */
export function repeating(command: CommitmentCommand, words: readonly Said[]): Judgement | undefined {
  if (alreadySaid(words, command.act)) return nothing;
  return hasSaid(words, command.act.party) ? accept(command.event) : undefined;
}
