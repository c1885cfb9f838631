import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attributedTo, directly, on, storedStream } from '../../../test/support/stored.js';
import type { Given } from '../../../test/support/stored.js';
import { slices } from '../../slices.js';
import { fold, foldNext } from './fold.js';
import type { Aggregate } from './fold.js';
import type { Slice } from './slice.js';

/** Folds to the list of what it was given, so that two folds are the same only where the same has counted. */
const listing = {
  ...slices.find((one) => one.name === 'irritants'),
  initial: [],
  evolve: (state: readonly string[] | null, { id }: { id: string }) => [...(state ?? []), id],
} as unknown as Slice;

/** What of a fold decides; its words may be known before they count. */
function deciding(folded: Aggregate | undefined): Partial<Aggregate> {
  const { words: _, ...rest } = folded ?? {};
  return rest;
}

/** Each event folded onto the fold of those before it. */
function foldedOneByOne(given: readonly Given[]): readonly (Aggregate | undefined)[] {
  const events = storedStream('irritant-1', given);
  const folds: (Aggregate | undefined)[] = [];
  for (const [index, event] of events.entries()) {
    folds.push(foldNext(listing, folds.at(-1), event, () => events.slice(0, index + 1)));
  }
  return folds;
}

function foldedWhole(given: readonly Given[]): readonly (Aggregate | undefined)[] {
  return given.map((_, index) => fold(listing, storedStream('irritant-1', given.slice(0, index + 1))));
}

const disavowing = (place: number): Given => ({
  type: 'AttributionDisavowed',
  act: directly('US'),
  data: on(place),
});

describe('A state that is kept', () => {
  it('is not moved by what lands after the fall of something that it rests on', () => {
    const given: readonly Given[] = [
      { type: 'IrritantRaised' },
      { type: 'ResolutionAccepted', act: attributedTo('US') },
      disavowing(1),
      { type: 'IrritantResolved', restsOn: [1] },
      { type: 'PositionStated', restsOn: [3] },
    ];
    expect(deciding(foldedOneByOne(given).at(-1))).toEqual(deciding(foldedWhole(given).at(-1)));
  });

  it('is that of the whole stream, whatever falls and whatever rests on that', () => {
    const history = fc
      .array(
        fc.record({
          falls: fc.nat(3).map((one) => one === 0),
          names: fc.array(fc.nat(30), { maxLength: 3 }),
        }),
        { maxLength: 30 },
      )
      .map((all) => [
        { type: 'IrritantRaised', act: attributedTo('US') },
        ...all.map(({ falls, names }, index): Given => {
          const before = names.map((one) => one % (index + 1));
          return falls
            ? disavowing(before[0] ?? 0)
            : { type: 'PositionStated', act: attributedTo('US'), restsOn: before };
        }),
      ]);
    fc.assert(
      fc.property(history, (given) => {
        expect(foldedOneByOne(given).map(deciding)).toEqual(foldedWhole(given).map(deciding));
      }),
      { numRuns: 300 },
    );
  });
});
