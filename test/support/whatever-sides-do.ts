import { expect } from '@jest/globals';
import fc from 'fast-check';
import { attributedTo, derived, directly } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import type { Act, Decider } from '#libs/decider';

const sides = ['RU', 'US'] as const;
/** Who acts, and whether by its own word or in its name. */
export const acting = { side: fc.constantFrom(...sides), isDirect: fc.boolean() };
interface Move {
  readonly side: (typeof sides)[number];
  readonly isDirect: boolean;
}
export const actOf = ({ side, isDirect }: Move): Act => (isDirect ? directly(side) : attributedTo(side));

/** The facts, and what the decision of this command adds to them: nothing where it is refused. */
export function withDecided<S, C extends { readonly act: Act }, R extends string>(
  decider: Decider<S, C, R>,
  facts: readonly GivenFact[],
  state: S,
  command: C,
): readonly GivenFact[] {
  const decision = decider.decide(command, state);
  if ('refused' in decision) return facts;
  const act = (drawn: unknown) => (drawn === undefined ? command.act : derived);
  return [
    ...facts,
    ...decision.events.map(({ type, data, derivedFrom }) => ({ type, data, act: act(derivedFrom) })),
  ];
}

interface Play<M extends Move> {
  readonly move: fc.Arbitrary<M>;
  readonly begun: readonly GivenFact[];
  readonly after: (facts: readonly GivenFact[], move: M) => readonly GivenFact[];
}

/** What a side said itself is the same after whatever the other side does, and after what is said in its name. */
export function expectOwnWordsToStand<M extends Move>(
  { move, begun, after }: Play<M>,
  wordsOf: (facts: readonly GivenFact[], party: string) => unknown,
): void {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
      let facts = begun;
      for (const one of moves) {
        const next = after(facts, one);
        for (const side of sides.filter((each) => each !== one.side || !one.isDirect)) {
          expect(wordsOf(next, side)).toEqual(wordsOf(facts, side));
        }
        facts = next;
      }
    }),
  );
}

/** This holds of whatever facts one side alone can bring about. */
export function expectOfOneSide<M extends Move>(
  { move, begun, after }: Play<M>,
  holds: (facts: readonly GivenFact[]) => void,
): void {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
      holds(moves.reduce((facts, one) => after(facts, { ...one, side: 'RU' }), begun));
    }),
  );
}
