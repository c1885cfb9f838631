import type { CommandDeclarations, RefusalOf } from './command.js';
import { nothing } from './decider.js';
import type { Decision } from './decider.js';

/**
 * The rule of each command. It answers with no code that its command does not declare; a consequence, which no route
 * gives, with any that the slice has.
 */
export type RulesOf<
  C extends CommandDeclarations,
  A extends { readonly type: string },
  S,
  R = RefusalOf<C>,
> = {
  readonly [T in A['type']]: (
    command: Extract<A, { type: T }>,
    state: S,
  ) => Decision<T extends keyof C ? RefusalOf<C, T> : R & string>;
};

/** How what is not there yet comes into being: said again of what is there, it says nothing new. */
interface Creating<A, N extends string, R extends string> {
  readonly type: N;
  readonly create: (command: NoInfer<Extract<A, { type: N }>>) => Decision<NoInfer<R>>;
}

/** Decides by the rule of the command, of what is there; only what creates it can be asked of what is not. */
export function ruledBy<A extends { readonly type: string }, S, N extends A['type'], R extends string>(
  { type, create }: Creating<A, N, R>,
  rules: {
    readonly [T in Exclude<A['type'], N>]: (
      command: Extract<A, { type: T }>,
      state: S,
    ) => Decision<NoInfer<R>>;
  },
): (command: A, state: S | null) => Decision<R> {
  return (command, state) => {
    if (command.type === type) return state === null ? create(command as Extract<A, { type: N }>) : nothing;
    if (state === null) throw new Error(`${command.type} reached what nobody had brought into being.`);
    const rule = rules[command.type as Exclude<A['type'], N>] as (
      command: A,
      state: S,
    ) => Decision<NoInfer<R>>;
    return rule(command, state);
  };
}
