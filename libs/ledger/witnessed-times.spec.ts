import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LedgerFault } from './faults.js';
import { WitnessedTimes } from './witnessed-times.js';
import type { WitnessedTime } from './witnessed-times.js';

const skew = 60;
const began = Date.parse('2026-03-01T10:00:00.000Z') / 1_000;
const instant = (seconds: number) => new Date((began + seconds) * 1_000).toISOString();

/** The first leaf that a cosignature contradicts, by holding each of the one against each of the other. */
function contradicted(recorded: readonly number[], times: readonly WitnessedTime[]): number | undefined {
  const seq = recorded.findIndex((at, leaf) =>
    times.some(({ size, time, isLate }) =>
      leaf >= size ? !isLate && began + at < time - skew : began + at > time + skew,
    ),
  );
  return seq === -1 ? undefined : seq;
}

function found(recorded: readonly number[], times: readonly WitnessedTime[]): number | undefined {
  const check = new WitnessedTimes(times, skew);
  for (const [seq, at] of recorded.entries())
    try {
      check.check(seq, instant(at));
    } catch (error) {
      if (error instanceof LedgerFault && error.code === 'time-wrong') return error.at;
      throw error;
    }
  return undefined;
}

/** Leaves in the order of their times, for those that go back are told by that alone. */
const recordings = fc
  .array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 12 })
  .map((steps) => steps.reduce<number[]>((times, step) => [...times, (times.at(-1) ?? 0) + step], []));
const cosignatures = fc.array(
  fc.record({
    size: fc.integer({ min: 0, max: 13 }),
    time: fc.integer({ min: 0, max: 700 }).map((at) => began + at),
    by: fc.constantFrom('the log', 'witness RU', 'witness US'),
    isLate: fc.boolean(),
  }),
  { maxLength: 6 },
);

it('A leaf is found whose time any cosignature contradicts, and no other', () => {
  fc.assert(
    fc.property(recordings, cosignatures, (recorded, times) => {
      expect(found(recorded, times)).toBe(contradicted(recorded, times));
    }),
    { numRuns: 500 },
  );
});

it('A leaf may say as much as the clocks may be apart, and not a second more', () => {
  const times = (isLate: boolean) => [{ size: 1, time: began + 500, by: 'witness RU', isLate }];
  expect(found([440, 440], times(false))).toBeUndefined();
  expect(found([439, 439], times(false))).toBe(1);
  expect(found([439, 439], times(true))).toBeUndefined();
  expect(found([560, 560], times(false))).toBeUndefined();
  expect(found([561, 561], times(false))).toBe(0);
  expect(found([561, 561], times(true))).toBe(0);
});
