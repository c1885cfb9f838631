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

export const derived: Act = { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null };

/** The id of the fact at this place, for commands that name an earlier event. */
export function idAt(index: number): string {
  return `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;
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

type Expected = {
  readonly type: string;
  readonly data?: object;
  readonly restsOn?: readonly string[];
  readonly ends?: readonly string[];
};

/** `given(facts).when(command).then(events)`, or `.refuses(code)`, or `.changesNothing()`. */
export function specification<S, C extends object, R extends string>(
  decider: Decider<S, C, R>,
  stream: string,
) {
  return (facts: readonly GivenFact[]) => {
    const state = facts
      .map((one, index) => factAt(index, stream, one))
      .reduce((reached, fact) => decider.evolve(reached, fact), decider.initial);
    return {
      state,
      when(command: C) {
        const decision = decider.decide(command, state);
        return {
          then: (expected: readonly Expected[]) => {
            expect(decidedOf(decision).map((one, index) => shown(one, expected[index]))).toEqual(expected);
          },
          changesNothing: () => {
            expect(decidedOf(decision)).toEqual([]);
          },
          refuses: (code: R) => {
            expect('refused' in decision ? decision.refused : decision).toBe(code);
            expect('refused' in decision ? decision.because : '').toMatch(/\.$/);
          },
        };
      },
    };
  };
}

function decidedOf<R extends string>(decision: Decision<R>): readonly Decided[] {
  if ('refused' in decision) throw new Error(`Refused as ${decision.refused}: ${decision.because}`);
  return decision.events;
}

/** Data, and what it rests on and ends, are compared where the specification gives them. */
function shown(one: Decided, expected: Expected | undefined): Expected {
  const { type, data, restsOn = [], ends = [] } = one;
  return {
    type,
    ...(expected?.data === undefined ? {} : { data }),
    ...(expected?.restsOn === undefined ? {} : { restsOn }),
    ...(expected?.ends === undefined ? {} : { ends }),
  };
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
