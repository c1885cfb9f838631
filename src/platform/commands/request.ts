import type { Position } from '#libs/event-store';
import type { ActSignature } from '#libs/ledger';
import type { Act, CommandDeclaration, Occurred, SourceRef, WordingRow } from '#libs/decider';
import type { Audience } from '../record/envelope.js';
import type { Aggregate } from '../record/fold.js';
import type { Once } from '../record/once.js';
import type { Principal } from '../record/principal.js';
import type { Slice } from '../record/slice.js';
import type { LoadedStream } from '../record/streams.js';

/** What an act that is brought in from elsewhere is called there, if anything. */
export interface BroughtIn {
  readonly externalRef?: string | undefined;
  /** Throws where the act would be another party's than it is said to be. */
  readonly refuseOther?: (act: Act) => void;
}

/** A command as it comes in: already of the right shape, not yet judged. */
export interface CommandRequest {
  /** The streams as this request has read them; it reads them anew where it has read none. */
  readonly once?: Once | undefined;
  readonly slice: Slice;
  readonly name: string;
  readonly declaration: CommandDeclaration;
  readonly principal: Principal;
  /** The route with its path parameters open, as the scope of an idempotency key. */
  readonly route: string;
  readonly traceId: string;
  readonly idempotencyKey: string | undefined;
  /** Of an act that is brought in: whoever brings it in once more repeats it, and its key is nobody's own. */
  readonly broughtIn?: BroughtIn | undefined;
  /** Made by whoever sends the act, who can therefore tell the hash of its words beforehand. */
  readonly salt?: string | undefined;
  /** The signature of the party, over what will be recorded. */
  readonly signature?: ActSignature | undefined;
  /** What the client sent, as it was checked, for comparing a repeat. */
  readonly body: unknown;
  readonly party: string | undefined;
  readonly occurred: Occurred | undefined;
  readonly sources: readonly SourceRef[];
  readonly wording: readonly WordingRow[] | undefined;
  readonly audience: Audience;
  readonly data: { readonly [field: string]: unknown };
  readonly content: { readonly [field: string]: unknown };
}

export interface Outcome {
  readonly folded: Aggregate;
  readonly position: Position;
  /** The stored answer to a repeated request. */
  readonly replayed: boolean;
  /** False where the same act with the same content was recorded before. */
  readonly recorded: boolean;
}

/** In whose hands an idempotency key is: each principal has keys of its own, and all who bring in have theirs together. */
export function keyHolder({ broughtIn, principal }: Pick<CommandRequest, 'broughtIn' | 'principal'>): string {
  return broughtIn === undefined ? principal.id : 'brought-in';
}

/** What the stream has come to, with its last event's position. */
export function outcomeOf(slice: Slice, { events, folded }: LoadedStream): Outcome {
  const position = events.at(-1)?.position;
  if (folded === undefined || position === undefined)
    throw new Error(`A stream of ${slice.name} folds to nothing.`);
  return { folded, position, replayed: false, recorded: true };
}
