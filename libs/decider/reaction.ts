import type { Rest } from './decider.js';
import type { Fact } from './fact.js';

/** A command that a policy asks of an aggregate in its own slice. */
export interface Asked {
  readonly id: string;
  readonly command: { readonly type: string; readonly data: object; readonly rests: readonly Rest[] };
}

/** The entries of a slice, with what another one may know of them. */
export interface Entries<F> {
  readonly slice: string;
  /** Of the type alone; nothing is there. */
  readonly facts?: F;
}

export const entries = <F>(slice: string): Entries<F> => ({ slice });

/** Another aggregate at one place in the record; where it can't be read to its end, it is not whole. */
export interface Elsewhere<F = unknown> {
  readonly stream: string;
  readonly revision: number;
  readonly facts: F;
  readonly isWhole: boolean;
}

/** What another aggregate holds; undefined where there is none. */
export type LookUp = <F>(of: Entries<F>, id: string) => Elsewhere<F> | undefined;
/** The same of the record as it is now. */
export type Find = <F>(of: Entries<F>, id: string) => Promise<Elsewhere<F> | undefined>;

/** The stream that the event stands in. */
export interface Origin {
  readonly slice: string;
  readonly id: string;
  /** The entries of the policy's own slice that its events up to this one name. */
  readonly named: readonly string[];
  /** What other streams hold at the same place in the record. */
  readonly lookUp: LookUp;
}

/**
 * A pure function from an event, and the record up to it, to commands in the policy's slice: mostly of the fold of its
 * own stream, and of others where streams depend on each other.
 * It may be asked again and again: the consequence's id is drawn from policy, cause and target.
 */
export interface Reaction {
  readonly name: string;
  /** The slices whose events it looks at. */
  readonly of: readonly string[] | 'every';
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

/** Whether a policy looks at what a slice records. */
export function looksAt({ of }: Reaction, slice: string): boolean {
  return of === 'every' || of.includes(slice);
}
