import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSame } from './repeats.js';

/** The same members in another order, at every depth, and some that are said to be absent. */
function shuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((one) => shuffled(one, seed));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, one]): [string, unknown] => [name, shuffled(one, seed)]);
  const turned = [
    ...members.slice(seed % (members.length + 1)),
    ...members.slice(0, seed % (members.length + 1)),
  ];
  return Object.fromEntries([
    ...turned.toReversed(),
    ...(seed % 2 === 0 ? [] : [[`absent ${seed}`, undefined]]),
  ]);
}

/** By one text of each, which costs all of both. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, one]) => [name, inOrder(one)]));
}
const isSameText = (one: unknown, other: unknown) =>
  JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));

const json = fc
  .jsonValue({ maxDepth: 3, noUnicodeString: false })
  .map((one) => JSON.parse(JSON.stringify(one)) as unknown);

describe('Whether two acts say the same', () => {
  it('does not depend on the order in which members were sent, or on those that are absent', () => {
    fc.assert(
      fc.property(json, fc.nat(20), (value, seed) => {
        expect(isSame(value, shuffled(value, seed))).toBe(true);
        expect(isSame(shuffled(value, seed), value)).toBe(true);
      }),
    );
  });

  it('is what their texts say', () => {
    const near = fc.oneof(
      fc.constantFrom(null, undefined, '', 0, false, [], {}, [null], { a: null }, { a: [] }),
      json,
    );
    fc.assert(
      fc.property(near, near, (one, other) => {
        expect(isSame(one, other)).toBe(isSameText(one, other));
      }),
    );
  });
});
