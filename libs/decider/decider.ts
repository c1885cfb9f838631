import type { Occurred } from './claimed.js';
import type { Act, Fact } from './fact.js';

/** A pointer to an event that a derived event rests on. */
export interface Rest {
  readonly id: string;
  readonly occurred?: Occurred;
  /** Absent for the act being decided: it is recorded now. */
  readonly recordedAt?: string;
  readonly capacity: Act['capacity'];
}

/** An event that a decision asks for. `derivedFrom` makes it a consequence: no party's act, but drawn from these. */
export interface Decided {
  readonly type: string;
  readonly data: object;
  readonly content: object;
  readonly derivedFrom?: readonly Rest[];
  /** The ids of the events that its rule needed: where one of them drops out of the record, it drops out as well. */
  readonly restsOn?: readonly string[];
  /** The ids of the events that it answered, ended or replaced: it stands without them. */
  readonly ends?: readonly string[];
}

export type Decision<R extends string = string> =
  | {
      readonly events: readonly Decided[];
      /** The id of the event that says it already, where nothing is left to record. */
      readonly saidIn?: string | undefined;
    }
  | {
      readonly refused: R;
      readonly because: string;
      /** The ids of the events by which it is refused: a consequence that is refused relies on them. */
      readonly restsOn?: readonly string[];
    };

/** What every command carries besides its own input: who acts, and since when (as claimed). */
export interface CommandBase {
  readonly act: Act;
  readonly occurred?: Occurred;
}

export interface Decider<S, C, R extends string> {
  readonly initial: S;
  /** Total: an event it does not know, or that makes no sense here, leaves the state as it is. */
  readonly evolve: (state: S, fact: Fact) => S;
  readonly decide: (command: C, state: S) => Decision<R>;
}

export const nothing: { readonly events: readonly [] } = { events: [] };

/** Nothing is left to record, since this word of the party says it already, by whichever act. */
export function saidBy(word: Word): { readonly events: readonly []; readonly saidIn?: string | undefined } {
  return word === undefined ? nothing : { events: [], saidIn: word.eventId };
}

export function accept(...events: readonly Decided[]): { readonly events: readonly Decided[] } {
  return { events };
}

type Word = { readonly eventId: string } | undefined;

const idsOf = (words: readonly Word[]) => words.flatMap((one) => (one === undefined ? [] : [one.eventId]));

/** The event as one that rests on these words: it would have been refused without them. */
export function restingOn<E extends Decided>(event: E, ...words: readonly Word[]): E {
  return { ...event, restsOn: [...(event.restsOn ?? []), ...idsOf(words)] };
}

/** The event as one that answers, ends or replaces these words. */
export function ending<E extends Decided>(event: E, ...words: readonly Word[]): E {
  return { ...event, ends: [...new Set([...(event.ends ?? []), ...idsOf(words)])] };
}

/**
 * `because` names what is wrong in this case and how to mend it; it is shown to the person who asked. The words are
 * those without which it would not be refused.
 */
export function refuse<R extends string>(
  refused: R,
  because: string,
  ...words: readonly Word[]
): { readonly refused: R; readonly because: string; readonly restsOn?: readonly string[] } {
  return words.length === 0 ? { refused, because } : { refused, because, restsOn: idsOf(words) };
}

/** Amendments, and types that later programs record, leave the state as it is. A type without a case doesn't compile. */
export function unmoved<S>(state: S, _fact: never): S {
  return state;
}

export function rest(fact: Fact): Rest {
  return {
    id: fact.id,
    capacity: fact.act.capacity,
    recordedAt: fact.recordedAt,
    ...(fact.occurred === undefined ? {} : { occurred: fact.occurred }),
  };
}

/** The act being decided has no id yet; whoever records it puts its id in the place of this word. */
export const thisAct = 'this';

export function restOnThis(command: CommandBase): Rest {
  return {
    id: thisAct,
    capacity: command.act.capacity,
    ...(command.occurred === undefined ? {} : { occurred: command.occurred }),
  };
}

/** `direct` only if everything it rests on is direct. */
export function basisOf(rests: readonly { readonly capacity: Act['capacity'] }[]): 'direct' | 'attributed' {
  return rests.every((one) => one.capacity === 'direct') ? 'direct' : 'attributed';
}

/** How many a refusal names; whoever mends these is told of the next. */
const namedMax = 20;

/** The first of them, and how many there are beside. */
export function firstOf(names: readonly string[]): string {
  const more = names.length - namedMax;
  return more <= 0 ? names.join(', ') : `${names.slice(0, namedMax).join(', ')} and ${more} more`;
}
