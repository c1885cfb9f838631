import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Newest } from './newest.js';

const max = fc.integer({ min: 1, max: 8 });
const step = fc.record({
  key: fc.integer({ min: 0, max: 30 }).map(String),
  does: fc.constantFrom('get', 'set', 'delete'),
});

it('So many as are kept are those that were used last, each with its last value; what was deleted is gone', () => {
  fc.assert(
    fc.property(max, fc.array(step, { maxLength: 200 }), (most, steps) => {
      const newest = new Newest<number>(most);
      const values = new Map<string, number>();
      let used: readonly string[] = [];
      for (const [at, { key, does }] of steps.entries()) {
        const found = does === 'get' ? newest.get(key) : undefined;
        if (does === 'set') newest.set(key, at);
        if (does === 'set') values.set(key, at);
        if (does === 'delete') newest.delete(key);
        if (does === 'delete') values.delete(key);
        if (found !== undefined) expect(found).toBe(values.get(key));
        const isUsed = does === 'set' || found !== undefined;
        used = [...used.filter((one) => one !== key), ...(isUsed ? [key] : [])];
      }
      for (const key of used.slice(-most).toReversed()) expect(newest.get(key)).toBe(values.get(key));
    }),
    { seed: 29 },
  );
});

it('Of however many, no more than twice as many are kept', () => {
  fc.assert(
    fc.property(max, fc.integer({ min: 0, max: 100 }), (most, count) => {
      const newest = new Newest<number>(most);
      for (let key = 0; key < count; key += 1) newest.set(String(key), key);
      for (let key = 0; key < count - 2 * most; key += 1) expect(newest.get(String(key))).toBeUndefined();
    }),
    { seed: 29 },
  );
});
