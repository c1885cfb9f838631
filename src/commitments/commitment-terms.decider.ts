import { accept, alreadySaid, hasSaid, nothing, refuse, restingOn } from '#libs/decider';
import type { Act, CommandOf, Decided, RefusalOf, Rest, Said } from '#libs/decider';
import type { NamedCommitment } from '#libs/versioned-text';
import type { commitmentCommands } from './commitment.commands.js';
import type { commitmentEvents } from './commitment.events.js';
import type { AgreedFor, Commitment } from './commitment.facts.js';
import { isOwed, groundOf } from './commitment-status.facts.js';

export type CommitmentRefusal = RefusalOf<typeof commitmentCommands> | 'TERMS_DIFFER';

/** What reactions ask of a commitment: no route gives these commands. */
interface Consequence<T extends string, D> {
  readonly type: T;
  readonly act: Act;
  readonly cause: string;
  readonly data: D;
  readonly rests: readonly Rest[];
}

/** What an agreed text says of one commitment, and by which words it was agreed. */
export interface NamedInText extends NamedCommitment, Pick<AgreedFor, 'by' | 'version' | 'contentHash'> {
  readonly dialogueId: string;
  /** All that the text is about. */
  readonly irritantIds: readonly string[];
  readonly basis: 'direct' | 'attributed';
  readonly restsOn: readonly string[];
}

/** What is agreed of a text now: one of its versions, or nothing any more. */
export interface TextNow extends Pick<AgreedFor, 'by'> {
  readonly version: number | null;
}

export type CommitmentConsequence =
  Consequence<'PutInForce', NamedInText> | Consequence<'EndAgreement', TextNow>;

export type CommitmentAct = CommandOf<typeof commitmentCommands, typeof commitmentEvents, object>;
export type CommitmentCommand = CommitmentAct | CommitmentConsequence;
export type Ask<T extends CommitmentCommand['type']> = Extract<CommitmentCommand, { type: T }>;

/** Undefined for an obligor: each speaks of its own part, and of no other. */
export function notAnObligor({ obligors }: Commitment, party: string | null) {
  return obligors.includes(party ?? '')
    ? undefined
    : refuse(
        'NOT_AN_OBLIGOR',
        `${party} is to do nothing here; only ${obligors.join(' and ')} can say this.`,
      );
}

/** Undefined where the obligor has undertaken it, or a text that both agreed names it for that obligor. */
export function notInForce(commitment: Commitment, obligor: string) {
  return groundOf(commitment, obligor) === undefined
    ? refuse(
        'NOT_IN_FORCE',
        `${obligor} has not undertaken this: it is only asserted, and in force once ${obligor} itself undertakes it or a text that both agree on names it.`,
      )
    : undefined;
}

/** Undefined where the party is owed something by another one, or would be once that one undertakes it. */
export function notABeneficiary(commitment: Commitment, party: string | null) {
  return isOwed(commitment, party)
    ? undefined
    : refuse('NOT_A_BENEFICIARY', `Nothing is owed to ${party} by another party under this commitment.`);
}

/** Undefined while the commitment is open; for a beneficiary that has waived it, nothing more is owed. */
export function ended(commitment: Commitment, party?: string | null) {
  if (commitment.ended !== null) {
    return refuse('COMMITMENT_ENDED', `The commitment is ${commitment.ended}; assert a new one.`);
  }
  return party !== undefined && hasSaid(commitment.waivers, party)
    ? refuse('COMMITMENT_ENDED', `${party} has waived what was owed to it under this commitment.`)
    : undefined;
}

/**
 * The same word again changes nothing. The party's own word in the place of one that was attributed to it is recorded
 * even after the end, for the end may rest on it; with that it has made the other one its own and can't disavow it.
 */
export function repeating(command: CommitmentAct, words: readonly Said[], event: Decided = command.event) {
  if (alreadySaid(words, command.act)) return nothing;
  const attributed = words.find((one) => one.party === command.act.party);
  return attributed === undefined ? undefined : accept(restingOn(event, attributed));
}
