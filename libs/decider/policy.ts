import type { Rest } from './decider.js';
import type { Fact } from './schema.js';

/** A command that a policy asks of an aggregate in its own slice. */
export interface Asked {
  readonly id: string;
  readonly command: { readonly type: string; readonly data: object; readonly rests: readonly Rest[] };
}

/** The stream that the event stands in: its slice, its id, and what its events up to this one name. */
export interface Origin {
  readonly slice: string;
  readonly id: string;
  readonly named: readonly string[];
}

/**
 * A pure function from an event, and the fold of its own stream up to it, to commands in the policy's slice.
 * It may be asked again and again: the consequence's id is drawn from policy, cause and target.
 */
export interface Policy {
  readonly name: string;
  /** The slices whose events it looks at. */
  readonly of: readonly string[];
  /** Tells from the event alone whether to look closer; most events concern no policy, and folding costs. */
  readonly concerns: (fact: Fact) => boolean;
  readonly react: (fact: Fact, facts: never, origin: Origin) => readonly Asked[];
}
