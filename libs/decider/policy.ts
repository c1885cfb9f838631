import type { Rest } from './decider.js';
import type { Fact } from './fact.js';

/** A command that a policy asks of an aggregate in its own slice. */
export interface Asked {
  readonly id: string;
  readonly command: { readonly type: string; readonly data: object; readonly rests: readonly Rest[] };
}

/** Another aggregate at one place in the record; where it can't be read to its end, it is not whole. */
export interface Elsewhere {
  readonly stream: string;
  readonly revision: number;
  readonly facts: unknown;
  readonly isWhole: boolean;
}

/** What other aggregates hold, by slice and id; undefined where there is none. */
export type LookUp = (slice: string, id: string) => Elsewhere | undefined;

/** The stream that the event stands in: its slice, its id, and what its events up to this one name. */
export interface Origin {
  readonly slice: string;
  readonly id: string;
  readonly named: readonly string[];
  /** What other streams hold at the same place in the record. */
  readonly lookUp: LookUp;
}

/**
 * A pure function from an event, and the record up to it, to commands in the policy's slice: mostly of the fold of its
 * own stream, and of others where streams depend on each other.
 * It may be asked again and again: the consequence's id is drawn from policy, cause and target.
 */
export interface Policy {
  readonly name: string;
  /** The slices whose events it looks at. */
  readonly of: readonly string[];
  /** Tells from the event alone whether to look closer; most events concern no policy, and folding costs. */
  readonly concerns: (fact: Fact) => boolean;
  /** It takes what takes something out for a cause, and says then how things stand: nothing is drawn anew beside that. */
  readonly followsFalls?: true;
  /** The policy of the same slice that ends what this one brings about: where one is drawn anew, so is the other. */
  readonly endedBy?: string;
  /** What it brings about counts as of its cause: what was said there in between was said after it. */
  readonly asOfCause?: true;
  readonly react: (fact: Fact, facts: never, origin: Origin) => readonly Asked[];
}
