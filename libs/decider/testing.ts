import { expect } from '@jest/globals';
import type { CommandBase, Decided, Decider, Decision } from './decider.js';
import type { Occurred, SourceRef } from './claimed.js';
import type { Act, Fact } from './fact.js';

/** A fact of a specification: what it says, who says it, and no more than the rule needs. */
export interface GivenFact {
  readonly type: string;
  readonly data?: object;
  readonly act?: Act;
  readonly occurred?: Occurred;
  readonly sources?: readonly SourceRef[];
}

export function directly(party: string): Act {
  return { party, capacity: 'direct', recordedBy: `registrar-of-${party}`, recorderParty: party };
}

export function attributedTo(party: string): Act {
  return { party, capacity: 'attributed', recordedBy: 'secretariat', recorderParty: null };
}

/** Recorded in the party's name, and endorsed by it in this place of the stream. */
export function endorsedAt(place: number, party: string): Act {
  return { ...attributedTo(party), capacity: 'direct', endorsedBy: idAt(place), endorsedAt: place };
}

/** The two sides of every specification, each speaking for itself. */
export const RU = directly('RU');
export const US = directly('US');
/** What somebody else records in the name of each. */
export const forRu = attributedTo('RU');
export const forUs = attributedTo('US');

export const derived: Act = { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null };

/** The id of the fact at this place, for commands that name an earlier event. */
export function idAt(index: number): string {
  return `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;
}

/** A fact of a specification in one line: what is said, by whom, and what its data hold. */
export function fact(type: string, act: Act = derived, data: object = {}): GivenFact {
  return { type, act, data };
}

/** A whole recorded fact from what the specification gives. */
export function factAt(index: number, stream: string, given: GivenFact): Fact {
  return {
    id: idAt(index),
    stream,
    revision: index,
    recordedAt: new Date(Date.UTC(2025, 3, 10, 9, 0, index)).toISOString(),
    act: given.act ?? derived,
    sources: given.sources ?? [],
    type: given.type,
    data: given.data ?? {},
    ...(given.occurred === undefined ? {} : { occurred: given.occurred }),
  };
}

/** What it rests on and ends, by their places among the facts given. */
type Expected = {
  readonly type: string;
  readonly data?: object;
  readonly restsOn?: readonly number[];
  readonly ends?: readonly number[];
};

/**
 * `given(facts, command).records(…events)`, each by its type or by what it says; `.refuses(code)`;
 * `.changesNothing()`. `given(facts)` alone is what the facts have made of the stream. `ask` builds a command.
 */
export function specification<S, C extends { readonly type: string }, R extends string>(
  decider: Decider<S, C, R>,
  stream: string,
  commands: Parameters<typeof asking>[0] = {},
) {
  const given = (facts: readonly GivenFact[], command?: C) => {
    const state = facts
      .map((one, index) => factAt(index, stream, one))
      .reduce((reached, fact) => decider.evolve(reached, fact), decider.initial);
    const decision = (): Decision<R> => {
      if (command === undefined) throw new Error('Nothing was asked of these facts.');
      return decider.decide(command, state);
    };
    const placesOf = (ids: readonly string[] = []) =>
      ids.map((id) => facts.findIndex((_, at) => idAt(at) === id));
    const reliance = (one?: Decided) => ({ restsOn: placesOf(one?.restsOn), ends: placesOf(one?.ends) });
    return {
      state,
      /** The state of a stream that the facts have begun. */
      get existing(): NonNullable<S> {
        if (state === null || state === undefined) throw new Error('The facts begin nothing.');
        return state;
      },
      records: (...events: readonly (string | Expected)[]) => {
        const expected = events.map((one) => (typeof one === 'string' ? { type: one } : one));
        const decided = decidedOf(decision()).map((one) => ({ ...one, ...reliance(one) }));
        expect(decided.map((one, index) => shown(one, expected[index]))).toEqual(expected);
      },
      changesNothing: () => {
        expect(decidedOf(decision())).toEqual([]);
      },
      refuses: (code: R) => {
        const decided = decision();
        expect('refused' in decided ? decided.refused : decided).toBe(code);
        expect('refused' in decided ? decided.because : '').toMatch(/\.$/);
      },
      /** The places of the facts that the act rests on, and of those that it answers, ends or replaces. */
      get reliance() {
        return reliance(decidedOf(decision())[0]);
      },
    };
  };
  return { given, ask: asking<C>(commands) };
}

function decidedOf<R extends string>(decision: Decision<R>): readonly Decided[] {
  if ('refused' in decision) throw new Error(`Refused as ${decision.refused}: ${decision.because}`);
  return decision.events;
}

/** Data, and what it rests on and ends, are compared where the specification gives them. */
function shown({ type, data = {}, restsOn = [], ends = [] }: Expected, expected?: Expected): Expected {
  return {
    type,
    ...(expected?.data === undefined ? {} : { data }),
    ...(expected?.restsOn === undefined ? {} : { restsOn }),
    ...(expected?.ends === undefined ? {} : { ends }),
  };
}

/** A command that a policy draws from another event, its cause. */
export function drawn<T extends string, D extends object>(type: T, data: D, cause = 'x') {
  return { type, act: derived, cause, data, rests: [] };
}

/** A command that proposes the event of the same fields. */
export function proposing<T extends string>(
  type: T,
  act: Act,
  event: { readonly type: string; readonly data?: object; readonly content?: object },
  more: { readonly facts?: object; readonly occurred?: Occurred } = {},
): CommandBase & { readonly type: T; readonly event: Decided; readonly facts: object } {
  return {
    type,
    act,
    event: { data: {}, content: {}, ...event },
    facts: more.facts ?? {},
    ...(more.occurred === undefined ? {} : { occurred: more.occurred }),
  };
}

/** The commands of a slice, as its declarations name their events: who asks, and what the event is to say. */
export function asking<C extends { readonly type: string }>(commands: {
  readonly [type: string]: { readonly event: string };
}) {
  return (
    type: C['type'],
    act: Act,
    data: object = {},
    more: { readonly content?: object; readonly facts?: object; readonly occurred?: Occurred } = {},
  ): C => {
    const { content = {}, ...rest } = more;
    const declared = commands[type];
    if (declared === undefined) throw new Error(`The slice declares no command ${type}.`);
    return proposing(type, act, { type: declared.event, data, content }, rest) as unknown as C;
  };
}
