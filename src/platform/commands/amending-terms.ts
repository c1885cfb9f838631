import type { Act, CommandDeclaration } from '#libs/decider';
import type { Stored } from '../record/envelope.js';
import type { Talks } from '../record/evidence.js';
import { holds } from '../record/principal.js';
import type { Principal, Role } from '../record/principal.js';
import type { RestingElsewhere } from './resting-elsewhere.js';
import type { Slice } from '../record/slice.js';

export type Fields = { readonly [field: string]: unknown };

/** An act that amends an earlier event, and what its rules may look at. */
export interface Amending {
  readonly slice: Slice;
  /** All events of the stream. */
  readonly events: readonly Stored[];
  /** What they come to. */
  readonly state: unknown;
  readonly request: {
    readonly type: string;
    readonly act: Act;
    readonly data: Fields;
    readonly content: Fields;
  };
  readonly principal: Principal;
  /** The role that the act itself would need of its party; undefined where any that keeps the record will do. */
  readonly roleFor: (target: Stored) => readonly Role[] | undefined;
  /** What is declared of such an act: whether it binds at once, which words it takes up, and by which other act it is taken back. */
  readonly declared: (
    target: Stored,
  ) => Pick<CommandDeclaration, 'takenBackBy' | 'bindsAtOnce' | 'takesUp' | 'final'> | undefined;
  /** Why what is declared to take the target back would be refused now; absent where it would not, or nobody has asked. */
  readonly noRemedy?: string;
  readonly dialogue: Talks | undefined;
  /** What rests on the target in other streams. */
  readonly elsewhere: RestingElsewhere;
}

/** The role that the act itself would need of its party; undefined where any that keeps the record will do. */
export function lacksRole({ principal, roleFor }: Amending, target: Stored): string | undefined {
  const needed = roleFor(target);
  return needed === undefined || holds(principal, needed) ? undefined : needed.join(' or ');
}
