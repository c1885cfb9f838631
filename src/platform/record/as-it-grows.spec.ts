import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { learnedAsItGrows } from './as-it-grows.js';
import type { Stored } from './envelope.js';

const stream = Array.from({ length: 20 }, (_, revision) => ({ id: `e${revision}`, revision }) as Stored);
/** What is put in stands in the order of revisions, like all lists of a stream’s events. */
const others = Array.from({ length: 3 }, (_, at) => ({ id: `other${at}`, revision: 20 + at * 7 }) as Stored);

describe('What is learned of a stream as it grows', () => {
  it('is what a look at the whole list tells, whichever lists of its events come in whichever order', () => {
    const list = fc.record({
      upTo: fc.integer({ min: 0, max: 20 }),
      without: fc.array(fc.integer({ min: 1, max: 19 }), { maxLength: 3 }),
      more: fc.subarray(others),
    });
    fc.assert(
      fc.property(fc.array(list, { maxLength: 12 }), (lists) => {
        const idsOf = learnedAsItGrows(
          () => [] as string[],
          (known, { id }) => void known.push(id),
        );
        for (const { upTo, without, more } of lists) {
          const events = [
            ...stream.slice(0, upTo).filter(({ revision }) => !without.includes(revision)),
            ...more,
          ];
          expect([...idsOf(events)]).toEqual(events.map(({ id }) => id));
        }
      }),
    );
  });

  it('costs a look at each event, and not at all of them for each that is added', () => {
    let looks = 0;
    const counted = learnedAsItGrows(
      () => ({}),
      () => void (looks += 1),
    );
    for (let length = 1; length <= stream.length; length += 1) counted(stream.slice(0, length));
    counted([...stream]);
    expect(looks).toBe(stream.length);
  });
});
